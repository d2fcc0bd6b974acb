package io.gatehouse.release;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the votes of a Go/No-Go come to. It is over with a veto, when every seat has voted, or when the time is up. Whoever
 * has a veto must have spoken: silence of theirs is no consent. It goes if at least half of the seats have voted and more
 * of them say go than no.
 *
 * @param votes by seat
 * @param timeUp whether nobody may vote any more
 */
record GoNoGoCount(List<GoNoGoSeat> seats, SortedMap<String, GoNoGoVote> votes, boolean timeUp) {

    /** What it came to, in a word and in a sentence. */
    record Result(GoNoGoOutcome outcome, String reason) {}

    GoNoGoCount(List<GoNoGoSeat> seats, Map<String, GoNoGoVote> votes, boolean timeUp) {
        this(seats, new TreeMap<>(votes), timeUp);
    }

    boolean settled() {
        return timeUp || votes.size() == seats.size() || seats.stream().anyMatch(this::vetoes);
    }

    Result result() {
        for (GoNoGoSeat seat : seats) {
            if (vetoes(seat)) {
                return noGo("The seat " + seat.seat() + " has a veto and says no.");
            }
        }
        for (GoNoGoSeat seat : seats) {
            if (seat.veto() && !votes.containsKey(seat.seat())) {
                return noGo("The seat " + seat.seat() + " has a veto and has not voted in time.");
            }
        }
        if (2 * votes.size() < seats.size()) {
            return noGo("Only " + votes.size() + " of " + seats.size() + " seats have voted in time.");
        }
        long against = count(GoNoGoVote.NO_GO);
        long withConditions = count(GoNoGoVote.CONDITIONAL_GO);
        long inFavour = count(GoNoGoVote.GO) + withConditions;
        String counted = inFavour + " of " + seats.size() + " seats say go, " + against + " no.";
        if (inFavour <= against) {
            return noGo(counted);
        }
        return new Result(withConditions > 0 ? GoNoGoOutcome.CONDITIONAL_GO : GoNoGoOutcome.GO, counted);
    }

    private boolean vetoes(GoNoGoSeat seat) {
        return seat.veto() && votes.get(seat.seat()) == GoNoGoVote.NO_GO;
    }

    private long count(GoNoGoVote wanted) {
        return votes.values().stream().filter(vote -> vote == wanted).count();
    }

    private static Result noGo(String reason) {
        return new Result(GoNoGoOutcome.NO_GO, reason);
    }
}
