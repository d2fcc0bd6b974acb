package io.gatehouse.rollout;

import io.gatehouse.change.ApproverInsight;
import io.gatehouse.change.Change;
import io.gatehouse.engine.DeployedModels;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows approvers what will be run where, step by step with its names filled in, and how each step is undone. */
@Component
class PlanToApprove implements ApproverInsight {

    private static final int SHOWN = 12;
    private static final String NONE = "none: it is made by hand or by a pipeline that reports the result";

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
                .map(stored -> lines(stored.plan(), PlanNames.of(change)))
                .orElse(NONE);
    }

    /** The plan of a version of a template, before it is known what changes from it bring. */
    String about(String version) {
        return planning.findIfPresent(version)
                .map(stored -> lines(stored.plan(), PlanNames.notKnownYet()))
                .orElse(NONE);
    }

    private String lines(RolloutPlan plan, PlanNames names) {
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

    private static Map<String, String> parameters(RolloutPlan plan, PlanNames names) {
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
        return step.stage() + ": " + step.name() + " on " + step.target() + " ("
                + call(step.connector(), step.parameters(), step.manual()) + "; " + undo(step) + takes(step) + ")"
                + byHand("by hand", step.manual())
                + byHand(
                        "undo by hand", step.undo() == null ? null : step.undo().manual()) + runbook(step);
    }

    private static String call(String connector, Map<String, String> parameters, @Nullable ManualWork manual) {
        return manual == null ? connector + " " + parameters : "by hand";
    }

    /** Set in as a runbook is. */
    private static String byHand(String what, @Nullable ManualWork work) {
        return work == null
                ? ""
                : Stream.concat(
                                Stream.concat(
                                        Stream.of(what + ":"),
                                        work.instructions().lines()),
                                work.checklist().stream().map("[ ] "::concat))
                        .map("\n    "::concat)
                        .collect(Collectors.joining());
    }

    private static String undo(PlannedStep step) {
        if (step.undo() != null) {
            Undo undo = step.undo();
            return "undo: " + call(undo.connector(), undo.parameters(), undo.manual());
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
