package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.change.TemplateSuspensions;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The team of the service, or a change manager, says what becomes of a suspended template. */
@Component
class DecideOnSuspendedTemplateForm implements TaskForm {

    private final TemplatePicture picture;
    private final TemplateSuspensions suspensions;

    DecideOnSuspendedTemplateForm(TemplatePicture picture, TemplateSuspensions suspensions) {
        this.picture = picture;
        this.suspensions = suspensions;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number());
    }

    /** Whoever is asked may answer: what comes back is reviewed by somebody else. */
    @Override
    public void admit(OpenTask task, Person person) {}

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        TemplateSuspensions.Decision decision = answers.choice("decision", TemplateSuspensions.Decision.class);
        String reason = answers.text("reason", 2000);
        answers.nothingElse();
        suspensions.decide(task.number(), person, decision, reason);
        return Map.of();
    }
}
