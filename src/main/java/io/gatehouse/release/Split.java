package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;

/**
 * That a release was split.
 *
 * @param from the number of the one from which services were taken
 * @param into the number of the one that got them
 */
public record Split(long id, String from, String into, String splitBy, Instant splitAt) {

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(
                id,
                ReleaseNumber.find(from).orElseThrow(),
                ReleaseNumber.find(into).orElseThrow(),
                splitBy,
                splitAt);
    }
}
