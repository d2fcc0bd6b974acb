package io.gatehouse.rollout;

import io.gatehouse.change.ApproverInsight;
import io.gatehouse.change.Change;
import io.gatehouse.engine.DeployedModels;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Shows approvers what will be run where, step by step with its names filled in, and how each step is undone. */
@Component
class PlanToApprove implements ApproverInsight {

    private static final int SHOWN = 12;

    private final RolloutPlanning planning;
    private final DeployedModels models;

    PlanToApprove(RolloutPlanning planning, DeployedModels models) {
        this.planning = planning;
        this.models = models;
    }

    @Override
    public String field() {
        return "rolloutPlan";
    }

    @Override
    public String about(Change change) {
        return planning.findIfPresent(change.number())
                .map(stored -> lines(stored.plan(), PackageNames.of(change.artifacts())))
                .orElse("none: it is made by hand or by a pipeline that reports the result");
    }

    private String lines(RolloutPlan plan, PackageNames names) {
        return plan.steps().isEmpty()
                ? "process " + plan.process() + " with " + parameters(plan, names) + ", model " + model(plan)
                : plan.steps().stream()
                                .map(step -> line(names.fill(step).orElse(step)))
                                .collect(Collectors.joining("\n"))
                        + ifACheckFails(plan);
    }

    private static String ifACheckFails(RolloutPlan plan) {
        return plan.onFailedVerification() == OnFailedVerification.ASK ? "\nIf a check fails, a person is asked" : "";
    }

    private static Map<String, String> parameters(RolloutPlan plan, PackageNames names) {
        Map<String, String> filled = new TreeMap<>(plan.parameters());
        filled.replaceAll((name, value) -> names.fill(value).orElse(value));
        return filled;
    }

    private String model(RolloutPlan plan) {
        return models.latest(plan.process())
                .map(sha256 -> sha256.substring(0, SHOWN))
                .orElse("missing");
    }

    private static String line(PlannedStep step) {
        return step.stage() + ": " + step.name() + " on " + step.target() + " (" + step.connector() + " "
                + step.parameters() + "; " + undo(step) + takes(step) + ")" + runbook(step);
    }

    private static String undo(PlannedStep step) {
        if (step.undo() != null) {
            return "undo: " + step.undo().connector() + " " + step.undo().parameters();
        }
        return step.changesSomething() ? "cannot be undone: " + step.cannotBeUndone() : "changes nothing";
    }

    private static String takes(PlannedStep step) {
        return step.expectedDuration() == null ? "" : "; takes about " + step.expectedDuration();
    }

    /** Set in, so that no line of it is taken for a step. */
    private static String runbook(PlannedStep step) {
        return step.runbook() == null
                ? ""
                : step.runbook().lines().map("\n    "::concat).collect(Collectors.joining());
    }
}
