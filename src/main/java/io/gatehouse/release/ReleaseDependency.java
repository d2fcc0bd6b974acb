package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a release does not enter a stage before another one is through a stage of its own.
 *
 * @param release the number of the one that waits, and {@code stage} what it does not enter
 * @param needs the number of the other, and {@code needsStage} what it must be through
 * @param met whether it is
 * @param needsManager id of the person who leads the other
 * @param addedBecause absent if whoever added it said nothing
 * @param removedBy absent while it is in force
 */
public record ReleaseDependency(
        long id,
        String release,
        String stage,
        String needs,
        String needsStage,
        ReleaseState needsState,
        String needsManager,
        boolean met,
        String addedBy,
        Instant addedAt,
        @Nullable String addedBecause,
        @Nullable String removedBy,
        @Nullable Instant removedAt,
        @Nullable String removedBecause) {

    public boolean isInForce() {
        return removedBy == null;
    }

    /** Why the release must not enter the stage, and whom to ask; empty if it may. */
    public Optional<String> waits() {
        if (!isInForce() || met) {
            return Optional.empty();
        }
        String where = needsStage.equals(StageGate.PRODUCTION) ? " in production" : " to be through " + needsStage;
        String wanted = "needs " + needs + where + " before it enters " + stage;
        return Optional.of(
                needsState == ReleaseState.RETIRED
                        ? wanted + ", which cannot be met: " + needs + " was retired; ask " + needsManager
                                + " what takes its place, and have a release manager take the dependency back"
                        : wanted + ", and " + needs + " is " + needsState + "; ask " + needsManager);
    }

    ReleaseDependency judged(boolean isMet) {
        return new ReleaseDependency(
                id,
                release,
                stage,
                needs,
                needsStage,
                needsState,
                needsManager,
                isMet,
                addedBy,
                addedAt,
                addedBecause,
                removedBy,
                removedAt,
                removedBecause);
    }

    StageNeed need() {
        return new StageNeed(new StagePoint(release, stage), new StagePoint(needs, needsStage));
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(
                id,
                ReleaseNumber.find(release).orElseThrow(),
                stage,
                ReleaseNumber.find(needs).orElseThrow(),
                needsStage,
                isInForce() ? true : null,
                addedBy,
                addedAt,
                addedBecause,
                removedBy,
                removedAt,
                removedBecause);
    }
}
