package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a release is.
 *
 * @param confirmedBy who said last that the package is complete; whoever did requests its change
 * @param change the number of the change that carries it, or that carried it last
 * @param returnedBecause why it is not in production after its package was confirmed
 * @param retiredBecause why nobody wants it any more
 * @param endedAt when it was closed or retired
 */
public record ReleaseProgress(
        ReleaseState state,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt,
        @Nullable String change,
        @Nullable String returnedBecause,
        @Nullable String retiredBecause,
        @Nullable Instant endedAt) {

    static final ReleaseProgress NONE = new ReleaseProgress(ReleaseState.PLANNED, null, null, null, null, null, null);

    ReleaseProgress begun() {
        return new ReleaseProgress(ReleaseState.PREPARING, null, null, null, null, null, null);
    }

    ReleaseProgress confirmed(String by, Instant now) {
        return new ReleaseProgress(ReleaseState.TESTING, by, now, null, null, null, null);
    }

    ReleaseProgress deciding() {
        return new ReleaseProgress(ReleaseState.DECIDING, confirmedBy, confirmedAt, null, null, null, null);
    }

    ReleaseProgress going() {
        return new ReleaseProgress(ReleaseState.DEPLOYING, confirmedBy, confirmedAt, null, null, null, null);
    }

    ReleaseProgress carriedBy(String number) {
        return new ReleaseProgress(state, confirmedBy, confirmedAt, number, null, null, null);
    }

    ReleaseProgress givenBack(String because) {
        return new ReleaseProgress(ReleaseState.PREPARING, confirmedBy, confirmedAt, change, because, null, null);
    }

    ReleaseProgress closed(Instant now) {
        return new ReleaseProgress(ReleaseState.CLOSED, confirmedBy, confirmedAt, change, null, null, now);
    }

    ReleaseProgress retired(String because, Instant now) {
        return new ReleaseProgress(
                ReleaseState.RETIRED, confirmedBy, confirmedAt, change, returnedBecause, because, now);
    }
}
