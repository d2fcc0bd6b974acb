package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/** The plans as they are stored. */
public record PlanColumns(
        @Nullable String implementationPlan,
        @Nullable String testPlan,
        @Nullable String backoutPlan,
        @Nullable String communicationPlan) {

    public static PlanColumns of(Plans plans) {
        return new PlanColumns(plans.implementation(), plans.test(), plans.backout(), plans.communication());
    }

    public Plans toPlans() {
        return new Plans(implementationPlan, testPlan, backoutPlan, communicationPlan);
    }
}
