package io.gatehouse.cab;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What all boards look at, in one statement and without the rest of them. */
@Repository
class BoardFilters {

    private final JdbcClient jdbc;

    BoardFilters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of each active board that meets; those without a filter are left out. */
    Collection<Set<BoardFilter>> ofBoardsThatMeet() {
        Map<String, Set<BoardFilter>> filters = new HashMap<>();
        jdbc.sql(
                        """
                        select f.board_key, f.kind, f.wanted from board_filter f
                        join board b on b.board_key = f.board_key
                        where b.active = true and b.recurrence is not null""")
                .query(row -> {
                    filters.computeIfAbsent(row.getString("board_key"), first -> new HashSet<>())
                            .add(new BoardFilter(
                                    BoardFilter.Kind.valueOf(row.getString("kind")), row.getString("wanted")));
                });
        return filters.values();
    }
}
