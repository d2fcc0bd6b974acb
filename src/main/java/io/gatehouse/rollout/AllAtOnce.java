package io.gatehouse.rollout;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step for all targets. */
record AllAtOnce(NewVersion newVersion, List<String> targets, @Nullable ToolCall check) implements Strategy {

    @Override
    public List<PlannedStep> steps() {
        Map<String, String> all = Map.of("targets", String.join(",", targets));
        return Stream.concat(
                        Stream.of(newVersion.step("Deploy everywhere", all)),
                        Stream.ofNullable(check).map(made -> made.check(Stage.VERIFY, "Check everything", all)))
                .toList();
    }
}
