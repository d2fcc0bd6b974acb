package io.gatehouse.rollout;

import java.util.List;
import java.util.Map;

/** Nothing is done to the live colour but to take its traffic away: until the soak is over, going back is one switch. */
record BlueGreen(NewVersion newVersion, ToolCall traffic, ToolCall check, String live, String idle)
        implements Strategy {

    @Override
    public List<PlannedStep> steps() {
        Map<String, String> toIdle = Map.of("colour", idle);
        return List.of(
                newVersion.step("Deploy to " + idle, toIdle),
                check.check(Stage.DEPLOY_APPLICATION, "Check " + idle + " without traffic", toIdle),
                traffic.reversible(
                        Stage.SHIFT_TRAFFIC,
                        "Switch the traffic from " + live + " to " + idle,
                        toIdle,
                        Map.of("colour", live)),
                check.check(Stage.VERIFY, "Check " + idle + " with traffic", toIdle));
    }

    @Override
    public boolean needsSoak() {
        return true;
    }
}
