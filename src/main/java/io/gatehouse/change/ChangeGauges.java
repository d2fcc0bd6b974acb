package io.gatehouse.change;

import io.gatehouse.metrics.StateGauges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many changes are in each state that is not final, in the whole installation: every node tells the same. */
@Component
class ChangeGauges implements MeterBinder {

    private static final List<String> OPEN = Arrays.stream(ChangeState.values())
            .filter(state -> !state.isFinal())
            .map(ChangeState::name)
            .toList();

    private final JdbcClient jdbc;
    private final Clock clock;

    ChangeGauges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        StateGauges.register(
                registry, clock, "gatehouse.changes", "Open changes of the installation, by state", OPEN, this::count);
    }

    private Map<String, Long> count() {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql("select state, count(*) from change_request where state in (:open) group by state")
                .param("open", OPEN)
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }
}
