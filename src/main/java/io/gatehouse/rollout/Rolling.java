package io.gatehouse.rollout;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step for each batch of at most {@code atOnce} targets, and a check after it. */
record Rolling(NewVersion newVersion, List<String> targets, int atOnce, @Nullable ToolCall check) implements Strategy {

    @Override
    public List<PlannedStep> steps() {
        int batches = (targets.size() + atOnce - 1) / atOnce;
        return IntStream.range(0, batches)
                .boxed()
                .flatMap(batch -> steps(batch, (batch + 1) + " of " + batches))
                .toList();
    }

    private Stream<PlannedStep> steps(int batch, String which) {
        int end = Math.min(targets.size(), (batch + 1) * atOnce);
        Map<String, String> its = Map.of("targets", String.join(",", targets.subList(batch * atOnce, end)));
        return Stream.concat(
                Stream.of(newVersion.step("Deploy batch " + which, its)),
                Stream.ofNullable(check)
                        .map(made -> made.check(Stage.DEPLOY_APPLICATION, "Check batch " + which, its)));
    }
}
