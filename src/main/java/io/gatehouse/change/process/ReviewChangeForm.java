package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Duties;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Somebody who neither raised nor implemented the change, nor wrote a rule that decides about it, says how it ended. */
@Component
class ReviewChangeForm implements TaskForm {

    private final ChangePicture picture;
    private final Changes changes;
    private final Duties duties;

    ReviewChangeForm(ChangePicture picture, Changes changes, Duties duties) {
        this.picture = picture;
        this.changes = changes;
        this.duties = duties;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Change change = changes.find(task.number());
        Map<String, Object> fields = picture.of(task.number());
        fields.put("result", String.valueOf(change.closeCode()));
        fields.put("rolledBack", change.rolledBack() ? "rolled back" : "not rolled back");
        String implementer = change.implementer();
        fields.put("implementer", implementer == null ? "the rollout" : FormText.literal(implementer));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        Change change = changes.lock(task.number());
        if (duties.wrote(change, person.id()) || duties.implemented(change, person.id())) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You wrote or implemented " + change.number()
                            + " or answer for a tool that did, so somebody else has to" + " review it.");
        }
        if (duties.ruled(change, person)) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You proposed or let in a version of a policy table that decides about " + change.number()
                            + ", so somebody else has to review it.");
        }
    }

    @Override
    public boolean isOpenToEscalation() {
        return true;
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Change change = changes.lock(task.number());
        CloseCode verdict = answers.choice("closeCode", CloseCode.class);
        answers.text("lessons", 2000);
        answers.nothingElse();
        changes.review(change, person.id(), verdict);
        return Map.of();
    }
}
