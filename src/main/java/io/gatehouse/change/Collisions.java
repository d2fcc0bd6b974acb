package io.gatehouse.change;

import io.gatehouse.catalog.DependencyGraph;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks for changes that come into each other's way: at once, and on services that have to do with each other. */
@Component
class Collisions {

    /** Who plans more at once has a collision in any case. */
    private static final int MOST = 500;

    private final JdbcClient jdbc;

    Collisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads, by an index, only what is open and ends after the change begins. */
    Collision of(Change change, DependencyGraph graph) {
        Set<String> meanwhile = new HashSet<>(services(change));
        if (meanwhile.stream().anyMatch(change.services()::contains)) {
            return Collision.SAME_SERVICE;
        }
        Set<String> related = new HashSet<>(graph.dependents(change.services()).keySet());
        related.addAll(graph.needed(change.services()));
        return meanwhile.stream().anyMatch(related::contains) ? Collision.RELATED_SERVICE : Collision.NONE;
    }

    private List<String> services(Change change) {
        return jdbc.sql(
                        """
                        select s.service_key from change_request c join change_service s on s.change_id = c.id
                        where c.environment_key = :environment
                          and c.state in ('ASSESS', 'AUTHORIZE', 'SCHEDULED', 'IMPLEMENT')
                          and c.window_ends_at > :startsAt and c.window_starts_at < :endsAt and c.id <> :id
                        limit :most""")
                .param("environment", change.environment())
                .param("startsAt", LocalDateTime.ofInstant(change.window().startsAt(), ZoneOffset.UTC))
                .param("endsAt", LocalDateTime.ofInstant(change.window().endsAt(), ZoneOffset.UTC))
                .param("id", change.id())
                .param("most", MOST)
                .query(String.class)
                .list();
    }
}
