package io.gatehouse.cab;

import io.gatehouse.change.BoardOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vote of a board about a change as people see it.
 *
 * @param round the approval round of the change
 * @param ballot counts the votes of a round
 * @param counts whether it belongs to the present round; what was voted in an earlier one is only kept
 * @param minimumVotes how many votes make a quorum, those of the required seats among them
 * @param quorumReached whether enough seats have voted
 * @param outcome what it came to; absent while it is open
 */
public record BallotView(
        int round,
        int ballot,
        String board,
        boolean counts,
        Instant openedAt,
        Instant closesAt,
        int minimumVotes,
        boolean quorumReached,
        @Nullable BoardOutcome outcome,
        @Nullable String reason,
        @Nullable Instant decidedAt,
        @Nullable String settledBy,
        @Nullable String settledBecause,
        List<Seat> seats,
        List<Said> votes,
        List<Demanded> conditions) {

    /** @param voter who has its vote now; absent if nobody has, or it has voted */
    public record Seat(String seat, boolean veto, boolean required, @Nullable String voter) {}

    /** A vote that was cast. */
    public record Said(String seat, String person, Vote vote, String reason, Instant castAt) {}

    /**
     * @param task the number of the task of the change that it became; absent until the vote is settled, and if it came to
     *     anything but an approval
     * @param metBy who said that it is met; absent until then
     */
    public record Demanded(
            int position,
            String seat,
            String demanded,
            @Nullable String task,
            @Nullable String metBy,
            @Nullable Instant metAt,
            @Nullable String metNote) {}
}
