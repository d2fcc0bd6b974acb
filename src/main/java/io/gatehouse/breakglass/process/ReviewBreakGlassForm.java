package io.gatehouse.breakglass.process;

import io.gatehouse.access.Person;
import io.gatehouse.breakglass.BreakGlass;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A third person says whether the override was justified and what is to be mended, so that nobody needs it again. */
@Component
class ReviewBreakGlassForm implements TaskForm {

    private final BreakGlassPicture picture;
    private final BreakGlasses breakGlasses;

    ReviewBreakGlassForm(BreakGlassPicture picture, BreakGlasses breakGlasses) {
        this.picture = picture;
        this.breakGlasses = breakGlasses;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        BreakGlass ended = breakGlasses.find(task.number());
        Map<String, Object> fields = picture.of(task.number());
        fields.put("grantedBy", FormText.literal(String.valueOf(ended.decidedBy())));
        fields.put("granted", String.valueOf(ended.decisionReason()));
        fields.put("ended", String.valueOf(ended.endedBecause()));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        breakGlasses.requireThirdPerson(task.number(), person);
    }

    @Override
    public boolean isOpenToEscalation() {
        return true;
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        BreakGlass.Outcome outcome = answers.choice("outcome", BreakGlass.Outcome.class);
        String toMend = answers.text("toMend", 2000);
        answers.nothingElse();
        breakGlasses.review(task.number(), person, outcome, toMend);
        return Map.of();
    }
}
