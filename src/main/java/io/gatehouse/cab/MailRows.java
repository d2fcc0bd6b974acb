package io.gatehouse.cab;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code cab_mail}: what is to be mailed to whom. */
@Repository
class MailRows {

    /** What a mail tells. */
    enum Kind {
        AGENDA,
        MINUTES
    }

    /** A mail that is due. */
    record Due(long id, String meeting, Kind kind, String person, int tries, Instant giveUpAt) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    MailRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void add(Meeting meeting, Kind kind, Collection<String> persons, Instant now, Duration patience) {
        long id = MeetingNumber.idOf(meeting.number());
        batches.batchUpdate(
                """
                insert into cab_mail (meeting_id, kind, person, state, tries, due_at, give_up_at)
                values (?, ?, ?, 'WAITING', 0, ?, ?)""",
                persons.stream()
                        .map(person -> new Object[] {id, kind.name(), person, utc(now), utc(now.plus(patience))})
                        .toList());
    }

    /** Takes those that are due, so that no other node sends them meanwhile; within a transaction. */
    List<Due> take(Instant now, Duration lease, int limit) {
        List<Due> due = jdbc.sql(
                        """
                select * from cab_mail where state = 'WAITING' and due_at <= :now order by id limit :limit
                for update skip locked""")
                .param("now", utc(now))
                .param("limit", limit)
                .query((row, i) -> new Due(
                        row.getLong("id"),
                        MeetingNumber.of(row.getLong("meeting_id")),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("person"),
                        row.getInt("tries") + 1,
                        row.getObject("give_up_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .list();
        if (!due.isEmpty()) {
            jdbc.sql("update cab_mail set tries = tries + 1, due_at = :until where id in (:ids)")
                    .param("until", utc(now.plus(lease)))
                    .param("ids", due.stream().map(Due::id).toList())
                    .update();
        }
        return due;
    }

    void sent(Due mail, Instant at) {
        jdbc.sql("update cab_mail set state = 'SENT', sent_at = :at, trouble = null where id = :id")
                .param("at", utc(at))
                .param("id", mail.id())
                .update();
    }

    void later(Due mail, Instant at, String trouble) {
        jdbc.sql("update cab_mail set due_at = :at, trouble = :trouble where id = :id")
                .param("at", utc(at))
                .param("trouble", cut(trouble))
                .param("id", mail.id())
                .update();
    }

    void failed(Due mail, String trouble) {
        jdbc.sql("update cab_mail set state = 'FAILED', trouble = :trouble where id = :id")
                .param("trouble", cut(trouble))
                .param("id", mail.id())
                .update();
    }

    List<SentMail> of(Meeting meeting) {
        return jdbc.sql("select * from cab_mail where meeting_id = :id order by id")
                .param("id", MeetingNumber.idOf(meeting.number()))
                .query((row, i) -> new SentMail(
                        row.getString("kind"),
                        row.getString("person"),
                        row.getString("state"),
                        row.getInt("tries"),
                        moment(row.getObject("sent_at", LocalDateTime.class)),
                        row.getString("trouble")))
                .list();
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
