package io.gatehouse.cab;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of a meeting: what happened, with ids of people and numbers of changes.
 *
 * @param timeZone by whose clocks people of the board read the moments in it
 */
record MinutesDocument(
        String meeting,
        String board,
        String boardName,
        String timeZone,
        Instant plannedFrom,
        Instant plannedUntil,
        @Nullable Instant openedAt,
        @Nullable String openedBy,
        @Nullable Instant closedAt,
        @Nullable String closedBy,
        List<Present> present,
        List<Present> absent,
        int minimumVotes,
        List<String> requiredSeats,
        boolean quorumPresent,
        List<Item> items,
        @Nullable String remarks,
        String text) {

    /** Somebody of the board. */
    record Present(String seat, String person) {}

    /** What the meeting looked at. */
    record Item(
            String change,
            String title,
            AgendaItem.Kind kind,
            AgendaItem.State state,
            @Nullable String risk,
            @Nullable String outcome,
            @Nullable String because,
            List<ItemDecisions.SeatVote> votes,
            List<ItemDecisions.Demand> conditions) {}

    MinutesDocument with(String markdown) {
        return new MinutesDocument(
                meeting,
                board,
                boardName,
                timeZone,
                plannedFrom,
                plannedUntil,
                openedAt,
                openedBy,
                closedAt,
                closedBy,
                present,
                absent,
                minimumVotes,
                requiredSeats,
                quorumPresent,
                items,
                remarks,
                markdown);
    }
}
