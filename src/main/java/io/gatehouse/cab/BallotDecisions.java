package io.gatehouse.cab;

import io.gatehouse.change.BoardOutcome;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeTask.ConditionKey;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Changes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a board has said about a change in its newest vote of the present round. The round of a change that was sent back
 * lasts until it is submitted again; if that was meanwhile, what the meeting decided stays what it decided.
 */
@Component
class BallotDecisions implements ItemDecisions {

    /** What becomes of a change on which no vote is held after one that came to nothing. */
    static final String SENT_BACK = "SENT_BACK";

    private final BallotRows rows;
    private final Changes changes;
    private final ChangeTasks changeTasks;

    BallotDecisions(BallotRows rows, Changes changes, ChangeTasks changeTasks) {
        this.rows = rows;
        this.changes = changes;
        this.changeTasks = changeTasks;
    }

    @Override
    public Optional<ItemDecision> of(String board, String change, @Nullable Instant since) {
        List<Ballot> ballots = rows.of(change).stream()
                .filter(ballot -> ballot.board().equals(board))
                .toList();
        if (ballots.isEmpty()) {
            return Optional.empty();
        }
        Change glance = changes.glance(change);
        int round = glance.approvalRound();
        Map<ConditionKey, String> tasks =
                ballots.stream().allMatch(ballot -> ballot.conditions().isEmpty())
                        ? Map.of()
                        : changeTasks.numbersOfConditions(glance);
        Optional<ItemDecision> now = newest(ballots.stream()
                        .filter(ballot -> ballot.round() == round)
                        .toList())
                .map(ballot -> decision(ballot, tasks));
        return now.filter(decision -> decision.outcome() != null)
                .or(() -> newest(ballots.stream()
                                .filter(ballot -> ballot.round() < round && isSince(ballot, since))
                                .toList())
                        .map(ballot -> decision(ballot, tasks))
                        .filter(decision -> decision.outcome() != null))
                .or(() -> now);
    }

    private static Optional<Ballot> newest(List<Ballot> ballots) {
        return ballots.stream().reduce((one, newer) -> newer);
    }

    /** A vote that came to nothing ends for its change when somebody says that it is sent back. */
    private static boolean isSince(Ballot ballot, @Nullable Instant since) {
        Instant ended = ballot.settledAt() == null ? ballot.decidedAt() : ballot.settledAt();
        return since != null && ended != null && !ended.isBefore(since);
    }

    private static ItemDecision decision(Ballot ballot, Map<ConditionKey, String> tasks) {
        return new ItemDecision(
                outcome(ballot),
                ballot.settledBecause() == null ? ballot.reason() : ballot.settledBecause(),
                ballot.tally(Map.of()).quorumReached(),
                ballot.votes().stream()
                        .map(vote -> new SeatVote(
                                vote.seat(), vote.person(), vote.vote().name(), vote.reason()))
                        .toList(),
                ballot.conditions().stream()
                        .map(one ->
                                new Demand(one.demanded(), tasks.get(new ConditionKey(ballot.round(), one.position()))))
                        .toList());
    }

    /**
     * A vote that came to nothing leaves the change to the next meeting, until somebody says how it goes on: with another
     * vote, which is newer then, or back to its requester.
     */
    private static @Nullable String outcome(Ballot ballot) {
        BoardOutcome outcome = ballot.outcome();
        if (outcome == BoardOutcome.DEFERRED) {
            return ballot.settledBy() == null ? null : SENT_BACK;
        }
        return outcome == null ? null : outcome.name();
    }
}
