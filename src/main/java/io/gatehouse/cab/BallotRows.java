package io.gatehouse.cab;

import io.gatehouse.change.BoardOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The rows of votes. Whoever writes one has locked the change. */
@Repository
class BallotRows {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    BallotRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** The newest vote about a change. */
    Optional<Ballot> newest(String number) {
        return jdbc.sql("select * from cab_ballot where change_number = ? order by round desc, ballot desc limit 1")
                .param(number)
                .query((row, i) -> ballot(row))
                .optional();
    }

    /** Every vote about a change, oldest first. */
    List<Ballot> of(String number) {
        return jdbc.sql("select * from cab_ballot where change_number = ? order by round, ballot")
                .param(number)
                .query((row, i) -> ballot(row))
                .list();
    }

    List<String> underVote() {
        return jdbc.sql(
                        """
                        select b.change_number from cab_ballot b where b.outcome is null and not exists (
                          select 1 from cab_ballot later where later.change_number = b.change_number
                            and (later.round > b.round or later.round = b.round and later.ballot > b.ballot))
                        order by b.id""")
                .query(String.class)
                .list();
    }

    /** @param draft a vote that is about to begin, without its id */
    Ballot open(Ballot draft) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into cab_ballot (change_number, round, ballot, board_key, minimum_votes, scope_sha256,
                          opened_at, closes_at) values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        draft.number(),
                        draft.round(),
                        draft.ballot(),
                        draft.board(),
                        draft.minimumVotes(),
                        draft.scope(),
                        utc(draft.openedAt()),
                        utc(draft.closesAt()))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        batches.batchUpdate(
                "insert into cab_ballot_seat (ballot_id, seat, veto, required) values (?, ?, ?, ?)",
                draft.seats().stream()
                        .map(seat -> new Object[] {id, seat.seat(), seat.veto(), seat.required()})
                        .toList());
        return newest(draft.number()).orElseThrow();
    }

    /** How many conditions were demanded in a round. */
    int conditionsIn(String number, int round) {
        return jdbc.sql(
                        """
                        select count(*) from cab_condition c join cab_ballot b on b.id = c.ballot_id
                        where b.change_number = ? and b.round = ?""")
                .params(number, round)
                .query(Integer.class)
                .single();
    }

    void cast(Ballot ballot, BallotVote vote) {
        jdbc.sql(
                        """
                        insert into cab_vote (ballot_id, seat, person, vote, reason, cast_at, scope_sha256)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        ballot.id(),
                        vote.seat(),
                        vote.person(),
                        vote.vote().name(),
                        vote.reason(),
                        utc(vote.castAt()),
                        vote.scope())
                .update();
    }

    void demand(Ballot ballot, List<Condition> conditions) {
        batches.batchUpdate(
                "insert into cab_condition (ballot_id, position, seat, demanded) values (?, ?, ?, ?)",
                conditions.stream()
                        .map(one -> new Object[] {ballot.id(), one.position(), one.seat(), one.demanded()})
                        .toList());
    }

    void met(Ballot ballot, int position, String person, Instant at, String note) {
        jdbc.sql("update cab_condition set met_by = ?, met_at = ?, met_note = ? where ballot_id = ? and position = ?")
                .params(person, utc(at), note, ballot.id(), position)
                .update();
    }

    void extend(Ballot ballot, Instant closesAt) {
        jdbc.sql("update cab_ballot set closes_at = ? where id = ?")
                .params(utc(closesAt), ballot.id())
                .update();
    }

    void decide(Ballot ballot, BoardOutcome outcome, String reason, Instant at) {
        jdbc.sql("update cab_ballot set outcome = ?, reason = ?, decided_at = ?, votes_sha256 = ? where id = ?")
                .params(outcome.name(), reason, utc(at), ballot.votesFingerprint(), ballot.id())
                .update();
    }

    void settle(Ballot ballot, String person, String reason, Instant at) {
        jdbc.sql("update cab_ballot set settled_by = ?, settled_because = ?, settled_at = ? where id = ?")
                .params(person, reason, utc(at), ballot.id())
                .update();
    }

    private Ballot ballot(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        String outcome = row.getString("outcome");
        return new Ballot(
                id,
                row.getString("change_number"),
                row.getInt("round"),
                row.getInt("ballot"),
                row.getString("board_key"),
                row.getInt("minimum_votes"),
                row.getString("scope_sha256"),
                Objects.requireNonNull(moment(row, "opened_at")),
                Objects.requireNonNull(moment(row, "closes_at")),
                outcome == null ? null : BoardOutcome.valueOf(outcome),
                row.getString("reason"),
                moment(row, "decided_at"),
                row.getString("votes_sha256"),
                row.getString("settled_by"),
                row.getString("settled_because"),
                moment(row, "settled_at"),
                seats(id),
                votes(id),
                conditions(id));
    }

    private List<BallotSeat> seats(long ballot) {
        return jdbc.sql("select seat, veto, required from cab_ballot_seat where ballot_id = ?")
                .param(ballot)
                .query((row, i) ->
                        new BallotSeat(row.getString("seat"), row.getBoolean("veto"), row.getBoolean("required")))
                .list();
    }

    private List<BallotVote> votes(long ballot) {
        return jdbc.sql("select * from cab_vote where ballot_id = ?")
                .param(ballot)
                .query((row, i) -> new BallotVote(
                        row.getString("seat"),
                        row.getString("person"),
                        Vote.valueOf(row.getString("vote")),
                        row.getString("reason"),
                        Objects.requireNonNull(moment(row, "cast_at")),
                        row.getString("scope_sha256")))
                .list();
    }

    private List<Condition> conditions(long ballot) {
        return jdbc.sql("select * from cab_condition where ballot_id = ?")
                .param(ballot)
                .query((row, i) -> new Condition(
                        row.getInt("position"),
                        row.getString("seat"),
                        row.getString("demanded"),
                        row.getString("met_by"),
                        moment(row, "met_at"),
                        row.getString("met_note")))
                .list();
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
