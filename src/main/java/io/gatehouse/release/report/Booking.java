package io.gatehouse.release.report;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something that was spent on a release. It is never altered; one that was wrong is reversed by another.
 *
 * @param release what is stored of the number of the release
 * @param spentOn the day on which it was spent
 * @param hours of people's work; negative only in a reversal, as is the money
 * @param reverses the id of the booking that this one takes back
 */
public record Booking(
        long id,
        String release,
        LocalDate spentOn,
        BigDecimal hours,
        Money money,
        String what,
        String bookedBy,
        Instant bookedAt,
        @Nullable Long reverses) {

    public Booking {
        hours = hours.setScale(2);
    }

    Booking withId(long given) {
        return new Booking(given, release, spentOn, hours, money, what, bookedBy, bookedAt, reverses);
    }

    /** What takes it back, on the same day. */
    Booking reversal(String because, String by, Instant now) {
        Money back = new Money(money.amount().negate(), money.currency());
        return new Booking(0, release, spentOn, hours.negate(), back, because, by, now, id);
    }

    /** How the trail calls it. */
    String object() {
        return AuditTrail.numbered("booking", id);
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(
                Arrays.asList(id, release, spentOn, hours, money.units(), what, bookedBy, bookedAt, reverses));
    }
}
