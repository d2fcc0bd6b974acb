package io.gatehouse.rollout;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Problem;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.engine.ProcessCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What a plan may say: connectors and processes by the names they have here, and the parameters they declare. */
@Component
class PlanRules {

    private static final int MAX_STEPS = 50;
    private static final Duration LONGEST_SOAK = Duration.ofDays(14);
    private static final Duration LONGEST_STEP = LONGEST_SOAK;

    private final ValueRules values;
    private final ProcessCatalog processes;

    PlanRules(ValueRules values, ProcessCatalog processes) {
        this.values = values;
        this.processes = processes;
    }

    /** @throws ProblemException naming every field that is wrong */
    void check(RolloutPlan plan, PlanNames names) {
        List<InvalidField> wrong = breaches(plan, names);
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    /** @param change with its details */
    boolean fits(Change change, RolloutPlan plan) {
        return fits(plan, change.environment(), change.artifacts());
    }

    boolean fits(RolloutPlan plan, String environment, List<Artifact> artifacts) {
        return breaches(plan, PlanNames.of(environment, artifacts)).isEmpty();
    }

    /**
     * Asks again whether a change can be rolled out by a plan that was written before: what the change brings, or which
     * tools are connected, may have changed since.
     *
     * @param change with its details
     * @throws ProblemException conflict if not
     */
    void requireFit(Change change, RolloutPlan plan) {
        List<InvalidField> wrong = breaches(plan, PlanNames.of(change));
        if (!wrong.isEmpty()) {
            InvalidField first = wrong.get(0);
            throw new ProblemException(Problem.of(
                            HttpStatus.CONFLICT,
                            "plan-does-not-fit",
                            "The rollout plan does not fit",
                            change.number() + " cannot be rolled out by its plan: " + first.field() + " "
                                    + first.message() + ". Correct the plan or what the change brings.")
                    .withFields(wrong));
        }
    }

    List<InvalidField> breaches(RolloutPlan plan, PlanNames names) {
        List<InvalidField> wrong = new ArrayList<>();
        boolean standard = plan.process().equals(RolloutPlan.STANDARD_PROCESS);
        if (!standard && !processes.hasToolTask(plan.process(), RolloutModel.TOPIC_RUN)) {
            wrong.add(new InvalidField(
                    "process",
                    "must be " + RolloutPlan.STANDARD_PROCESS + " or the id of a deployed process with deploy steps"));
        }
        if (plan.steps().size() > MAX_STEPS || plan.steps().isEmpty() == standard) {
            wrong.add(new InvalidField(
                    "steps",
                    standard
                            ? "must be 1 to " + MAX_STEPS + " steps"
                            : "must be left out: the steps of an authored process are its boxes"));
        }
        if (plan.soak().isNegative() || plan.soak().compareTo(LONGEST_SOAK) > 0) {
            wrong.add(new InvalidField("soak", "must be a duration from PT0S to P14D"));
        }
        ValueRules.checkNames("", plan.parameters(), names, wrong);
        if (!standard && plan.onFailedVerification() == OnFailedVerification.ASK) {
            wrong.add(new InvalidField(
                    "onFailedVerification", "must be left out: an authored process says itself what follows a check"));
        }
        IntStream.range(0, plan.steps().size())
                .forEach(i -> checkStep("steps[" + i + "].", plan.steps().get(i), names, wrong));
        return wrong;
    }

    private void checkStep(String path, PlannedStep step, PlanNames names, List<InvalidField> wrong) {
        ValueRules.checkTarget(path + "target", step.target(), names, wrong);
        values.checkCall(path, step.connector(), step.parameters(), names, wrong);
        ManualRules.check(path, step.connector(), step.manual(), names, wrong);
        Undo undo = step.undo();
        if (undo != null) {
            values.checkCall(path + "undo.", undo.connector(), undo.parameters(), names, wrong);
            ManualRules.check(path + "undo.", undo.connector(), undo.manual(), names, wrong);
        }
        boolean bothOrNeither = (undo == null) == (step.cannotBeUndone() == null);
        if (bothOrNeither && step.changesSomething()) {
            wrong.add(new InvalidField(path + "undo", "or cannotBeUndone with a reason must be given, and not both"));
        }
        if (!step.changesSomething() && undo != null) {
            wrong.add(new InvalidField(path + "undo", "must be left out: a check changes nothing"));
        }
        if (step.check() && step.cannotBeUndone() != null) {
            wrong.add(new InvalidField(path + "cannotBeUndone", "must be left out: a check changes nothing"));
        }
        checkExpectation(path + "expectedDuration", step.expectedDuration(), wrong);
    }

    private static void checkExpectation(String field, @Nullable Duration expected, List<InvalidField> wrong) {
        if (expected != null && (expected.compareTo(Duration.ZERO) <= 0 || expected.compareTo(LONGEST_STEP) > 0)) {
            wrong.add(new InvalidField(field, "must be a duration of more than PT0S and at most P14D"));
        }
    }
}
