package io.gatehouse.rollout;

import io.gatehouse.change.PlanFingerprint;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Binds what is approved of a change to the plan it has at that moment. */
@Component
class PlansToSeal implements PlanFingerprint {

    private final PlanRows plans;

    PlansToSeal(PlanRows plans) {
        this.plans = plans;
    }

    @Override
    public @Nullable String of(String changeNumber) {
        return plans.fingerprint(changeNumber).orElse(null);
    }
}
