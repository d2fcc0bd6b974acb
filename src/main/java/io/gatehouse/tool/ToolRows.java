package io.gatehouse.tool;

import static java.util.stream.Collectors.toSet;

import io.gatehouse.access.ToolAction;
import io.gatehouse.access.ToolScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code tool} and {@code tool_grant}. */
@Component
class ToolRows {

    private static final String COLUMNS =
            "select tool_key, version, description, responsible, enabled, created_by, created_at from tool";

    private enum Kind {
        ACTION,
        SERVICE,
        ENVIRONMENT,
        PERSON
    }

    private record Grant(String tool, Kind kind, String granted) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ToolRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    Optional<Tool> find(String name) {
        return complete(jdbc.sql(COLUMNS + " where tool_key = ?")
                        .param(name)
                        .query((row, i) -> bare(row))
                        .list())
                .stream()
                .findFirst();
    }

    /** Finds a tool and keeps everybody else from changing it and its tokens until the transaction ends. */
    Optional<Tool> lock(String name) {
        jdbc.sql("select version from tool where tool_key = ? for update")
                .param(name)
                .query(Long.class)
                .optional();
        return find(name);
    }

    /** What a tool may do at this moment and who answers for it, in one statement. */
    ToolScope scope(String name, Instant now) {
        List<Grant> grants = jdbc.sql(
                        """
                        select tool_key as tool, kind, granted from tool_grant where tool_key = :name
                        union all
                        select tool_key, 'PERSON', created_by from tool_token
                          where tool_key = :name and revoked_at is null and expires_at > :now
                        union all
                        select tool_key, 'PERSON', responsible from tool where tool_key = :name""")
                .param("name", name)
                .param("now", LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                .query(Grant.class)
                .list();
        return new ToolScope(
                actions(grants),
                granted(grants, Kind.SERVICE),
                granted(grants, Kind.ENVIRONMENT),
                granted(grants, Kind.PERSON));
    }

    List<Tool> list(@Nullable String after, int limit) {
        return complete(jdbc.sql(COLUMNS + " where tool_key > ? order by tool_key limit ?")
                .params(after == null ? "" : after, limit)
                .query((row, i) -> bare(row))
                .list());
    }

    void insert(Tool tool) {
        jdbc.sql(
                        """
                        insert into tool (tool_key, version, description, responsible, enabled, created_by, created_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tool.name(),
                        tool.version(),
                        tool.description(),
                        tool.responsible(),
                        tool.enabled(),
                        tool.createdBy(),
                        LocalDateTime.ofInstant(tool.createdAt(), ZoneOffset.UTC))
                .update();
        grant(tool);
    }

    void update(Tool tool) {
        jdbc.sql("update tool set version = ?, description = ?, responsible = ?, enabled = ? where tool_key = ?")
                .params(tool.version(), tool.description(), tool.responsible(), tool.enabled(), tool.name())
                .update();
        jdbc.sql("delete from tool_grant where tool_key = ?").param(tool.name()).update();
        grant(tool);
    }

    private void grant(Tool tool) {
        List<Object[]> grants = new ArrayList<>();
        tool.actions().forEach(action -> grants.add(new Object[] {tool.name(), Kind.ACTION.name(), action.name()}));
        tool.services().forEach(service -> grants.add(new Object[] {tool.name(), Kind.SERVICE.name(), service}));
        tool.environments().forEach(key -> grants.add(new Object[] {tool.name(), Kind.ENVIRONMENT.name(), key}));
        batches.batchUpdate("insert into tool_grant (tool_key, kind, granted) values (?, ?, ?)", grants);
    }

    private List<Tool> complete(List<Tool> bare) {
        if (bare.isEmpty()) {
            return bare;
        }
        List<Grant> grants = jdbc.sql(
                        "select tool_key as tool, kind, granted from tool_grant where tool_key in (:names)")
                .param("names", bare.stream().map(Tool::name).toList())
                .query(Grant.class)
                .list();
        return bare.stream().map(tool -> complete(tool, grants)).toList();
    }

    private static Tool complete(Tool bare, List<Grant> all) {
        List<Grant> grants =
                all.stream().filter(grant -> grant.tool().equals(bare.name())).toList();
        return new Tool(
                bare.name(),
                bare.version(),
                bare.description(),
                actions(grants),
                granted(grants, Kind.SERVICE),
                granted(grants, Kind.ENVIRONMENT),
                bare.responsible(),
                bare.enabled(),
                bare.createdBy(),
                bare.createdAt());
    }

    private static Set<ToolAction> actions(List<Grant> grants) {
        return granted(grants, Kind.ACTION).stream().map(ToolAction::valueOf).collect(toSet());
    }

    private static Set<String> granted(List<Grant> grants, Kind kind) {
        return grants.stream()
                .filter(grant -> grant.kind() == kind)
                .map(Grant::granted)
                .collect(toSet());
    }

    private static Tool bare(ResultSet row) throws SQLException {
        return new Tool(
                row.getString("tool_key"),
                row.getLong("version"),
                row.getString("description"),
                Set.of(),
                Set.of(),
                Set.of(),
                row.getString("responsible"),
                row.getBoolean("enabled"),
                row.getString("created_by"),
                row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
