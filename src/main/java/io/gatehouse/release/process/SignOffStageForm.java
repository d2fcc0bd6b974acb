package io.gatehouse.release.process;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.StageSignOffs;
import io.gatehouse.release.StageSignOffs.SignOff;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Somebody who wrote nothing of the release says for a seat whether it leaves its stage; one task per seat. */
@Component
class SignOffStageForm implements TaskForm {

    private final ReleasePicture picture;
    private final StagePicture stagePicture;
    private final StageSignOffs signOffs;

    SignOffStageForm(ReleasePicture picture, StagePicture stagePicture, StageSignOffs signOffs) {
        this.picture = picture;
        this.stagePicture = stagePicture;
        this.signOffs = signOffs;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        fields.putAll(stagePicture.of(task.number()));
        fields.put("seat", Seat.of(task));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        signOffs.admit(task.number(), Seat.of(task), person);
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        SignOff decision = answers.choice("decision", SignOff.class);
        boolean criteriaMet = answers.ticked("criteriaMet");
        String note = decision == SignOff.PASS ? answers.optionalText("note", 1000) : answers.text("note", 1000);
        answers.nothingElse();
        if (decision == SignOff.PASS && !criteriaMet) {
            throw ProblemException.invalid("criteriaMet", "must be ticked to let it pass");
        }
        signOffs.signOff(task.number(), Seat.of(task), person, decision, note.isEmpty() ? null : note);
        return Map.of();
    }
}
