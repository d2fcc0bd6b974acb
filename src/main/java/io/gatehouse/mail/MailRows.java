package io.gatehouse.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code mail_outbox}: what is to be mailed to whom. */
@Repository
class MailRows {

    /** A mail that is due. */
    record Due(long id, String kind, long about, Recipient recipient, int tries, Instant giveUpAt) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    MailRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void add(String kind, long about, Collection<Recipient> recipients, Instant now, Duration patience) {
        insert(kind, about, recipients, now, now.plus(patience));
    }

    private void insert(String kind, long about, Collection<Recipient> recipients, Instant due, Instant giveUpAt) {
        batches.batchUpdate(
                """
                insert into mail_outbox (kind, about, recipient_kind, recipient, state, tries, due_at, give_up_at)
                values (?, ?, ?, ?, 'WAITING', 0, ?, ?)""",
                recipients.stream()
                        .map(one -> new Object[] {kind, about, one.kind().name(), one.name(), utc(due), utc(giveUpAt)})
                        .toList());
    }

    /** Takes those of some kinds that are due, so that no other node sends them meanwhile; within a transaction. */
    List<Due> take(Collection<Recipient.Kind> kinds, Instant now, Duration lease, int limit) {
        List<Due> due = jdbc.sql(
                        """
                select * from mail_outbox where state = 'WAITING' and due_at <= :now and recipient_kind in (:kinds)
                order by id limit :limit for update skip locked""")
                .param("kinds", kinds.stream().map(Recipient.Kind::name).toList())
                .param("now", utc(now))
                .param("limit", limit)
                .query((row, i) -> new Due(
                        row.getLong("id"),
                        row.getString("kind"),
                        row.getLong("about"),
                        recipient(row),
                        row.getInt("tries") + 1,
                        row.getObject("give_up_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .list();
        if (!due.isEmpty()) {
            jdbc.sql("update mail_outbox set tries = tries + 1, due_at = :until where id in (:ids)")
                    .param("until", utc(now.plus(lease)))
                    .param("ids", due.stream().map(Due::id).toList())
                    .update();
        }
        return due;
    }

    void sent(Due mail, Instant at) {
        end(mail, OutboxMail.State.SENT, at, null);
    }

    /**
     * Has each of the members of a group told who is not told anyway.
     *
     * @throws org.springframework.dao.DuplicateKeyException if another node has one of them told in this moment
     */
    void handOn(Due mail, Collection<String> members, Instant now) {
        Set<String> told = Set.copyOf(
                jdbc.sql("select recipient from mail_outbox where kind = ? and about = ? and recipient_kind = 'PERSON'")
                        .params(mail.kind(), mail.about())
                        .query(String.class)
                        .list());
        insert(
                mail.kind(),
                mail.about(),
                members.stream()
                        .filter(member -> !told.contains(member))
                        .sorted()
                        .map(Recipient::person)
                        .toList(),
                now,
                mail.giveUpAt());
        end(mail, OutboxMail.State.HANDED_ON, null, null);
    }

    void later(Due mail, Instant at, String trouble) {
        jdbc.sql("update mail_outbox set due_at = :at, trouble = :trouble where id = :id")
                .param("at", utc(at))
                .param("trouble", cut(trouble))
                .param("id", mail.id())
                .update();
    }

    void failed(Due mail, String trouble) {
        end(mail, OutboxMail.State.FAILED, null, cut(trouble));
    }

    /** Puts something else in the place of an address; what is not sent yet never will be. */
    void erase(String address, String standIn) {
        // MySQL sets one column after the other, and the state decides about the trouble.
        jdbc.sql(
                        """
                update mail_outbox set recipient = :standIn,
                  trouble = case when state = 'WAITING' then 'the person was erased' else trouble end,
                  state = case when state = 'WAITING' then 'FAILED' else state end
                where recipient_kind = 'ADDRESS' and lower(recipient) = :address""")
                .param("standIn", standIn)
                .param("address", address.toLowerCase(Locale.ROOT))
                .update();
    }

    private void end(Due mail, OutboxMail.State state, @Nullable Instant sentAt, @Nullable String trouble) {
        jdbc.sql("update mail_outbox set state = :state, sent_at = :sentAt, trouble = :trouble where id = :id")
                .param("state", state.name())
                .param("sentAt", sentAt == null ? null : utc(sentAt))
                .param("trouble", trouble)
                .param("id", mail.id())
                .update();
    }

    List<OutboxMail> about(String kind, Collection<Long> things) {
        return jdbc.sql("select * from mail_outbox where kind = :kind and about in (:things) order by id")
                .param("kind", kind)
                .param("things", things)
                .query((row, i) -> new OutboxMail(
                        row.getString("kind"),
                        row.getLong("about"),
                        recipient(row),
                        OutboxMail.State.valueOf(row.getString("state")),
                        row.getInt("tries"),
                        moment(row.getObject("sent_at", LocalDateTime.class)),
                        row.getString("trouble")))
                .list();
    }

    private static Recipient recipient(ResultSet row) throws SQLException {
        return new Recipient(Recipient.Kind.valueOf(row.getString("recipient_kind")), row.getString("recipient"));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(500, text.length()));
    }

    private static @Nullable Instant moment(@Nullable LocalDateTime column) {
        return column == null ? null : column.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
