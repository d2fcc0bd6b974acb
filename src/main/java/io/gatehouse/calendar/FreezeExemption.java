package io.gatehouse.calendar;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change that one freeze does not keep from being made for a while.
 *
 * @param because the number of what permits it
 * @param until from this moment on the freeze holds for the change again
 * @param endedBy who had it hold again before; absent if nobody did
 */
public record FreezeExemption(
        long id,
        long freeze,
        String change,
        String because,
        Instant grantedAt,
        Instant until,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        @Nullable String endedBecause) {

    boolean isInForceAt(Instant now) {
        return endedBy == null && until.isAfter(now);
    }

    /** One that nobody ended has the digest that it had before any could be. */
    String fingerprint() {
        return Fingerprint.of(
                id,
                freeze,
                change,
                because,
                grantedAt,
                until,
                Stream.of(endedBy, endedAt, endedBecause)
                        .filter(Objects::nonNull)
                        .toList());
    }
}
