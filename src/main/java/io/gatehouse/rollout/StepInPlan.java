package io.gatehouse.rollout;

import org.jspecify.annotations.Nullable;

/**
 * A step that is about to run, and the plan it must come from.
 *
 * @param change the number of the change
 * @param process that carries out the plan
 * @param document the change's plan as it is written down now; absent if somebody has taken it away
 * @param fingerprint of that plan
 */
record StepInPlan(
        Step step, String change, @Nullable String process, @Nullable String document, @Nullable String fingerprint) {}
