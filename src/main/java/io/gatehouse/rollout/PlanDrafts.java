package io.gatehouse.rollout;

import io.gatehouse.api.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Drafts plans by a strategy. Nothing is stored: whoever plans may alter a draft before it is any change's plan. */
@Component
public class PlanDrafts {

    private final PlanRules rules;

    PlanDrafts(PlanRules rules) {
        this.rules = rules;
    }

    /**
     * A plan that does what the strategy says.
     *
     * @throws ProblemException invalid, naming the fields that would be wrong in the plan
     */
    public RolloutPlan draft(Strategy strategy, List<String> checklist, Duration soak) {
        if (strategy.needsSoak() && soak.isZero()) {
            throw ProblemException.invalid(
                    "soak", "must be longer than PT0S: only until it is over is there something to switch back to");
        }
        RolloutPlan plan = new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                strategy.steps(),
                Map.of(),
                checklist,
                soak,
                OnFailedVerification.ROLL_BACK);
        rules.check(plan, PlanNames.notKnownYet());
        return plan;
    }
}
