package io.gatehouse.cab;

import io.gatehouse.change.Risk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class MeetingRows {

    private static final String FOR_UPDATE = " for update";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    MeetingRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Fails if the board meets then already. */
    String insert(String board, Instant startsAt, Instant endsAt) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into cab_meeting (board_key, starts_at, ends_at, state, version)
                values (:board, :starts, :ends, 'PLANNED', 0)""")
                .param("board", board)
                .param("starts", utc(startsAt))
                .param("ends", utc(endsAt))
                .update(key, "id");
        return MeetingNumber.of(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    Optional<Meeting> find(long id) {
        return read("where id = :id", Map.of("id", id), "").stream().findFirst();
    }

    /** Locks it until the transaction ends, so that two people, or two nodes, cannot act on it at once. */
    Optional<Meeting> lock(long id) {
        return read("where id = :id", Map.of("id", id), FOR_UPDATE).stream().findFirst();
    }

    /** Newest first. */
    List<Meeting> ofBoard(String board, long before, int limit) {
        return read(
                "where board_key = :board and id < :before order by id desc limit :limit",
                Map.of("board", board, "before", before, "limit", limit),
                "");
    }

    /** The next one of a board that is to take place after a moment; without its agenda. */
    Optional<String> nextPlanned(String board, Instant after) {
        return jdbc.sql(
                        """
                select id from cab_meeting where board_key = :board and state = 'PLANNED' and starts_at > :after
                order by starts_at limit 1""")
                .param("board", board)
                .param("after", utc(after))
                .query(Long.class)
                .optional()
                .map(MeetingNumber::of);
    }

    /** From when to when that is. */
    Optional<MeetingSpan> nextTime(String board, Instant after) {
        return jdbc.sql(
                        """
                select starts_at, ends_at from cab_meeting where board_key = :board and state = 'PLANNED'
                    and starts_at > :after order by starts_at limit 1""")
                .param("board", board)
                .param("after", utc(after))
                .query((row, i) -> new MeetingSpan(
                        Objects.requireNonNull(moment(row, "starts_at")),
                        Objects.requireNonNull(moment(row, "ends_at"))))
                .optional();
    }

    boolean isTaken(String board, Instant startsAt) {
        return jdbc.sql("select count(*) from cab_meeting where board_key = :board and starts_at = :starts")
                        .param("board", board)
                        .param("starts", utc(startsAt))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Takes the next look at all meetings for this node; false if it is not yet time or another node has taken it. Nobody
     * can put it off for longer than twice the pause by editing the row. Twice, because who has waited for another node
     * goes by the time at which their own statement began.
     */
    boolean takeTurn(Duration pause) {
        return jdbc.sql(
                                """
                        update cab_sweep set due_at = timestampadd(microsecond, :micros, localtimestamp(6))
                        where id = 1 and (due_at <= localtimestamp(6)
                            or due_at > timestampadd(microsecond, 2 * :micros, localtimestamp(6)))""")
                        .param("micros", pause.toNanos() / 1000)
                        .update()
                == 1;
    }

    /** The keys of boards that meet and have no meeting after a moment. */
    List<String> boardsWithoutNext(Instant after) {
        return jdbc.sql(
                        """
                select b.board_key from board b where b.active = true and b.recurrence is not null and not exists (
                    select 1 from cab_meeting m where m.board_key = b.board_key and m.state = 'PLANNED'
                        and m.starts_at > :after)
                order by b.board_key""")
                .param("after", utc(after))
                .query(String.class)
                .list();
    }

    /**
     * Those that are to take place (of each board the next one, and those before that nobody has opened) and whose agenda
     * is not built from what the trail tells up to this entry.
     */
    List<String> outdated(Instant now, long entry) {
        return jdbc
                .sql(
                        """
                select m.id from cab_meeting m where m.state = 'PLANNED'
                    and (m.agenda_as_of is null or m.agenda_as_of <> :entry) and not exists (
                    select 1 from cab_meeting e where e.board_key = m.board_key and e.state = 'PLANNED'
                        and e.starts_at < m.starts_at and e.ends_at > :now)
                order by m.id""")
                .param("now", utc(now))
                .param("entry", entry)
                .query(Long.class)
                .list()
                .stream()
                .map(MeetingNumber::of)
                .toList();
    }

    /** Those that somebody still has to do something about. */
    List<String> underWay() {
        return jdbc
                .sql("select id from cab_meeting where state in ('PLANNED', 'OPEN') order by id")
                .query(Long.class)
                .list()
                .stream()
                .map(MeetingNumber::of)
                .toList();
    }

    void announced(Meeting meeting, Instant at) {
        change(meeting, "announced_at = :at", Map.of("at", utc(at)));
    }

    void opened(Meeting meeting, String by, Instant at) {
        change(meeting, "state = 'OPEN', opened_by = :by, opened_at = :at", Map.of("by", by, "at", utc(at)));
    }

    void closed(Meeting meeting, String by, Instant at, String remarks) {
        change(
                meeting,
                "state = 'CLOSED', closed_by = :by, closed_at = :at, remarks = :remarks",
                Map.of("by", by, "at", utc(at), "remarks", remarks));
    }

    void canceled(Meeting meeting, String by, String because) {
        change(
                meeting,
                "state = 'CANCELED', canceled_by = :by, canceled_because = :because",
                Map.of("by", by, "because", because));
    }

    void minutes(Meeting meeting, String document, String sha256) {
        change(
                meeting,
                "minutes = :document, minutes_sha256 = :sha256",
                Map.of("document", document, "sha256", sha256));
    }

    /** Puts these items in place of those there were. */
    void agenda(Meeting meeting, List<AgendaItem> items) {
        long id = MeetingNumber.idOf(meeting.number());
        jdbc.sql("delete from cab_item where meeting_id = :id").param("id", id).update();
        batches.batchUpdate(
                """
                insert into cab_item (meeting_id, change_number, kind, origin, place, minutes, state, added_by, because,
                    change_starts_at, change_risk, outcome)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                items.stream().map(item -> columns(id, item)).toList());
        touch(id);
    }

    /** Notes that the agenda is built from all that the trail tells up to an entry. */
    void agendaAsOf(Meeting meeting, long entry) {
        jdbc.sql("update cab_meeting set agenda_as_of = :entry where id = :id")
                .param("entry", entry)
                .param("id", MeetingNumber.idOf(meeting.number()))
                .update();
    }

    private static Object[] columns(long id, AgendaItem item) {
        @Nullable
        Object[] columns = {
            id,
            item.change(),
            item.kind().name(),
            item.origin().name(),
            item.place(),
            item.minutes(),
            item.state().name(),
            item.addedBy(),
            item.because(),
            item.changeStartsAt() == null ? null : utc(item.changeStartsAt()),
            item.risk() == null ? null : item.risk().name(),
            item.outcome()
        };
        return columns;
    }

    /** Puts these in place of who was there. */
    void attendance(Meeting meeting, List<Attendee> attendance) {
        long id = MeetingNumber.idOf(meeting.number());
        jdbc.sql("delete from cab_attendance where meeting_id = :id")
                .param("id", id)
                .update();
        batches.batchUpdate(
                "insert into cab_attendance (meeting_id, person, seat, noted_by, noted_at) values (?, ?, ?, ?, ?)",
                attendance.stream()
                        .map(one -> new Object[] {id, one.person(), one.seat(), one.notedBy(), utc(one.notedAt())})
                        .toList());
        touch(id);
    }

    private void touch(long id) {
        jdbc.sql("update cab_meeting set version = version + 1 where id = :id")
                .param("id", id)
                .update();
    }

    private void change(Meeting meeting, String columns, Map<String, ?> values) {
        jdbc.sql("update cab_meeting set " + columns + ", version = version + 1 where id = :id")
                .params(values)
                .param("id", MeetingNumber.idOf(meeting.number()))
                .update();
    }

    private List<Meeting> read(String which, Map<String, ?> values, String locking) {
        List<Meeting> rows = jdbc.sql(
                        "select m.*, (select b.time_zone from board b where b.board_key = m.board_key) time_zone"
                                + " from cab_meeting m " + which + locking)
                .params(values)
                .query((row, i) -> meeting(row))
                .list();
        return complete(rows, locking);
    }

    /** Locked too, if the rows are: H2 would else answer from memory what was so before another changed it. */
    private List<Meeting> complete(List<Meeting> bare, String locking) {
        if (bare.isEmpty()) {
            return bare;
        }
        List<Long> ids = bare.stream()
                .map(meeting -> MeetingNumber.idOf(meeting.number()))
                .toList();
        Map<String, List<AgendaItem>> items = new HashMap<>();
        jdbc.sql("select * from cab_item where meeting_id in (:ids)" + locking)
                .param("ids", ids)
                .query(row -> {
                    items.computeIfAbsent(MeetingNumber.of(row.getLong("meeting_id")), id -> new ArrayList<>())
                            .add(item(row));
                });
        Map<String, List<Attendee>> attendance = new HashMap<>();
        jdbc.sql("select * from cab_attendance where meeting_id in (:ids)" + locking)
                .param("ids", ids)
                .query(row -> {
                    attendance
                            .computeIfAbsent(MeetingNumber.of(row.getLong("meeting_id")), id -> new ArrayList<>())
                            .add(new Attendee(
                                    row.getString("person"),
                                    row.getString("seat"),
                                    row.getString("noted_by"),
                                    Objects.requireNonNull(moment(row, "noted_at"))));
                });
        return bare.stream()
                .map(meeting -> with(
                        meeting,
                        items.getOrDefault(meeting.number(), List.of()),
                        attendance.getOrDefault(meeting.number(), List.of())))
                .toList();
    }

    private static AgendaItem item(ResultSet row) throws SQLException {
        String risk = row.getString("change_risk");
        return new AgendaItem(
                row.getString("change_number"),
                AgendaItem.Kind.valueOf(row.getString("kind")),
                AgendaItem.Origin.valueOf(row.getString("origin")),
                row.getObject("place", Integer.class),
                row.getInt("minutes"),
                AgendaItem.State.valueOf(row.getString("state")),
                row.getString("added_by"),
                row.getString("because"),
                moment(row, "change_starts_at"),
                risk == null ? null : Risk.valueOf(risk),
                row.getString("outcome"));
    }

    private static Meeting meeting(ResultSet row) throws SQLException {
        return new Meeting(
                MeetingNumber.of(row.getLong("id")),
                row.getString("board_key"),
                zone(row.getString("time_zone")),
                Objects.requireNonNull(moment(row, "starts_at")),
                Objects.requireNonNull(moment(row, "ends_at")),
                Meeting.State.valueOf(row.getString("state")),
                moment(row, "announced_at"),
                row.getString("opened_by"),
                moment(row, "opened_at"),
                row.getString("closed_by"),
                moment(row, "closed_at"),
                row.getString("remarks"),
                row.getString("canceled_by"),
                row.getString("canceled_because"),
                row.getString("minutes"),
                row.getString("minutes_sha256"),
                row.getLong("version"),
                List.of(),
                List.of());
    }

    /** A board that no longer meets has none. */
    private static ZoneId zone(@Nullable String name) {
        return name == null ? ZoneOffset.UTC : ZoneId.of(name);
    }

    private static Meeting with(Meeting bare, List<AgendaItem> agenda, List<Attendee> attendance) {
        return new Meeting(
                bare.number(),
                bare.board(),
                bare.zone(),
                bare.startsAt(),
                bare.endsAt(),
                bare.state(),
                bare.announcedAt(),
                bare.openedBy(),
                bare.openedAt(),
                bare.closedBy(),
                bare.closedAt(),
                bare.remarks(),
                bare.canceledBy(),
                bare.canceledBecause(),
                bare.minutes(),
                bare.minutesSha256(),
                bare.version(),
                agenda,
                attendance);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
