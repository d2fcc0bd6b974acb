package io.gatehouse.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What checkpoints are made of, and which node makes the next one. */
@Repository
class CheckpointRows {

    /**
     * How far the newest checkpoint is behind.
     *
     * @param entries of the trail that are in none
     * @param seconds since one was written, by the database's clock; absent before the first
     */
    record Lag(long entries, Optional<Long> seconds) {}

    private final JdbcClient jdbc;

    CheckpointRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes the next checkpoint for this node; false if it is not yet time or another node has it. Nobody can put it off
     * for longer than twice the pause by editing the row. Twice, because who has waited for another node goes by the time at
     * which their own statement began.
     */
    boolean takeTurn(Duration pause) {
        return jdbc.sql(
                                """
                        update audit_checkpoint
                        set due_at = timestampadd(microsecond, :micros, localtimestamp(6))
                        where id = 1 and (due_at <= localtimestamp(6)
                            or due_at > timestampadd(microsecond, 2 * :micros, localtimestamp(6)))""")
                        .param("micros", pause.toNanos() / 1000)
                        .update()
                == 1;
    }

    /** Lets another node try at once. */
    void giveBackTurn() {
        jdbc.sql("update audit_checkpoint set due_at = localtimestamp(6) where id = 1")
                .update();
    }

    AuditHash.Head head() {
        return jdbc.sql("select n, hash from audit_head where id = 1")
                .query((row, i) -> new AuditHash.Head(row.getLong("n"), row.getString("hash")))
                .optional()
                .orElseThrow(() -> new IllegalStateException("the audit trail has no head"));
    }

    /** The hashes of the entries after one and up to another, in their order. */
    List<String> hashes(long after, long upTo) {
        return jdbc.sql("select hash from audit_entry where n > ? and n <= ? order by n")
                .params(after, upTo)
                .query(String.class)
                .list();
    }

    void written(long n) {
        jdbc.sql("update audit_checkpoint set n = ?, written_at = localtimestamp(6) where id = 1")
                .param(n)
                .update();
    }

    Lag lag() {
        return jdbc.sql(
                        """
                select h.n - c.n as entries, timestampdiff(second, c.written_at, localtimestamp(6)) as age
                from audit_head h join audit_checkpoint c on c.id = 1 where h.id = 1""")
                .query((row, i) ->
                        new Lag(row.getLong("entries"), Optional.ofNullable(row.getObject("age", Long.class))))
                .single();
    }
}
