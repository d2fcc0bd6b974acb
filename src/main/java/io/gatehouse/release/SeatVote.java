package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person said for a seat, and why.
 *
 * @param inPlaceOf the id of who has the role of the seat, if a delegate voted for them
 */
public record SeatVote(
        String seat, String person, @Nullable String inPlaceOf, GoNoGoVote vote, String reason, Instant castAt) {

    /** Who voted, and for whom. */
    String voter() {
        return inPlaceOf == null ? person : person + " in the place of " + inPlaceOf;
    }
}
