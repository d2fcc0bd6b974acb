package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The requester mends a change that was sent back and submits it again, or gives it up. */
@Component
class ReviseChangeForm implements TaskForm {

    /** What the requester does with a change that was sent back. */
    public enum Action {
        RESUBMIT,
        CANCEL
    }

    private final ChangePicture picture;
    private final Changes changes;

    ReviseChangeForm(ChangePicture picture, Changes changes) {
        this.picture = picture;
        this.changes = changes;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Change change = changes.find(task.number());
        Map<String, Object> fields = picture.of(task.number());
        String because = change.returnedBecause();
        fields.put("returnedBecause", because == null ? "revised" : FormText.literal(because));
        fields.put("windowStartsAt", change.window().startsAt().toString());
        fields.put("windowEndsAt", change.window().endsAt().toString());
        // What stands in these fields becomes the plan, so "none" must not: there it would be one.
        Plans plans = change.plans();
        fields.put("implementationPlan", Objects.requireNonNullElse(plans.implementation(), ""));
        fields.put("testPlan", Objects.requireNonNullElse(plans.test(), ""));
        fields.put("backoutPlan", Objects.requireNonNullElse(plans.backout(), ""));
        fields.put(
                "ifNotDone", Objects.requireNonNullElse(change.questionnaire().ifNotDone(), ""));
        fields.put("communicationPlan", Objects.requireNonNullElse(plans.communication(), ""));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        Change change = changes.lock(task.number());
        change.requireNotOnHold();
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Change change = changes.withDetails(changes.lock(task.number()));
        Action action = answers.choice("action", Action.class);
        ChangeContent content = revised(change, answers);
        answers.nothingElse();
        if (action == Action.CANCEL) {
            changes.cancel(change);
        } else {
            changes.rewrite(change, content);
            changes.submit(change);
        }
        return Map.of("revisionAction", action.name());
    }

    private static ChangeContent revised(Change change, Answers answers) {
        Plans old = change.plans();
        return new ChangeContent(
                change.title(),
                change.description(),
                change.services(),
                change.environment(),
                new Window(
                        moment(answers, "windowStartsAt", change.window().startsAt()),
                        moment(answers, "windowEndsAt", change.window().endsAt())),
                new Plans(
                        text(answers, "implementationPlan", old.implementation()),
                        text(answers, "testPlan", old.test()),
                        text(answers, "backoutPlan", old.backout()),
                        text(answers, "communicationPlan", old.communication())),
                questionnaire(change.questionnaire(), answers),
                change.links(),
                change.artifacts());
    }

    private static Questionnaire questionnaire(Questionnaire old, Answers answers) {
        return new Questionnaire(
                old.dataMigration(),
                old.downtime(),
                old.backoutTested(),
                text(answers, "ifNotDone", old.ifNotDone(), 4000));
    }

    private static @Nullable String text(Answers answers, String field, @Nullable String old) {
        return text(answers, field, old, 20_000);
    }

    private static @Nullable String text(Answers answers, String field, @Nullable String old, int longest) {
        String answer = answers.optionalText(field, longest);
        return answer.isEmpty() ? old : answer;
    }

    private static Instant moment(Answers answers, String field, Instant old) {
        String answer = answers.optionalText(field, 40);
        try {
            return answer.isEmpty() ? old : OffsetDateTime.parse(answer).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.invalid(field, "must be a date and time with its offset, as 2026-11-23T18:00:00Z");
        }
    }
}
