package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.change.TemplateReviews;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Somebody who wrote nothing of it lets a version of a template in, or does not. */
@Component
class ReviewTemplateForm implements TaskForm {

    /** What the reviewer says. */
    enum Decision {
        LET_IN,
        REFUSE
    }

    private final TemplatePicture picture;
    private final TemplateReviews reviews;

    ReviewTemplateForm(TemplatePicture picture, TemplateReviews reviews) {
        this.picture = picture;
        this.reviews = reviews;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        reviews.viewed(task.number());
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        reviews.requireReviewer(task.number(), person);
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Decision decision = answers.choice("decision", Decision.class);
        String reason = answers.text("reason", 2000);
        answers.nothingElse();
        reviews.decide(task.number(), person, decision == Decision.LET_IN, reason);
        return Map.of();
    }
}
