package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists of changes, newest first: two statements a page, each answered from an index whose last column is the id, so a
 * page costs the same however many changes are stored.
 */
@Component
public class ChangeList {

    private static final String LIST = "GET /api/v1/changes";

    private static final String ONLY_OF_SERVICES =
            """
            exists (select 1 from change_service own where own.change_id = c.id)
            and not exists (select 1 from change_service other
            where other.change_id = c.id and other.service_key not in (:confined))""";

    private final JdbcClient jdbc;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    ChangeList(JdbcClient jdbc, Permissions permissions, CurrentPerson currentPerson) {
        this.jdbc = jdbc;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    @Transactional(readOnly = true)
    public Page<ChangeSummary> list(ChangeFilter filter, PageQuery page) {
        Map<String, Object> values = new HashMap<>();
        List<String> conditions = new ArrayList<>();
        filterBy("c.state", filter.state(), values, conditions);
        filterBy("c.type", filter.type(), values, conditions);
        filterBy("c.environment_key", filter.environment(), values, conditions);
        filterBy("c.requester", filter.requester(), values, conditions);
        filterBy("s.service_key", filter.service(), values, conditions);
        currentPerson
                .find()
                .flatMap(caller -> permissions.confines(LIST, caller))
                .ifPresent(services -> {
                    conditions.add(ONLY_OF_SERVICES);
                    values.put("confined", services);
                });
        page.afterNumber().ifPresent(after -> {
            conditions.add("c.id < :after");
            values.put("after", after);
        });
        String from = filter.service() == null
                ? "change_request c"
                : "change_service s join change_request c on c.id = s.change_id";
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        String order = filter.service() == null ? "c.id" : "s.change_id";
        values.put("limit", page.fetchSize());
        List<ChangeSummary> rows = jdbc.sql(
                        "select c.* from " + from + where + " order by " + order + " desc limit :limit")
                .params(values)
                .query((row, i) -> summary(row))
                .list();
        return page.page(withServices(rows), ChangeSummary::id);
    }

    /** Those of a selection whose window opens first, whoever asks; 200 at most. */
    @Transactional(readOnly = true)
    public List<ChangeSummary> select(ChangeSelection selection) {
        return withServices(jdbc.sql("select c.* from change_request c where " + selection.condition()
                        + " order by c.window_starts_at, c.id limit 200")
                .params(selection.values())
                .query((row, i) -> summary(row))
                .list());
    }

    /** Those of the numbers that exist, whoever asks, in any order. */
    @Transactional(readOnly = true)
    public List<ChangeSummary> named(Collection<String> numbers) {
        List<Long> ids = numbers.stream()
                .flatMapToLong(number -> ChangeNumber.idOf(number).stream())
                .boxed()
                .toList();
        return ids.isEmpty()
                ? List.of()
                : withServices(jdbc.sql("select c.* from change_request c where c.id in (:ids)")
                        .param("ids", ids)
                        .query((row, i) -> summary(row))
                        .list());
    }

    private static void filterBy(
            String column, @Nullable Object value, Map<String, Object> values, List<String> conditions) {
        if (value != null) {
            String name = column.substring(2);
            conditions.add(column + " = :" + name);
            values.put(name, value.toString());
        }
    }

    private List<ChangeSummary> withServices(List<ChangeSummary> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<Long, SortedSet<String>> services = new HashMap<>();
        rows.forEach(row -> services.put(row.id(), row.services()));
        jdbc.sql("select change_id, service_key from change_service where change_id in (:ids)")
                .param("ids", services.keySet())
                .query(row -> {
                    services.getOrDefault(row.getLong("change_id"), new TreeSet<>())
                            .add(row.getString("service_key"));
                });
        return rows;
    }

    private static ChangeSummary summary(ResultSet row) throws SQLException {
        SortedSet<String> services = new TreeSet<>();
        String risk = row.getString("risk");
        String closeCode = row.getString("close_code");
        return new ChangeSummary(
                row.getLong("id"),
                ChangeNumber.of(row.getLong("id")),
                ChangeType.valueOf(row.getString("type")),
                ChangeState.valueOf(row.getString("state")),
                row.getString("on_hold_because") != null,
                row.getString("title"),
                services,
                row.getString("environment_key"),
                new Window(moment(row, "window_starts_at"), moment(row, "window_ends_at")),
                row.getString("requester"),
                risk == null ? null : Risk.valueOf(risk),
                closeCode == null ? null : CloseCode.valueOf(closeCode),
                row.getBoolean("rolled_back"),
                moment(row, "created_at"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
