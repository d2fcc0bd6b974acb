package io.gatehouse.cab;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a board has said about a change, in the meeting or before. */
interface ItemDecisions {

    /**
     * What was said about one change.
     *
     * @param outcome what it came to; absent as long as that leaves the change to the next meeting
     */
    record ItemDecision(
            @Nullable String outcome,
            @Nullable String reason,
            boolean quorumReached,
            List<SeatVote> votes,
            List<Demand> conditions) {}

    /**
     * What has to be met.
     *
     * @param task the number of the task of the change that it became; absent if it became none
     */
    record Demand(String condition, @Nullable String task) {}

    /** The vote of a seat. */
    record SeatVote(String seat, String person, String vote, String reason) {}

    /**
     * Empty if the board is not asked about it.
     *
     * @param since when the meeting was opened: what was decided in it counts, whatever has become of the change since
     */
    Optional<ItemDecision> of(String board, String change, @Nullable Instant since);
}
