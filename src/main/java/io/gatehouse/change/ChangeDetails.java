package io.gatehouse.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The services and links of changes: written only when a requester writes, so transitions never touch them. */
@Component
class ChangeDetails {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ChangeDetails(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** In one statement: a step that needs them has little else to ask. */
    void load(Change change) {
        Set<String> services = new HashSet<>();
        List<Artifact> artifacts = new ArrayList<>();
        SortedMap<Integer, Link> links = new TreeMap<>();
        jdbc.sql(
                        """
                        select -1 as position, service_key as a, new_version as b, new_digest as c
                        from change_service where change_id = :id
                        union all
                        select position, title, url, null from change_link where change_id = :id""")
                .param("id", change.id())
                .query(row -> {
                    int position = row.getInt("position");
                    if (position >= 0) {
                        links.put(position, new Link(row.getString("a"), row.getString("b")));
                        return;
                    }
                    services.add(row.getString("a"));
                    String version = row.getString("b");
                    if (version != null) {
                        artifacts.add(new Artifact(row.getString("a"), version, row.getString("c")));
                    }
                });
        artifacts.sort(Comparator.comparing(Artifact::service));
        change.attach(services, List.copyOf(links.values()), artifacts);
    }

    void replace(Change change) {
        jdbc.sql("delete from change_service where change_id = ?")
                .param(change.id())
                .update();
        jdbc.sql("delete from change_link where change_id = ?")
                .param(change.id())
                .update();
        add(change);
    }

    void add(Change change) {
        long id = change.id();
        Map<String, Artifact> artifacts = new HashMap<>();
        change.artifacts().forEach(artifact -> artifacts.put(artifact.service(), artifact));
        batches.batchUpdate(
                "insert into change_service (change_id, service_key, new_version, new_digest) values (?, ?, ?, ?)",
                change.services().stream()
                        .map(service -> serviceRow(id, service, artifacts.get(service)))
                        .toList());
        List<Object[]> links = new ArrayList<>();
        for (Link link : change.links()) {
            links.add(new Object[] {id, links.size(), link.title(), link.url()});
        }
        batches.batchUpdate("insert into change_link (change_id, position, title, url) values (?, ?, ?, ?)", links);
    }

    private static Object[] serviceRow(long id, String service, @Nullable Artifact artifact) {
        return new Object[] {
            id, service, artifact == null ? null : artifact.version(), artifact == null ? null : artifact.digest()
        };
    }

    List<Overlap> overlaps(Change change) {
        return jdbc.sql(
                        """
                        select c.id, c.title, s.service_key, c.state, c.window_starts_at, c.window_ends_at
                        from change_service mine
                        join change_service s on s.service_key = mine.service_key and s.change_id <> mine.change_id
                        join change_request c on c.id = s.change_id
                        where mine.change_id = :id and c.environment_key = :environment
                          and c.state in ('ASSESS', 'AUTHORIZE', 'SCHEDULED', 'IMPLEMENT')
                          and c.window_starts_at < :endsAt and c.window_ends_at > :startsAt
                        order by c.window_starts_at, c.id""")
                .param("id", change.id())
                .param("environment", change.environment())
                .param("startsAt", utc(change.window().startsAt()))
                .param("endsAt", utc(change.window().endsAt()))
                .query((row, i) -> overlap(row))
                .list();
    }

    private static Overlap overlap(ResultSet row) throws SQLException {
        return new Overlap(
                ChangeNumber.of(row.getLong("id")),
                row.getString("title"),
                row.getString("service_key"),
                ChangeState.valueOf(row.getString("state")),
                new Window(instant(row, "window_starts_at"), instant(row, "window_ends_at")));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
