package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Resolutions;
import io.gatehouse.rollout.StepState;
import org.springframework.stereotype.Component;

/** Nobody knows whether a step ran; a person finds out and decides. */
@Component
class ResolveUnknownStepForm extends ResolveForm {

    ResolveUnknownStepForm(RolloutPicture picture, Resolutions resolutions) {
        super(picture, resolutions, StepState.UNKNOWN);
    }
}
