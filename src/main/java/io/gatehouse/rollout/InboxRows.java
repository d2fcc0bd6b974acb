package io.gatehouse.rollout;

import io.gatehouse.api.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The callbacks as they came in; the unique key lets each delivery in once. */
@Repository
class InboxRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    InboxRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** False if the delivery is there already. */
    boolean insert(String source, String deliveryId, String sha256, String body) {
        try {
            jdbc.sql(
                            """
                    insert into callback_inbox (source, delivery_id, delivery_sha256, body_sha256, body, state, note, tries,
                        received_at, due_at)
                    values (:source, :delivery, :deliverySha256, :sha256, :body, 'RECEIVED', '', 0, :now, localtimestamp(6))""")
                    .param("source", source)
                    .param("delivery", deliveryId)
                    .param("deliverySha256", Sha256.of(deliveryId))
                    .param("sha256", sha256)
                    .param("body", body)
                    .param("now", UtcColumn.of(clock.instant()))
                    .update();
            return true;
        } catch (DuplicateKeyException repeated) {
            return false;
        }
    }

    Optional<Callback> find(String source, String deliveryId) {
        return jdbc.sql("select * from callback_inbox where source = :source and delivery_sha256 = :delivery")
                .param("source", source)
                .param("delivery", Sha256.of(deliveryId))
                .query((row, i) -> map(row))
                .optional();
    }

    /** Those to be applied now, longest due first: in the order of an index, as commands are. */
    @Transactional
    List<Callback> due(int limit) {
        return jdbc.sql(
                        """
                select /*+ index(callback_inbox ix_callback_inbox_due) */ * from callback_inbox
                where state = 'RECEIVED' and due_at <= localtimestamp(6)
                order by due_at, id limit :limit""")
                .param("limit", limit)
                .query((row, i) -> map(row))
                .list();
    }

    /** Newest first. */
    List<Callback> list(PageQuery page, @Nullable CallbackState state) {
        String filter = state == null ? "" : " and state = :state";
        return jdbc.sql("select * from callback_inbox where id < :before" + filter + " order by id desc limit :size")
                .param("before", page.afterNumber().orElse(Long.MAX_VALUE))
                .param("state", state == null ? null : state.name())
                .param("size", page.fetchSize())
                .query((row, i) -> map(row))
                .list();
    }

    /** False if another node has dealt with it. */
    boolean end(Callback callback, CallbackState state, String note) {
        return jdbc.sql("update callback_inbox set state = :state, note = :note where id = :id and state = 'RECEIVED'")
                        .param("state", state.name())
                        .param("note", note)
                        .param("id", callback.id())
                        .update()
                == 1;
    }

    void postpone(Callback callback, Duration pause, String note) {
        jdbc.sql(
                        """
                update callback_inbox
                set tries = tries + 1, note = :note,
                    due_at = timestampadd(microsecond, :micros, localtimestamp(6))
                where id = :id and state = 'RECEIVED'""")
                .param("micros", pause.toNanos() / 1000)
                .param("note", note)
                .param("id", callback.id())
                .update();
    }

    /**
     * Forgets those of the oldest that came before a moment and were dealt with. Looks at no more rows than the limit,
     * however many there are.
     *
     * @return how many
     */
    int forget(Instant before, int limit) {
        List<Long> old = jdbc.sql(
                        """
                select id from (select id, state, received_at from callback_inbox order by id limit :limit) oldest
                where received_at < :before and state <> 'RECEIVED'""")
                .param("limit", limit)
                .param("before", UtcColumn.of(before))
                .query(Long.class)
                .list();
        return old.isEmpty()
                ? 0
                : jdbc.sql("delete from callback_inbox where id in (:old)")
                        .param("old", old)
                        .update();
    }

    private static Callback map(ResultSet row) throws SQLException {
        return new Callback(
                row.getLong("id"),
                row.getString("source"),
                row.getString("delivery_id"),
                row.getString("body_sha256"),
                row.getString("body"),
                CallbackState.valueOf(row.getString("state")),
                row.getString("note"),
                row.getInt("tries"),
                UtcColumn.read(row, "received_at"));
    }
}
