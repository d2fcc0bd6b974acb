package io.gatehouse.rollout.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.rollout.ResolutionAction;
import io.gatehouse.rollout.Resolutions;
import io.gatehouse.rollout.StepState;
import java.util.Map;
import org.springframework.stereotype.Component;

/** An undo failed, or nobody knows whether it worked; a person decides how the rollback goes on. */
@Component
class ResolveFailedUndoForm implements TaskForm {

    private final RolloutPicture picture;
    private final Resolutions resolutions;

    ResolveFailedUndoForm(RolloutPicture picture, Resolutions resolutions) {
        this.picture = picture;
        this.resolutions = resolutions;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number(), StepState.UNDO_FAILED);
    }

    @Override
    public void admit(OpenTask task, Person person) {
        // Whoever is in the task's group may decide; the decision and its maker are on record.
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        ResolutionAction action = answers.choice("action", ResolutionAction.class);
        String reason = answers.text("reason", 900);
        answers.nothingElse();
        resolutions.resolveInTask(task.number(), StepState.UNDO_FAILED, action, reason);
        return Map.of();
    }
}
