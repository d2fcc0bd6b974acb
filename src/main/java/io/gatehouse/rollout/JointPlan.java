package io.gatehouse.rollout;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One plan for services that go together, made of the plan of each: stage by stage, and in a stage service by service. So
 * each service finds what it needs deployed before it; and all of them are undone in the exact reverse of that.
 */
final class JointPlan {

    private static final int LONGEST_NAME = 200;

    private JointPlan() {}

    /** @param plans of the standard process, by service, in the order in which they are deployed */
    static RolloutPlan of(LinkedHashMap<String, RolloutPlan> plans) {
        Collection<RolloutPlan> all = plans.values();
        if (all.size() == 1) {
            return all.iterator().next();
        }
        List<PlannedStep> steps = Stream.of(Stage.values())
                .flatMap(stage -> plans.entrySet().stream()
                        .flatMap(plan -> plan.getValue().stepsOf(stage).stream().map(step -> of(plan.getKey(), step))))
                .toList();
        return new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                steps,
                Map.of(),
                plans.entrySet().stream()
                        .flatMap(plan -> plan.getValue().checklist().stream().map(item -> plan.getKey() + ": " + item))
                        .toList(),
                all.stream().map(RolloutPlan::soak).max(Duration::compareTo).orElse(Duration.ZERO),
                all.stream().allMatch(plan -> plan.onFailedVerification() == OnFailedVerification.ASK)
                        ? OnFailedVerification.ASK
                        : OnFailedVerification.ROLL_BACK);
    }

    /** The same with everything altered in the same way that a tool or a person is told. */
    static RolloutPlan altered(RolloutPlan plan, UnaryOperator<String> alter) {
        return new RolloutPlan(
                plan.process(),
                plan.steps().stream()
                        .map(step -> altered(step, alter.apply(step.name()), alter))
                        .toList(),
                map(plan.parameters(), alter),
                plan.checklist().stream().map(alter).toList(),
                plan.soak(),
                plan.onFailedVerification());
    }

    private static PlannedStep of(String service, PlannedStep step) {
        return altered(step, service + ": " + step.name(), value -> naming(service, value));
    }

    private static PlannedStep altered(PlannedStep step, String name, UnaryOperator<String> alter) {
        Undo undo = step.undo();
        String runbook = step.runbook();
        return new PlannedStep(
                step.stage(),
                name.substring(0, Math.min(name.length(), LONGEST_NAME)),
                alter.apply(step.connector()),
                alter.apply(step.target()),
                map(step.parameters(), alter),
                undo == null
                        ? null
                        : new Undo(
                                alter.apply(undo.connector()),
                                map(undo.parameters(), alter),
                                ManualWork.map(undo.manual(), alter)),
                step.cannotBeUndone(),
                step.check(),
                runbook == null ? null : alter.apply(runbook),
                step.expectedDuration(),
                ManualWork.map(step.manual(), alter));
    }

    private static Map<String, String> map(Map<String, String> values, UnaryOperator<String> alter) {
        Map<String, String> altered = new HashMap<>();
        values.forEach((key, value) -> altered.put(key, alter.apply(value)));
        return altered;
    }

    /** What the change brings is no longer one artifact, so it must be said of which. */
    private static String naming(String service, String value) {
        return value.replace("${artifact.version}", "${artifact." + service + ".version}")
                .replace("${artifact.digest}", "${artifact." + service + ".digest}");
    }
}
