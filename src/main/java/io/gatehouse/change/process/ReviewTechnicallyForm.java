package io.gatehouse.change.process;

import io.gatehouse.change.Approvals;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.Changes;
import org.springframework.stereotype.Component;

/** A peer or the owner of the service says whether the change is sound; fills the seat {@code technical-approver}. */
@Component
class ReviewTechnicallyForm extends SeatForm {

    ReviewTechnicallyForm(ChangePicture picture, Changes changes, Approvals approvals, Authorization authorization) {
        super(picture, changes, approvals, authorization);
    }
}
