package io.gatehouse.breakglass.process;

import io.gatehouse.access.Person;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A second person lets somebody do by hand what they named, or does not. */
@Component
class GrantBreakGlassForm implements TaskForm {

    /** What the second person says. */
    enum Decision {
        GRANT,
        REFUSE
    }

    private final BreakGlassPicture picture;
    private final BreakGlasses breakGlasses;

    GrantBreakGlassForm(BreakGlassPicture picture, BreakGlasses breakGlasses) {
        this.picture = picture;
        this.breakGlasses = breakGlasses;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        breakGlasses.viewed(task.number());
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        breakGlasses.requireSecondPerson(task.number(), person);
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Decision decision = answers.choice("decision", Decision.class);
        String reason = answers.text("reason", 1000);
        answers.nothingElse();
        breakGlasses.decide(task.number(), person, decision == Decision.GRANT, reason);
        return Map.of();
    }
}
