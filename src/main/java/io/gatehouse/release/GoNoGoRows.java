package io.gatehouse.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
public class GoNoGoRows {

    private final JdbcClient jdbc;

    GoNoGoRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void open(Release release, int round, Instant now, Instant closesAt, GoNoGo.Frozen readiness) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into go_no_go (release_number, decision_round, opened_at, closes_at, readiness,
                  readiness_sha256)
                values (:release, :round, :openedAt, :closesAt, :readiness, :digest)""")
                .param("release", release.stored())
                .param("round", round)
                .param("openedAt", utc(now))
                .param("closesAt", utc(closesAt))
                .param("readiness", readiness.text())
                .param("digest", readiness.sha256())
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        for (GoNoGoSeat seat : release.content().seats()) {
            jdbc.sql("insert into go_no_go_seat (go_no_go_id, seat, veto) values (?, ?, ?)")
                    .params(id, seat.seat(), seat.veto())
                    .update();
        }
    }

    void cast(GoNoGo decision, SeatVote vote) {
        jdbc.sql(
                        """
                insert into go_no_go_vote (go_no_go_id, seat, person, in_place_of, vote, reason, cast_at)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        decision.id(),
                        vote.seat(),
                        vote.person(),
                        vote.inPlaceOf(),
                        vote.vote().name(),
                        vote.reason(),
                        utc(vote.castAt()))
                .update();
    }

    void demand(GoNoGo decision, int position, String seat, Demand demand) {
        jdbc.sql(
                        """
                insert into go_condition (go_no_go_id, position, seat, demanded, owner, owner_group, due_at, state)
                values (:decision, :position, :seat, :demanded, :owner, :group, :dueAt, 'OPEN')""")
                .param("decision", decision.id())
                .param("position", position)
                .param("seat", seat)
                .param("demanded", demand.demanded())
                .param("owner", demand.owner())
                .param("group", demand.ownerGroup())
                .param("dueAt", utc(demand.dueAt()))
                .update();
    }

    void decide(GoNoGo decision, GoNoGoOutcome outcome, String reason, Instant now) {
        jdbc.sql("update go_no_go set outcome = ?, reason = ?, decided_at = ? where id = ?")
                .params(outcome.name(), reason, utc(now), decision.id())
                .update();
    }

    void write(GoNoGo decision, GoNoGo.Frozen minutes) {
        jdbc.sql("update go_no_go set minutes = ?, minutes_sha256 = ? where id = ?")
                .params(minutes.text(), minutes.sha256(), decision.id())
                .update();
    }

    void end(GoCondition condition) {
        jdbc.sql("update go_condition set state = :state, ended_by = :by, ended_at = :at, note = :note where id = :id")
                .param("state", condition.state().name())
                .param("by", condition.endedBy())
                .param("at", utc(condition.endedAt()))
                .param("note", condition.note())
                .param("id", condition.id())
                .update();
    }

    /** The newest decision about a release. */
    public Optional<GoNoGo> newest(String release) {
        return jdbc.sql("select * from go_no_go where release_number = ? order by decision_round desc limit 1")
                .param(release)
                .query((row, i) -> map(row))
                .optional();
    }

    /** Every decision about a release, oldest first. */
    List<GoNoGo> of(String release) {
        return jdbc.sql("select * from go_no_go where release_number = ? order by decision_round")
                .param(release)
                .query((row, i) -> map(row))
                .list();
    }

    /** What is stored of the numbers of releases whose seats are voting. */
    List<String> underVote() {
        return jdbc.sql("select release_number from go_no_go where outcome is null order by id")
                .query(String.class)
                .list();
    }

    Optional<GoCondition> condition(long id) {
        return jdbc.sql("select * from go_condition where id = ?")
                .param(id)
                .query((row, i) -> condition(row))
                .optional();
    }

    /** What is stored of the number of the release that a condition is about. */
    Optional<String> releaseOf(long condition) {
        return jdbc.sql(
                        """
                select d.release_number from go_condition c join go_no_go d on d.id = c.go_no_go_id
                where c.id = ?""")
                .param(condition)
                .query(String.class)
                .optional();
    }

    private GoNoGo map(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        String outcome = row.getString("outcome");
        String minutes = row.getString("minutes");
        return new GoNoGo(
                id,
                row.getString("release_number"),
                row.getInt("decision_round"),
                known(row, "opened_at"),
                known(row, "closes_at"),
                new GoNoGo.Frozen(row.getString("readiness"), row.getString("readiness_sha256")),
                jdbc.sql("select seat, veto from go_no_go_seat where go_no_go_id = ? order by seat")
                        .param(id)
                        .query(GoNoGoSeat.class)
                        .list(),
                jdbc.sql("select * from go_no_go_vote where go_no_go_id = ? order by seat")
                        .param(id)
                        .query((vote, i) -> vote(vote))
                        .list(),
                jdbc.sql("select * from go_condition where go_no_go_id = ? order by position")
                        .param(id)
                        .query((condition, i) -> condition(condition))
                        .list(),
                outcome == null ? null : GoNoGoOutcome.valueOf(outcome),
                row.getString("reason"),
                moment(row, "decided_at"),
                minutes == null ? null : new GoNoGo.Frozen(minutes, row.getString("minutes_sha256")));
    }

    private static SeatVote vote(ResultSet row) throws SQLException {
        return new SeatVote(
                row.getString("seat"),
                row.getString("person"),
                row.getString("in_place_of"),
                GoNoGoVote.valueOf(row.getString("vote")),
                row.getString("reason"),
                known(row, "cast_at"));
    }

    private static GoCondition condition(ResultSet row) throws SQLException {
        return new GoCondition(
                row.getLong("id"),
                row.getInt("position"),
                row.getString("seat"),
                new Demand(
                        row.getString("demanded"),
                        row.getString("owner"),
                        row.getString("owner_group"),
                        known(row, "due_at")),
                GoCondition.State.valueOf(row.getString("state")),
                row.getString("ended_by"),
                moment(row, "ended_at"),
                row.getString("note"));
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    private static Instant known(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(moment(row, column), column);
    }
}
