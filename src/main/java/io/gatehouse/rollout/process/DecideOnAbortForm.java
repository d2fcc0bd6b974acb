package io.gatehouse.rollout.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.rollout.Abort;
import io.gatehouse.rollout.Aborts;
import io.gatehouse.rollout.Rollbacks;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A rollout was aborted with something of it in place; a person decides whether that is kept or undone. */
@Component
class DecideOnAbortForm implements TaskForm {

    /** What becomes of what ran. */
    enum Decision {
        KEEP,
        ROLL_BACK
    }

    private final RolloutPicture picture;
    private final Rollouts rollouts;
    private final Aborts aborts;
    private final Rollbacks rollbacks;

    DecideOnAbortForm(RolloutPicture picture, Rollouts rollouts, Aborts aborts, Rollbacks rollbacks) {
        this.picture = picture;
        this.rollouts = rollouts;
        this.aborts = aborts;
        this.rollbacks = rollbacks;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        Abort abort = rollouts.find(task.number()).abort();
        fields.put("abortedBy", FormText.literal(abort == null ? "nobody" : abort.by()));
        fields.put("because", abort == null ? "" : abort.because());
        fields.put("inPlace", lines(rollouts.stillInPlace(task.number())));
        fields.put("wouldBeUndone", lines(rollouts.rollbackPreview(task.number())));
        return fields;
    }

    private static String lines(List<Step> steps) {
        return steps.stream()
                .map(step -> step.seq() + ". " + step.name() + " (" + step.target() + "): " + step.state())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void admit(OpenTask task, Person person) {
        // Whoever is in the task's group may decide; the decision and its maker are on record.
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Decision decision = answers.choice("decision", Decision.class);
        String reason = answers.text("reason", 900);
        answers.nothingElse();
        if (decision == Decision.KEEP) {
            aborts.kept(task.number(), person, reason);
        } else {
            rollbacks.afterAbort(task.number(), person, reason);
        }
        return Map.of();
    }
}
