package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.rollout.ProvenRollback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A release on its way through a stage, once.
 *
 * @param release what is stored of the number of the release
 * @param stage the name of the stage
 * @param tested the SHA-256 of what went through it: the package, and what the stage asked for
 * @param waitsFor why it has not entered the stage yet
 * @param rehearsal that its way back was tried out there, if it was
 * @param heldEnvironment the environment that it has to itself
 * @param change the number of the change that deploys it there
 * @param carrier which kind of change that is, and why; absent if it was raised before the policy chose
 * @param outcome absent while it is in the stage
 * @param signedOffInPlaceOf the id of who has the role that signs it off, if a delegate did for them
 * @param tests each that was asked for, oldest first; one that is done again is there again
 */
public record StageRun(
        long id,
        String release,
        String stage,
        String tested,
        Instant openedAt,
        @Nullable String waitsFor,
        @Nullable Instant enteredAt,
        @Nullable String heldEnvironment,
        @Nullable String change,
        @Nullable Carrier carrier,
        @Nullable Instant deployedAt,
        @Nullable Outcome outcome,
        @Nullable String reason,
        @Nullable String signedOffBy,
        @Nullable String signedOffInPlaceOf,
        @Nullable Instant endedAt,
        @Nullable StageRehearsal rehearsal,
        List<TestRun> tests) {

    /** How it left the stage. */
    public enum Outcome {
        PASSED,
        /** It could not be deployed, or its tests or whoever looks at them were against it. */
        FAILED,
        /** What went through it is wanted no longer, or was to go through it again. */
        VOID
    }

    /** Who signed it off, and for whom. */
    String signer() {
        return signedOffInPlaceOf == null ? "" + signedOffBy : signedOffBy + " in the place of " + signedOffInPlaceOf;
    }

    boolean isOpen() {
        return outcome == null;
    }

    /** Whether this very thing has passed it. */
    boolean hasPassed(String wanted) {
        return outcome == Outcome.PASSED && tested.equals(wanted);
    }

    /** The newest of each test, in the order in which they were first asked for. */
    public List<TestRun> newestTests() {
        Map<String, TestRun> newest = new LinkedHashMap<>();
        tests.forEach(test -> newest.put(test.name(), test));
        return List.copyOf(newest.values());
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                id,
                release,
                stage,
                tested,
                openedAt,
                waitsFor,
                enteredAt,
                heldEnvironment,
                change,
                deployedAt,
                outcome,
                reason,
                signedOffBy,
                endedAt));
        // Came later: of a run without them the digest is what it was.
        if (signedOffInPlaceOf != null) {
            row.add(signedOffInPlaceOf);
        }
        if (carrier != null) {
            row.addAll(List.of(carrier.type(), carrier.because()));
        }
        if (rehearsal != null) {
            row.add(rehearsal.change());
            ProvenRollback proof = rehearsal.proof();
            if (proof != null) {
                row.addAll(List.of(proof.rollout(), proof.endedAt(), proof.steps()));
                if (proof.took() != null) {
                    row.add(StageRows.micros(proof.took()));
                }
            }
        }
        row.add(tests.size());
        tests.stream()
                .sorted(Comparator.comparing(test -> String.valueOf(test.id())))
                .forEach(test -> row.addAll(Arrays.asList(
                        test.id(),
                        test.name(),
                        test.askedGroup(),
                        test.requiredPercent(),
                        test.askedAt(),
                        test.result() == null ? null : test.result().passed(),
                        test.result() == null ? null : test.result().failed(),
                        test.result() == null ? null : test.result().skipped(),
                        test.result() == null ? null : test.result().link(),
                        test.result() == null ? null : test.result().reportSha256(),
                        test.result() == null ? null : test.result().note(),
                        test.recordedBy(),
                        test.recordedAt())));
        return Fingerprint.of(row);
    }

    /** The environment it has to itself, which it does from when it enters until it ends. */
    String environment() {
        return Objects.requireNonNull(heldEnvironment, "it is in no environment");
    }
}
