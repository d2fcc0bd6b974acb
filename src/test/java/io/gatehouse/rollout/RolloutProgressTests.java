package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutProgressTests {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void takesAsLongAsAllStepsBeforeTheFirstHasBegun() {
        assertThat(progress(RolloutState.WAITING, plan(5, 10)))
                .isEqualTo(new RolloutProgress(2, 0, Duration.ofMinutes(15)));
    }

    @Test
    void countsWhatIsLeftOfTheStepThatIsRunning() {
        assertThat(progress(RolloutState.RUNNING, plan(5, 10), StepState.RUNNING))
                .isEqualTo(new RolloutProgress(2, 0, Duration.ofMinutes(14)));
    }

    @Test
    void countsAllOfAStepThatIsHeldBack() {
        assertThat(progress(RolloutState.RUNNING, plan(5, 10), StepState.HELD))
                .isEqualTo(new RolloutProgress(2, 0, Duration.ofMinutes(15)));
    }

    @Test
    void countsNothingForAStepThatTakesLongerThanExpected() {
        assertThat(progress(RolloutState.RUNNING, plan(0.5, 10), StepState.RUNNING))
                .isEqualTo(new RolloutProgress(2, 0, Duration.ofMinutes(10)));
    }

    @Test
    void countsNoStepThatIsOver() {
        assertThat(progress(RolloutState.RUNNING, plan(5, 10), StepState.DONE, StepState.DONE))
                .isEqualTo(new RolloutProgress(2, 2, Duration.ZERO));
    }

    @Test
    void doesNotGuessWhatThePlanDoesNotSay() {
        assertThat(progress(RolloutState.RUNNING, plan(null, 10))).isEqualTo(new RolloutProgress(2, 0, null));
        assertThat(progress(RolloutState.RUNNING, plan(null, 10), StepState.RUNNING))
                .isEqualTo(new RolloutProgress(2, 0, null));
        assertThat(progress(RolloutState.RUNNING, plan(null, 10), StepState.DONE))
                .isEqualTo(new RolloutProgress(2, 1, Duration.ofMinutes(10)));
    }

    @Test
    void doesNotGuessWhenAPersonWillDecide() {
        assertThat(progress(RolloutState.RUNNING, plan(5, 10), StepState.UNKNOWN))
                .isEqualTo(new RolloutProgress(2, 0, null));
    }

    @ParameterizedTest
    @EnumSource(
            value = StepState.class,
            names = {"DONE", "FAILED", "UNDOING", "UNDONE"})
    void doesNotGuessHowLongTheWayBackTakes(StepState state) {
        assertThat(progress(RolloutState.ROLLING_BACK, plan(5, 10), state).remaining())
                .isNull();
    }

    private static RolloutProgress progress(RolloutState state, RolloutPlan plan, StepState... begun) {
        Rollout rollout =
                new Rollout(1, "CHG-000001", "Rollout", "production", state, null, null, null, null, NOW, null);
        List<Step> steps = IntStream.range(0, begun.length)
                .mapToObj(i -> begun(i, plan.steps().get(i), begun[i]))
                .toList();
        return RolloutProgress.of(rollout, plan, steps, NOW);
    }

    private static RolloutPlan plan(@Nullable Number... minutes) {
        return RolloutDriver.plan(Arrays.stream(minutes)
                .flatMap(expected -> Stream.of(new PlannedStep(
                        Stage.DEPLOY_APPLICATION,
                        "Step",
                        "tool",
                        "web",
                        Map.of(),
                        null,
                        "Because",
                        false,
                        null,
                        expected == null ? null : Duration.ofSeconds((long) (expected.doubleValue() * 60))))));
    }

    private static Step begun(int index, PlannedStep planned, StepState state) {
        return new Step(
                1,
                index + 1,
                planned.stage(),
                planned.name(),
                "Activity_DeployApplication",
                null,
                planned.connector(),
                planned.target(),
                planned.parameters(),
                planned.undo(),
                planned.cannotBeUndone(),
                planned.check(),
                planned.runbook(),
                planned.expectedDuration(),
                planned.manual(),
                state,
                "",
                false,
                NOW.minusSeconds(60),
                null);
    }
}
