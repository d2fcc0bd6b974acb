package io.gatehouse.rollout.process;

import io.gatehouse.engine.FormText;
import io.gatehouse.rollout.Rollout;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.Step;
import io.gatehouse.rollout.StepState;
import io.gatehouse.rollout.Waiting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What every form about a rollout shows above its questions. */
@Component
class RolloutPicture {

    private final Rollouts rollouts;

    RolloutPicture(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    Map<String, Object> of(String number) {
        Rollout rollout = rollouts.find(number);
        List<Step> steps = rollouts.steps(number);
        Map<String, Object> fields = new TreeMap<>();
        fields.put("number", number);
        fields.put("change", rollout.change());
        fields.put("environment", FormText.literal(rollout.environment()));
        Map<Integer, Waiting> waiting = rollouts.waiting(number);
        fields.put(
                "steps",
                steps.stream().map(step -> line(step, waiting.get(step.seq()))).collect(Collectors.joining("\n")));
        return fields;
    }

    /** The same, and the step somebody has to decide about. */
    Map<String, Object> of(String number, StepState asked) {
        Map<String, Object> fields = of(number);
        rollouts.steps(number).stream()
                .filter(step -> step.state() == asked)
                .findFirst()
                .ifPresent(step -> {
                    fields.put("step", FormText.literal(step.seq() + " " + step.name() + " (" + step.target() + ")"));
                    fields.put("problem", step.detail());
                });
        return fields;
    }

    private static String line(Step step, @Nullable Waiting waiting) {
        String line = step.seq() + ". " + step.name() + " (" + step.target() + "): " + step.state();
        return waiting == null ? line : line + ". " + waiting.sentence();
    }
}
