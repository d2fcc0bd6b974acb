package io.gatehouse.release.process;

import io.gatehouse.access.Person;
import io.gatehouse.change.Artifact;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.ScopeChange;
import io.gatehouse.release.ScopeChanges;
import io.gatehouse.release.Stages;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A seat says whether another package comes into a release; one task per seat. */
@Component
class ApproveScopeChangeForm implements TaskForm {

    enum Decision {
        APPROVE,
        REJECT
    }

    private final ReleasePicture picture;
    private final ScopeChanges changes;
    private final Stages stages;

    ApproveScopeChangeForm(ReleasePicture picture, ScopeChanges changes, Stages stages) {
        this.picture = picture;
        this.changes = changes;
        this.stages = stages;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        ScopeChange change = changes.get(task.number());
        String release = changes.releaseOf(task.number());
        Map<String, Object> fields = picture.of(release);
        fields.put("scope", change.number());
        fields.put("seat", Seat.of(task));
        fields.put("requestedBy", FormText.literal(change.requestedBy()));
        fields.put(
                "wanted",
                change.items().stream().map(ApproveScopeChangeForm::line).collect(Collectors.joining("\n")));
        fields.put("why", change.reason());
        fields.put("stages", stages.line(release));
        return fields;
    }

    private static String line(Artifact item) {
        return item.service() + " " + item.version() + (item.digest() == null ? "" : " (" + item.digest() + ")");
    }

    @Override
    public void admit(OpenTask task, Person person) {
        changes.admit(task.number(), Seat.of(task), person);
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Decision decision = answers.choice("decision", Decision.class);
        String reason = answers.text("reason", 2000);
        answers.nothingElse();
        changes.decide(task.number(), Seat.of(task), person, decision == Decision.APPROVE, reason);
        return Map.of();
    }
}
