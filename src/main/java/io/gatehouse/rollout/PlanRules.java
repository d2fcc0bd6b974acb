package io.gatehouse.rollout;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.ProcessCatalog;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.rollout.connector.DeclaredParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** What a plan may say: connectors and processes by the names they have here, and the parameters they declare. */
@Component
class PlanRules {

    private static final int MAX_STEPS = 50;
    private static final Duration LONGEST_SOAK = Duration.ofDays(14);

    private final Connectors connectors;
    private final ProcessCatalog processes;

    PlanRules(Connectors connectors, ProcessCatalog processes) {
        this.connectors = connectors;
        this.processes = processes;
    }

    /** @throws ProblemException naming every field that is wrong */
    void check(RolloutPlan plan) {
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
        IntStream.range(0, plan.steps().size())
                .forEach(i -> checkStep("steps[" + i + "]", plan.steps().get(i), wrong));
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private void checkStep(String path, PlannedStep step, List<InvalidField> wrong) {
        checkCall(path, step.connector(), step.parameters(), wrong);
        Undo undo = step.undo();
        if (undo != null) {
            checkCall(path + ".undo", undo.connector(), undo.parameters(), wrong);
        }
        boolean bothOrNeither = (undo == null) == (step.cannotBeUndone() == null);
        if (bothOrNeither && step.stage().changesSomething()) {
            wrong.add(new InvalidField(path + ".undo", "or cannotBeUndone with a reason must be given, and not both"));
        }
        if (!step.stage().changesSomething() && undo != null) {
            wrong.add(new InvalidField(path + ".undo", "must be left out: a check changes nothing"));
        }
    }

    private void checkCall(String path, String name, Map<String, String> given, List<InvalidField> wrong) {
        connectors
                .find(name)
                .ifPresentOrElse(
                        connector -> DeclaredParameters.check(connector, given).stream()
                                .map(field -> new InvalidField(path + ".parameters." + field.field(), field.message()))
                                .forEach(wrong::add),
                        () -> wrong.add(new InvalidField(path + ".connector", "is not a connector of this server")));
    }
}
