package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said for a role about whether a release leaves its stage. It stays as it is.
 *
 * @param run the id of the stay in the stage
 * @param round counted from 1; each time that tests are done once more begins another
 * @param seat the role
 * @param inPlaceOf the id of who has the role, if a delegate signed for them
 */
public record StageSignOff(
        long id,
        long run,
        int round,
        String seat,
        String person,
        @Nullable String inPlaceOf,
        StageSignOffs.SignOff said,
        @Nullable String note,
        Instant signedAt) {

    StageSignOff withId(long written) {
        return new StageSignOff(written, run, round, seat, person, inPlaceOf, said, note, signedAt);
    }

    /** Who signed, and for whom. */
    public String signer() {
        return inPlaceOf == null ? person : person + " in the place of " + inPlaceOf;
    }

    /** As people read it. */
    String sentence() {
        return signer() + " (" + seat + ")";
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(Arrays.asList(id, run, round, seat, person, inPlaceOf, said, note, signedAt));
    }
}
