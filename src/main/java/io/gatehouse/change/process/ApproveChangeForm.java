package io.gatehouse.change.process;

import io.gatehouse.change.Approvals;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.Changes;
import org.springframework.stereotype.Component;

/** Somebody the policy named authorises the change or rejects it; one task per seat. */
@Component
class ApproveChangeForm extends SeatForm {

    ApproveChangeForm(ChangePicture picture, Changes changes, Approvals approvals, Authorization authorization) {
        super(picture, changes, approvals, authorization);
    }
}
