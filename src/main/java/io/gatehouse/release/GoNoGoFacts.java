package io.gatehouse.release;

import io.gatehouse.engine.CallableFromModels;
import java.util.Date;
import java.util.List;

/** What the diagram asks about a Go/No-Go decision; every answer is read from our tables. */
@CallableFromModels
class GoNoGoFacts {

    private final Releases releases;
    private final GoNoGoDecisions decisions;

    GoNoGoFacts(Releases releases, GoNoGoDecisions decisions) {
        this.releases = releases;
        this.decisions = decisions;
    }

    /** The seats that have not voted, for "Vote go or no go"; never empty. */
    public List<String> openSeats(String number) {
        List<String> seats = newest(number).openSeats();
        if (seats.isEmpty()) {
            throw new IllegalStateException("Nobody is asked about " + number + ", which would let it go");
        }
        return seats;
    }

    /** Whether nothing is left to be said. */
    public boolean settled(String number) {
        return decisions.settled(newest(number));
    }

    /** Until when the seats may vote. */
    public Date closesAt(String number) {
        return Date.from(newest(number).closesAt());
    }

    /** When who has not voted is late: at three quarters of the time. */
    public Date votesDueAt(String number) {
        GoNoGo decision = newest(number);
        long time = decision.closesAt().toEpochMilli() - decision.openedAt().toEpochMilli();
        return new Date(decision.openedAt().toEpochMilli() + time * 3 / 4);
    }

    /** Whether it waits for conditions, for "Conditions to meet?". */
    public boolean conditional(String number) {
        return newest(number).isPending();
    }

    private GoNoGo newest(String number) {
        return decisions.present(releases.find(number));
    }
}
