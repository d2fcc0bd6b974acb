package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Somebody, or a pipeline, makes a change that no rollout makes, and reports how it went. */
@Component
class ImplementChangeForm implements TaskForm {

    private final ChangePicture picture;
    private final Changes changes;

    ImplementChangeForm(ChangePicture picture, Changes changes) {
        this.picture = picture;
        this.changes = changes;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number());
    }

    @Override
    public void admit(OpenTask task, Person person) {
        // Whoever is in the task's group may implement; who may not review afterwards is the review's rule.
    }

    @Override
    public boolean isOpenToEscalation() {
        return true;
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Change change = changes.lock(task.number());
        CloseCode result = answers.choice("result", CloseCode.class);
        boolean rolledBack = answers.ticked("rolledBack");
        answers.nothingElse();
        changes.finishImplementation(change, person.id(), result, rolledBack);
        return Map.of();
    }
}
