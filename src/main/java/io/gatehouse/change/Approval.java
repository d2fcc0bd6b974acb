package io.gatehouse.change;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A seat that has to approve a change in one round.
 *
 * @param seat the role that has the seat, or {@code board:} and the key of a board that votes
 * @param person who filled it; absent while pending, and where a board voted
 * @param reason what they said
 */
public record Approval(
        int round,
        String seat,
        Decision decision,
        @Nullable String person,
        @Nullable String reason,
        @Nullable Instant decidedAt) {

    static Approval pending(int round, String seat) {
        return new Approval(round, seat, Decision.PENDING, null, null, null);
    }

    boolean isSameSeat(Approval other) {
        return round == other.round && seat.equals(other.seat);
    }

    /** What became of the seat. */
    public enum Decision {
        PENDING,
        APPROVED,
        REJECTED
    }

    /** What a person in a seat says. */
    public enum Verdict {
        APPROVE,
        REJECT
    }
}
