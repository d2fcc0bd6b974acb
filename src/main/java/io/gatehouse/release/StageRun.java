package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.rollout.ProvenRollback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
 * @param signOffs what was said about whether it leaves the stage, oldest first; nothing of before that was kept
 * @param rolloutPlan the key of the plan template by which it was deployed, if it was by one
 * @param planSha256 the digest of what was written in that template then
 * @param planAltered whether something else is written in it now
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
        List<TestRun> tests,
        List<StageSignOff> signOffs,
        @Nullable String rolloutPlan,
        @Nullable String planSha256,
        boolean planAltered) {

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

    /** @param written the digests of what is written in plan templates now */
    StageRun compared(Map<String, String> written) {
        return new StageRun(
                id,
                release,
                stage,
                tested,
                openedAt,
                waitsFor,
                enteredAt,
                heldEnvironment,
                change,
                carrier,
                deployedAt,
                outcome,
                reason,
                signedOffBy,
                signedOffInPlaceOf,
                endedAt,
                rehearsal,
                tests,
                signOffs,
                rolloutPlan,
                planSha256,
                rolloutPlan != null && !Objects.equals(planSha256, written.get(rolloutPlan)));
    }

    /** Whether this very thing went through it, deployed as it would be deployed now. */
    boolean isOf(String wanted) {
        return tested.equals(wanted) && !planAltered;
    }

    /** Whether this very thing has passed it. */
    boolean hasPassed(String wanted) {
        return outcome == Outcome.PASSED && isOf(wanted);
    }

    /** Each time that its tests are done once more begins another one, in which everybody is asked again. */
    int round() {
        return 1
                + (int) signOffs.stream()
                        .filter(signOff -> signOff.said() == StageSignOffs.SignOff.REPEAT_TESTS)
                        .count();
    }

    /** What was said in this round. */
    public List<StageSignOff> standing() {
        return signOffs.stream().filter(signOff -> signOff.round() == round()).toList();
    }

    /** What somebody said in this round, or what was said in their place. */
    Optional<StageSignOff> signOffOf(String person) {
        return standing().stream()
                .filter(signOff -> signOff.person().equals(person) || person.equals(signOff.inPlaceOf()))
                .findFirst();
    }

    /** The seats that have not signed in this round. */
    public List<String> missing(ReleaseStage asking) {
        List<String> signed = standing().stream().map(StageSignOff::seat).toList();
        return asking.seats().stream().filter(seat -> !signed.contains(seat)).toList();
    }

    /** Since when its seats are asked; empty if they are not. */
    public Optional<Instant> signOffAskedAt() {
        if (!isOpen() || deployedAt == null || newestTests().stream().anyMatch(test -> test.recordedAt() == null)) {
            return Optional.empty();
        }
        return Stream.of(
                        Stream.of(deployedAt),
                        newestTests().stream().map(TestRun::recordedAt),
                        signOffs.stream()
                                .filter(signOff -> signOff.round() < round())
                                .map(StageSignOff::signedAt))
                .flatMap(moments -> moments)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
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
        Fingerprint.addNamed(row, "signed_off_in_place_of", signedOffInPlaceOf);
        Fingerprint.addNamed(row, "carrier_type", carrier == null ? null : carrier.type());
        Fingerprint.addNamed(row, "carrier_because", carrier == null ? null : carrier.because());
        addRehearsal(row);
        Fingerprint.addNamed(row, "rollout_plan", rolloutPlan);
        Fingerprint.addNamed(row, "rollout_plan_sha256", planSha256);
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

    private void addRehearsal(List<@Nullable Object> row) {
        if (rehearsal == null) {
            return;
        }
        Fingerprint.addNamed(row, "rehearsal_change", rehearsal.change());
        ProvenRollback proof = rehearsal.proof();
        if (proof != null) {
            Duration took = proof.took();
            Fingerprint.addNamed(row, "rehearsal_rollout", proof.rollout());
            Fingerprint.addNamed(row, "rehearsal_ended_at", proof.endedAt());
            Fingerprint.addNamed(row, "rehearsal_steps", proof.steps());
            Fingerprint.addNamed(row, "rehearsal_micros", took == null ? null : StageRows.micros(took));
        }
    }

    /** The environment it has to itself, which it does from when it enters until it ends. */
    String environment() {
        return Objects.requireNonNull(heldEnvironment, "it is in no environment");
    }
}
