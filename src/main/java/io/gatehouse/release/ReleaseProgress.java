package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a release is.
 *
 * @param confirmedBy who said last that the package is complete; whoever did requests its change
 * @param change the number of the change that carries it, or that carried it last
 * @param carrier which kind of change that is, and why; absent if it was raised before the policy chose
 * @param waitsFor what it waits for in front of production
 * @param returnedBecause why it is not in production after its package was confirmed
 * @param retiredBecause why nobody wants it any more
 * @param endedAt when it was closed or retired
 */
public record ReleaseProgress(
        ReleaseState state,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt,
        @Nullable String change,
        @Nullable Carrier carrier,
        @Nullable String waitsFor,
        @Nullable String returnedBecause,
        @Nullable String retiredBecause,
        @Nullable Instant endedAt) {

    static final ReleaseProgress NONE =
            new ReleaseProgress(ReleaseState.PLANNED, null, null, null, null, null, null, null, null);

    ReleaseProgress begun() {
        return new ReleaseProgress(ReleaseState.PREPARING, null, null, null, null, null, null, null, null);
    }

    ReleaseProgress confirmed(String by, Instant now) {
        return new ReleaseProgress(ReleaseState.TESTING, by, now, null, null, null, null, null, null);
    }

    ReleaseProgress deciding() {
        return new ReleaseProgress(ReleaseState.DECIDING, confirmedBy, confirmedAt, null, null, null, null, null, null);
    }

    ReleaseProgress waiting(String because) {
        return new ReleaseProgress(
                ReleaseState.WAITING, confirmedBy, confirmedAt, null, null, because, null, null, null);
    }

    ReleaseProgress going() {
        return new ReleaseProgress(
                ReleaseState.DEPLOYING, confirmedBy, confirmedAt, null, null, null, null, null, null);
    }

    ReleaseProgress carriedBy(String number, Carrier kind) {
        return new ReleaseProgress(state, confirmedBy, confirmedAt, number, kind, null, null, null, null);
    }

    ReleaseProgress givenBack(String because) {
        return new ReleaseProgress(
                ReleaseState.PREPARING, confirmedBy, confirmedAt, change, carrier, null, because, null, null);
    }

    ReleaseProgress closed(Instant now) {
        return new ReleaseProgress(
                ReleaseState.CLOSED, confirmedBy, confirmedAt, change, carrier, null, null, null, now);
    }

    ReleaseProgress retired(String because, Instant now) {
        return new ReleaseProgress(
                ReleaseState.RETIRED, confirmedBy, confirmedAt, change, carrier, null, returnedBecause, because, now);
    }
}
