package io.gatehouse.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gatehouse.access.OpenQuestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the engine's task tables directly: its own queries cost several statements and cannot say the group. */
@Component
class WaitingTasks implements OpenQuestions {

    private record Row(String id, @Nullable String assignee, @Nullable String candidate, @Nullable String named) {}

    private final JdbcClient jdbc;

    WaitingTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The tasks with this stem that wait for this number, oldest first. */
    List<WaitingTask> find(String number, String stem) {
        return jdbc
                .sql(
                        """
                        select t.ID_ as id, t.ASSIGNEE_ as assignee, l.GROUP_ID_ as candidate,
                            l.USER_ID_ as named
                        from ACT_RU_EXECUTION p
                        join ACT_RU_TASK t on t.PROC_INST_ID_ = p.ID_
                        left join ACT_RU_IDENTITYLINK l on l.TASK_ID_ = t.ID_ and l.TYPE_ = 'candidate'
                        where p.BUSINESS_KEY_ = :number and t.TASK_DEF_KEY_ = :activity
                        order by t.CREATE_TIME_, t.ID_""")
                .param("number", number)
                .param("activity", OpenTask.ACTIVITY_PREFIX + stem)
                .query(Row.class)
                .list()
                .stream()
                .collect(groupingBy(Row::id, LinkedHashMap::new, toList()))
                .values()
                .stream()
                .map(WaitingTasks::task)
                .toList();
    }

    /** Also what is asked on behalf of a number, as in a rollout that a change waits for. */
    @Override
    public Set<Question> about(Set<String> numbers, Set<String> groups) {
        return numbers.isEmpty() || groups.isEmpty()
                ? Set.of()
                : jdbc.sql(
                                """
                                select distinct t.TASK_DEF_KEY_ as task, l.GROUP_ID_ as candidate
                                from ACT_RU_EXECUTION p
                                join ACT_RU_EXECUTION c on c.ROOT_PROC_INST_ID_ = p.ID_ or c.ID_ = p.ID_
                                join ACT_RU_TASK t on t.PROC_INST_ID_ = c.ID_
                                join ACT_RU_IDENTITYLINK l on l.TASK_ID_ = t.ID_ and l.TYPE_ = 'candidate'
                                where p.BUSINESS_KEY_ in (:numbers) and l.GROUP_ID_ in (:groups)""")
                        .param("numbers", numbers)
                        .param("groups", groups)
                        .query((row, i) -> new Question(
                                row.getString("task").substring(OpenTask.ACTIVITY_PREFIX.length()),
                                row.getString("candidate")))
                        .set();
    }

    private static WaitingTask task(List<Row> links) {
        Row first = links.get(0);
        return new WaitingTask(first.id(), all(links, Row::candidate), all(links, Row::named), first.assignee());
    }

    private static Set<String> all(List<Row> links, Function<Row, @Nullable String> whom) {
        return links.stream().map(whom).filter(Objects::nonNull).collect(toUnmodifiableSet());
    }
}
