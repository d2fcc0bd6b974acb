package io.gatehouse.engine;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists of waiting tasks, newest first: two statements a page, and one or two for each group or person it
 * is narrowed to. */
@Component
public class TaskList {

    private record Row(
            String id,
            String activity,
            String title,
            String number,
            @Nullable String claimedBy,
            Instant since,
            @Nullable Instant dueAt,
            TaskAttention attention) {

        TaskSummary with(SortedSet<String> groups) {
            return new TaskSummary(
                    activity.substring(OpenTask.ACTIVITY_PREFIX.length()),
                    title,
                    number,
                    groups,
                    claimedBy,
                    since,
                    dueAt,
                    attention.remindedAt(),
                    attention.escalatedTo());
        }

        /** Hides the engine's id from nobody who looks, but it opens nothing: no address takes one. */
        String position() {
            return since + " " + id;
        }
    }

    private static final String LIST = "GET /api/v1/tasks";

    /** Left alone, MySQL looks up and sorts all of them, however many there are. For other databases it is a comment. */
    private static final String WALK_THE_NEWEST =
            """
            exists (select /*+ no_semijoin() */ 1 from ACT_RU_IDENTITYLINK l
            where l.TASK_ID_ = t.ID_ and l.TYPE_ in ('candidate', 'escalation') and l.GROUP_ID_ in (:%s))""";

    /**
     * So many tasks are looked up and sorted faster than the newest tasks are walked until a page is full; of more, one in
     * so many of the newest is among them.
     */
    private static final int FEW = 250;

    private final JdbcClient jdbc;
    private final CurrentPerson currentPerson;
    private final Permissions permissions;

    TaskList(JdbcClient jdbc, CurrentPerson currentPerson, Permissions permissions) {
        this.jdbc = jdbc;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    @Transactional(readOnly = true)
    public Page<TaskSummary> list(TaskFilter filter, PageQuery page) {
        Map<String, Object> values = new HashMap<>();
        List<String> conditions = new ArrayList<>(List.of("t.SUSPENSION_STATE_ = 1"));
        narrow(filter, values, conditions);
        if (page.after() != null) {
            startAfter(page.after(), values, conditions);
        }
        values.put("limit", page.fetchSize());
        List<Row> rows = jdbc.sql(
                        // The page first: a join with the whole table would be sorted, and an index walked in vain.
                        """
                        select t.*, a.reminded_at, a.escalated_at, a.escalated_to from (
                            select t.ID_, t.TASK_DEF_KEY_, t.NAME_, p.BUSINESS_KEY_, t.ASSIGNEE_, t.CREATE_TIME_,
                                t.DUE_DATE_
                            from ACT_RU_TASK t join ACT_RU_EXECUTION p on p.ID_ = t.PROC_INST_ID_
                            where %s
                            order by t.CREATE_TIME_ desc, t.ID_ desc limit :limit) t
                        left join task_attention a on a.task_id = t.ID_
                        order by t.CREATE_TIME_ desc, t.ID_ desc"""
                                .formatted(String.join(" and ", conditions)))
                .params(values)
                .query((row, i) -> row(row))
                .list();
        Page<Row> found = page.page(rows, Row::position);
        Map<String, SortedSet<String>> groups = groupsOf(found.items());
        return found.map(row -> row.with(groups.getOrDefault(row.id(), new TreeSet<>())));
    }

    private void narrow(TaskFilter filter, Map<String, Object> values, List<String> conditions) {
        if (filter.number() != null) {
            conditions.add("p.BUSINESS_KEY_ = :number");
            values.put("number", filter.number());
        }
        if (filter.task() != null) {
            conditions.add("t.TASK_DEF_KEY_ = :activity");
            values.put("activity", OpenTask.ACTIVITY_PREFIX + filter.task());
        }
        if (filter.group() != null) {
            conditions.add(offered("wanted", Set.of(filter.group()), List.of(), values));
        }
        Optional<Person> caller = currentPerson.find();
        if (filter.mine()
                || caller.filter(who -> permissions.narrowsToOwn(LIST, who)).isPresent()) {
            Person person = caller.orElse(new Person("", Set.of()));
            conditions.add(offeredTo(person, values));
            // Not as an "or": MySQL would then read and sort every unclaimed task there is.
            conditions.add("coalesce(t.ASSIGNEE_, :person) = :person");
            values.put("person", person.id());
        }
    }

    private String offeredTo(Person person, Map<String, Object> values) {
        List<String> byName = jdbc.sql(
                        """
                        select TASK_ID_ from ACT_RU_IDENTITYLINK
                        where USER_ID_ = ? and TYPE_ in ('candidate', 'escalation') and TASK_ID_ is not null""")
                .param(person.id())
                .query(String.class)
                .list();
        return offered("own", person.groups().isEmpty() ? Set.of("") : person.groups(), byName, values);
    }

    /**
     * What is offered to a group, or named besides. If that is little it is told by its ids: an "or" beside a subquery
     * would have every task there is read for it.
     *
     * @param named ids of tasks, which are few
     */
    private String offered(String parameter, Set<String> groups, List<String> named, Map<String, Object> values) {
        List<String> byRole = jdbc.sql(
                        """
                        select TASK_ID_ from ACT_RU_IDENTITYLINK
                        where GROUP_ID_ in (:groups) and TYPE_ in ('candidate', 'escalation')
                          and TASK_ID_ is not null limit :few""")
                .param("groups", groups)
                .param("few", FEW)
                .query(String.class)
                .list();
        if (byRole.size() < FEW) {
            Set<String> ids = new TreeSet<>(byRole);
            ids.addAll(named);
            values.put(parameter, ids.isEmpty() ? Set.of("") : ids);
            return "t.ID_ in (:" + parameter + ")";
        }
        values.put(parameter, groups);
        String byWalking = WALK_THE_NEWEST.formatted(parameter);
        if (named.isEmpty()) {
            return byWalking;
        }
        values.put("named", named);
        return "(" + byWalking + " or t.ID_ in (:named))";
    }

    private static void startAfter(String position, Map<String, Object> values, List<String> conditions) {
        String[] parts = position.split(" ", 2);
        if (parts.length < 2) {
            throw PageQuery.unknownCursor();
        }
        try {
            values.put("since", Timestamp.from(Instant.parse(parts[0])));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw PageQuery.unknownCursor();
        }
        values.put("id", parts[1]);
        conditions.add("(t.CREATE_TIME_ < :since or t.CREATE_TIME_ = :since and t.ID_ < :id)");
    }

    private Map<String, SortedSet<String>> groupsOf(List<Row> rows) {
        Map<String, SortedSet<String>> groups = new HashMap<>();
        if (!rows.isEmpty()) {
            jdbc.sql(
                            """
                            select TASK_ID_, GROUP_ID_ from ACT_RU_IDENTITYLINK
                            where TASK_ID_ in (:ids) and TYPE_ = 'candidate' and GROUP_ID_ is not null""")
                    .param("ids", rows.stream().map(Row::id).toList())
                    .query(row -> {
                        groups.computeIfAbsent(row.getString("TASK_ID_"), id -> new TreeSet<>())
                                .add(row.getString("GROUP_ID_"));
                    });
        }
        return groups;
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("DUE_DATE_");
        return new Row(
                row.getString("ID_"),
                row.getString("TASK_DEF_KEY_"),
                row.getString("NAME_"),
                row.getString("BUSINESS_KEY_"),
                row.getString("ASSIGNEE_"),
                row.getTimestamp("CREATE_TIME_").toInstant(),
                due == null ? null : due.toInstant(),
                TaskAttentions.map(row));
    }
}
