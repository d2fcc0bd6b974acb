package io.gatehouse.cab;

import io.gatehouse.change.BoardOutcome;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.CallableFromModels;
import java.util.Date;
import java.util.List;

/** What the diagram of a vote asks; every answer is read from our tables, none from a process variable. */
@CallableFromModels
class BallotFacts {

    private final Changes changes;
    private final Ballots ballots;

    BallotFacts(Changes changes, Ballots ballots) {
        this.changes = changes;
        this.ballots = ballots;
    }

    /** Whether the vote is open, for "Anybody to vote?": if nobody may vote it was deferred when it began. */
    public boolean anybodyToVote(String number) {
        return newest(number).isOpen();
    }

    /** The seats that may vote, for "Cast vote"; never empty. */
    public List<String> openSeats(String number) {
        Change change = changes.glance(number);
        Ballot ballot = newest(number);
        List<String> seats = ballots.voters(change, ballot).keySet().stream()
                .map(seat -> SeatName.of(ballot.board(), seat))
                .toList();
        if (seats.isEmpty()) {
            throw new IllegalStateException("Nobody may vote on " + number + ", which would end the vote");
        }
        return seats;
    }

    /** Who is asked for the vote of a seat. */
    public List<String> votersFor(String number, String seat) {
        Change change = changes.glance(number);
        String voter = ballots.voters(change, newest(number)).get(SeatName.seatOf(seat));
        return voter == null ? List.of() : List.of(voter);
    }

    /** Whether nothing that may still be said could turn the vote. */
    public boolean settled(String number) {
        return ballots.isSettled(changes.glance(number), newest(number));
    }

    public Date closesAt(String number) {
        return Date.from(newest(number).closesAt());
    }

    /** When "Cast vote" is due, so that there is time to remind and to escalate before the vote closes. */
    public Date votesDueAt(String number) {
        return Date.from(newest(number).votesDueAt());
    }

    public boolean onHold(String number) {
        return changes.glance(number).onHoldBecause() != null;
    }

    /** Whether nothing was decided and the change still waits for that. */
    public boolean deferred(String number) {
        return newest(number).outcome() == BoardOutcome.DEFERRED
                && changes.glance(number).returnedBecause() == null;
    }

    private Ballot newest(String number) {
        return ballots.present(changes.glance(number))
                .orElseThrow(() -> new IllegalStateException("No board has been asked to vote on " + number));
    }
}
