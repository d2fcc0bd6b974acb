package io.gatehouse.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a rollout is in its plan.
 *
 * @param stepsEnded how many of them nothing is going on with any more, whatever became of them
 * @param remaining how long the other steps take if each takes as long as the plan expects, without the checklist and
 *     the soak; absent if the plan does not say it of one of them, nobody knows what became of one, or no step begins
 *     any more
 */
public record RolloutProgress(int stepsPlanned, int stepsEnded, @Nullable Duration remaining) {

    static RolloutProgress of(Rollout rollout, RolloutPlan plan, List<Step> begun, Instant now) {
        int ended = (int) begun.stream().filter(step -> step.state().isEnded()).count();
        Duration remaining = !rollout.state().mayBePaused()
                ? null
                : sum(Stream.concat(rests(begun, now), notBegun(plan, begun))).orElse(null);
        return new RolloutProgress(plan.steps().size(), ended, remaining);
    }

    private static Stream<Optional<Duration>> rests(List<Step> begun, Instant now) {
        return begun.stream().filter(step -> !step.state().isEnded()).map(step -> rest(step, now));
    }

    private static Optional<Duration> rest(Step step, Instant now) {
        Optional<Duration> expected = Optional.ofNullable(step.expectedDuration());
        return switch (step.state()) {
            case HELD -> expected;
            case RUNNING -> expected.map(all -> all.minus(Duration.between(step.startedAt(), now)))
                    .map(rest -> rest.isNegative() ? Duration.ZERO : rest);
            default -> Optional.empty();
        };
    }

    private static Stream<Optional<Duration>> notBegun(RolloutPlan plan, List<Step> begun) {
        return Stream.of(Stage.values())
                .flatMap(stage -> plan.stepsOf(stage).stream()
                        .skip(begun.stream()
                                .filter(step -> step.stage() == stage)
                                .count()))
                .map(step -> Optional.ofNullable(step.expectedDuration()));
    }

    private static Optional<Duration> sum(Stream<Optional<Duration>> durations) {
        return durations.reduce(Optional.of(Duration.ZERO), (sum, next) -> sum.flatMap(known -> next.map(known::plus)));
    }
}
