package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;

/** A task in which a person fills a seat: approve or reject, with a reason. */
abstract class SeatForm implements TaskForm {

    private final ChangePicture picture;
    private final Changes changes;
    private final Approvals approvals;
    private final Authorization authorization;

    SeatForm(ChangePicture picture, Changes changes, Approvals approvals, Authorization authorization) {
        this.picture = picture;
        this.changes = changes;
        this.approvals = approvals;
        this.authorization = authorization;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        fields.put("seat", task.seat());
        approvals.viewed(changes.glance(task.number()), task.seat());
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        approvals.admit(changes.lock(task.number()), person);
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        boolean approved = answers.choice("decision", Approval.Verdict.class) == Approval.Verdict.APPROVE;
        String reason = answers.text("reason", 2000);
        answers.nothingElse();
        authorization.decide(task.number(), task.seat(), person, approved, reason);
        return Map.of();
    }
}
