package io.gatehouse.audit;

import io.gatehouse.audit.verify.Difference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What was found to differ from the trail, and how far the comparison has come. */
@Repository
class DifferenceRows {

    private static final int MANY = 500;

    /**
     * Where the next comparison begins.
     *
     * @param entry the last entry of the trail that was looked at
     * @param change the last change in the round through all of them
     * @param records the last record in the round through all of each kind
     */
    record Position(long entry, long change, Map<String, String> records) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    DifferenceRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Takes the next comparison for this node; false if it is not yet time or another node has it. */
    @Transactional
    boolean takeTurn(Duration pause) {
        return jdbc.sql(
                                """
                        update audit_reconciliation
                        set due_at = timestampadd(microsecond, :micros, localtimestamp(6))
                        where id = 1 and due_at <= localtimestamp(6)""")
                        .param("micros", pause.toNanos() / 1000)
                        .update()
                == 1;
    }

    Position position() {
        Map<String, String> records = new HashMap<>();
        jdbc.sql("select kind, position from audit_position").query(row -> {
            records.put(row.getString("kind"), row.getString("position"));
        });
        return jdbc.sql("select entry, change_id from audit_reconciliation where id = 1")
                .query((row, i) -> new Position(row.getLong("entry"), row.getLong("change_id"), records))
                .single();
    }

    void moveTo(Position position) {
        jdbc.sql("update audit_reconciliation set entry = :entry, change_id = :change where id = 1")
                .param("entry", position.entry())
                .param("change", position.change())
                .update();
        position.records().forEach(this::moveTo);
    }

    private void moveTo(String kind, String position) {
        int moved = jdbc.sql("update audit_position set position = ? where kind = ?")
                .params(position, kind)
                .update();
        if (moved == 0) {
            jdbc.sql("insert into audit_position (kind, position) values (?, ?)")
                    .params(kind, position)
                    .update();
        }
    }

    /** Those that still differ, newest first. */
    List<FoundDifference> open(long before, int limit) {
        return jdbc.sql(
                        """
                select id, object, kind, sentence, found_at from audit_difference
                where gone_at is null and id < :before order by id desc limit :limit""")
                .param("before", before)
                .param("limit", limit)
                .query((row, i) -> map(row))
                .list();
    }

    List<FoundDifference> openAbout(List<String> objects) {
        return IntStream.iterate(0, start -> start < objects.size(), start -> start + MANY)
                .mapToObj(start -> objects.subList(start, Math.min(start + MANY, objects.size())))
                .flatMap(some -> openAboutFew(some).stream())
                .toList();
    }

    private List<FoundDifference> openAboutFew(Collection<String> objects) {
        return jdbc.sql(
                        """
                select id, object, kind, sentence, found_at from audit_difference
                where gone_at is null and object in (:objects)""")
                .param("objects", objects)
                .query((row, i) -> map(row))
                .list();
    }

    void add(Difference difference) {
        jdbc.sql(
                        """
                insert into audit_difference (object, kind, sentence, found_at)
                values (:object, :kind, :sentence, :now)""")
                .param("object", difference.object())
                .param("kind", difference.kind().name())
                .param("sentence", difference.sentence())
                .param("now", now())
                .update();
    }

    void gone(FoundDifference difference) {
        jdbc.sql("update audit_difference set gone_at = :now where id = :id")
                .param("now", now())
                .param("id", difference.id())
                .update();
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static FoundDifference map(ResultSet row) throws SQLException {
        return new FoundDifference(
                row.getLong("id"),
                row.getString("object"),
                row.getString("kind"),
                row.getString("sentence"),
                row.getObject("found_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
