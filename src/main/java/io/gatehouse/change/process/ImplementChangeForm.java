package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Duties;
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
    private final Duties duties;
    private final Authorization authorization;

    ImplementChangeForm(ChangePicture picture, Changes changes, Duties duties, Authorization authorization) {
        this.picture = picture;
        this.changes = changes;
        this.duties = duties;
        this.authorization = authorization;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number());
    }

    @Override
    public void admit(OpenTask task, Person person) {
        // Who may not review afterwards is the review's rule.
        Change change = changes.lock(task.number());
        if (duties.ruled(change, person)) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You, or somebody who answers for you, proposed or let in a version of a policy table that decides"
                            + " about " + change.number() + ", so somebody else has to implement it.");
        }
        authorization.requireNoVoteBy(change, person);
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
