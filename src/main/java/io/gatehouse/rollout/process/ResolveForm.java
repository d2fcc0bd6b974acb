package io.gatehouse.rollout.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.rollout.ResolutionAction;
import io.gatehouse.rollout.Resolutions;
import io.gatehouse.rollout.StepState;
import java.util.Map;

/** A task in which a person decides about a step that no machine can settle. */
abstract class ResolveForm implements TaskForm {

    private final RolloutPicture picture;
    private final Resolutions resolutions;
    private final StepState asked;

    ResolveForm(RolloutPicture picture, Resolutions resolutions, StepState asked) {
        this.picture = picture;
        this.resolutions = resolutions;
        this.asked = asked;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number(), asked);
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
        resolutions.resolveInTask(task.number(), asked, action, reason);
        return Map.of();
    }
}
