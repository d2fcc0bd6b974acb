package io.gatehouse.release;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has a role has somebody else answer for it about releases while they are away.
 *
 * @param seat the role: it votes on releases, signs off stages, or both
 * @param person in whose place
 * @param delegate who answers
 * @param from the first moment of it
 * @param until the first moment after it
 * @param withdrawnAt absent unless it ended before its time
 */
public record SeatDelegation(
        long id,
        String seat,
        String person,
        String delegate,
        Instant from,
        Instant until,
        String givenBy,
        Instant givenAt,
        @Nullable String withdrawnBy,
        @Nullable Instant withdrawnAt) {

    SeatDelegation withId(long given) {
        return new SeatDelegation(
                given, seat, person, delegate, from, until, givenBy, givenAt, withdrawnBy, withdrawnAt);
    }

    SeatDelegation withdrawn(String by, Instant now) {
        return new SeatDelegation(id, seat, person, delegate, from, until, givenBy, givenAt, by, now);
    }

    /** Whether it can still come to anything. */
    boolean isOpenAt(Instant now) {
        return withdrawnAt == null && now.isBefore(until);
    }

    /**
     * Whether it counts for a release. What somebody has said for another does not where they lead the release or wrote
     * something of it: they would choose who lets it go.
     */
    boolean countsFor(Release release) {
        return givenBy.equals(person)
                || !givenBy.equals(release.content().manager())
                        && !release.authors().contains(givenBy);
    }

    /** What it is called in the audit trail. */
    String object() {
        return AuditTrail.numbered("delegation", id);
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(id, seat, person, delegate, from, until, givenBy, givenAt, withdrawnBy, withdrawnAt);
    }
}
