package io.gatehouse.engine;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which processes are under way, by their business key. */
@Component
public class RunningProcesses {

    private final JdbcClient jdbc;

    RunningProcesses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the numbers that have no process; one statement on the engine's index. */
    public SortedSet<String> without(Collection<String> numbers) {
        SortedSet<String> without = new TreeSet<>(numbers);
        if (!numbers.isEmpty()) {
            jdbc.sql(
                            """
                    select BUSINESS_KEY_ from ACT_RU_EXECUTION
                    where BUSINESS_KEY_ in (:numbers) and PARENT_ID_ is null""")
                    .param("numbers", numbers)
                    .query(String.class)
                    .list()
                    .forEach(without::remove);
        }
        return without;
    }

    public boolean exists(String number) {
        return without(List.of(number)).isEmpty();
    }
}
