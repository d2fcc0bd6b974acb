package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/** Tells which plan a change would be rolled out by; whoever approves the change approves that plan along with it. */
public interface PlanFingerprint {

    /** Changes with anything in the plan; absent for a change that no tool puts into production. */
    @Nullable
    String of(String changeNumber);
}
