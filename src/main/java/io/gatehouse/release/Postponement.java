package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.Window;
import java.time.Instant;
import java.time.LocalDate;

/**
 * That a release was put off: the days that it had, and those that it got.
 *
 * @param release its number
 */
public record Postponement(
        long id,
        String release,
        Window oldWindow,
        LocalDate oldReadyOn,
        Window newWindow,
        LocalDate newReadyOn,
        String reason,
        String postponedBy,
        Instant postponedAt) {

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(
                id,
                ReleaseNumber.find(release).orElseThrow(),
                oldWindow.startsAt(),
                oldWindow.endsAt(),
                oldReadyOn,
                newWindow.startsAt(),
                newWindow.endsAt(),
                newReadyOn,
                reason,
                postponedBy,
                postponedAt);
    }
}
