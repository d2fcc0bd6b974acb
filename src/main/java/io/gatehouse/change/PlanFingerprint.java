package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import org.jspecify.annotations.Nullable;

/** Tells which plan a change would be rolled out by; whoever approves the change approves that plan along with it. */
public interface PlanFingerprint {

    /**
     * Changes with anything in the plan; absent for a change that no tool puts into production.
     *
     * @param change with its details
     * @throws ProblemException conflict if the change cannot be rolled out by the plan
     */
    @Nullable
    String of(Change change);
}
