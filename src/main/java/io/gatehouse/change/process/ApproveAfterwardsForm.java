package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.OpenTask;
import org.springframework.stereotype.Component;

/** Somebody the policy named says whether an emergency change that was begun already was right to be. */
@Component
class ApproveAfterwardsForm extends SeatForm {

    private final Authorization authorization;

    ApproveAfterwardsForm(ChangePicture picture, Changes changes, Approvals approvals, Authorization authorization) {
        super(picture, changes, approvals, authorization);
        this.authorization = authorization;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        authorization.admitAfterwards(task.number(), person);
    }
}
