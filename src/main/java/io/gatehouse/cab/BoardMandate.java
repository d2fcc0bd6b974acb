package io.gatehouse.cab;

import io.gatehouse.change.BoardOutcome;
import io.gatehouse.change.VotingBoards;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says whether what a board decided authorises a change, as things are now. Like a seat, it does so only as long as
 * everything holds by which it was decided: each vote that was counted is there as it was counted, about what was
 * submitted, and by somebody who still may vote on it.
 */
@Component
class BoardMandate implements VotingBoards {

    private final Boards boards;
    private final BallotRows rows;

    BoardMandate(Boards boards, BallotRows rows) {
        this.boards = boards;
        this.rows = rows;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean exists(String board) {
        return boards.find(board).filter(Board::active).isPresent();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean hasVoted(String number, int round, String person) {
        return rows.of(number).stream()
                .anyMatch(ballot ->
                        ballot.round() == round && ballot.voteBy(person).isPresent());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> objection(VotingBoards.Vote vote, Predicate<String> conflicted) {
        List<Ballot> votes = rows.of(vote.number()).stream()
                .filter(ballot ->
                        ballot.round() == vote.round() && ballot.board().equals(vote.board()))
                .toList();
        if (votes.isEmpty()) {
            return Optional.of("The board " + vote.board() + " has not voted on " + vote.number() + ".");
        }
        Ballot last = votes.get(votes.size() - 1);
        BoardOutcome outcome = last.outcome();
        if (outcome == null || !outcome.approves()) {
            return Optional.of("The board " + vote.board() + " has not approved " + vote.number() + ".");
        }
        if (!last.votesFingerprint().equals(last.votesDigest())
                || !last.votes().stream().allMatch(one -> Objects.equals(one.scope(), vote.scope()))) {
            return Optional.of("The votes on " + vote.number() + " are not those that were counted.");
        }
        if (last.votes().stream().map(BallotVote::person).anyMatch(conflicted)) {
            return Optional.of("Somebody who voted on " + vote.number() + " has come to have a part in it.");
        }
        return Optional.empty();
    }
}
