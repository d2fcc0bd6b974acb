package io.gatehouse.cab;

import io.gatehouse.change.BoardOutcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a board has said about a change in its newest vote that counts. */
@Component
class BallotDecisions implements ItemDecisions {

    private final Ballots ballots;

    BallotDecisions(Ballots ballots) {
        this.ballots = ballots;
    }

    @Override
    public Optional<ItemDecision> of(String board, String change) {
        return ballots.viewsOf(change).stream()
                .filter(view -> view.counts() && view.board().equals(board))
                .reduce((one, newer) -> newer)
                .map(BallotDecisions::decision);
    }

    /** A vote that came to nothing leaves the change to the next meeting. */
    private static ItemDecision decision(BallotView view) {
        return new ItemDecision(
                view.outcome() == null || view.outcome() == BoardOutcome.DEFERRED
                        ? null
                        : view.outcome().name(),
                view.reason(),
                view.quorumReached(),
                view.votes().stream()
                        .map(said -> new SeatVote(
                                said.seat(), said.person(), said.vote().name(), said.reason()))
                        .toList(),
                view.conditions().stream()
                        .map(one -> new Demand(one.demanded(), one.task()))
                        .toList());
    }
}
