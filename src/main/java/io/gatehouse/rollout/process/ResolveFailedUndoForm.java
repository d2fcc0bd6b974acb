package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Resolutions;
import io.gatehouse.rollout.StepState;
import org.springframework.stereotype.Component;

/** An undo failed, or nobody knows whether it worked; a person decides how the rollback goes on. */
@Component
class ResolveFailedUndoForm extends ResolveForm {

    ResolveFailedUndoForm(RolloutPicture picture, Resolutions resolutions) {
        super(picture, resolutions, StepState.UNDO_FAILED);
    }
}
