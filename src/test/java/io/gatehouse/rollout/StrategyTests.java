package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrategyTests {

    private static final ToolCall CHECK = call("check", "{targets}");

    @Test
    void allAtOnceIsOneStepAndACheckAfterwards() {
        assertThat(told(Strategy.allAtOnce(version("{targets}"), List.of("a", "b", "c"), CHECK)))
                .containsExactly("DEPLOY_APPLICATION a,b,c", "VERIFY ?a,b,c");
        assertThat(told(Strategy.allAtOnce(version("{targets}"), List.of("a"), null)))
                .containsExactly("DEPLOY_APPLICATION a");
    }

    @Test
    void rollingIsAStepForEachBatchAndACheckAfterIt() {
        assertThat(told(rolling(List.of("a", "b", "c"), "2")))
                .containsExactly(
                        "DEPLOY_APPLICATION a,b",
                        "DEPLOY_APPLICATION ?a,b",
                        "DEPLOY_APPLICATION c",
                        "DEPLOY_APPLICATION ?c");
    }

    @Test
    void blueGreenSwitchesTheTrafficBackToWhatWasLive() {
        List<PlannedStep> steps = blueGreen().steps();

        assertThat(told(steps))
                .containsExactly(
                        "DEPLOY_APPLICATION green",
                        "DEPLOY_APPLICATION ?green",
                        "SHIFT_TRAFFIC green",
                        "VERIFY ?green");
        assertThat(steps.get(0).undo()).isEqualTo(new Undo("redeploy", Map.of("version", "1.0", "where", "green")));
        assertThat(steps.get(2).undo()).isEqualTo(new Undo("traffic", Map.of("where", "blue")));
    }

    @Test
    void blueGreenTouchesNothingOfTheLiveColour() {
        assertThat(blueGreen().steps()).allSatisfy(step -> assertThat(step.target() + step.parameters())
                .doesNotContain("blue"));
        assertThat(blueGreen().needsSoak()).isTrue();
    }

    @Test
    void canaryAsksForAVerdictBeforeItGivesMoreAndShiftsBackToThePartBefore() {
        List<PlannedStep> steps = canary(5, 50).steps();

        assertThat(told(steps))
                .containsExactly(
                        "DEPLOY_APPLICATION canary",
                        "SHIFT_TRAFFIC 5",
                        "SHIFT_TRAFFIC ?5",
                        "SHIFT_TRAFFIC 50",
                        "SHIFT_TRAFFIC ?50",
                        "SHIFT_TRAFFIC 100",
                        "VERIFY ?100");
        assertThat(shifts(steps, false)).containsExactly(5, 50, 100);
        assertThat(shifts(steps, true)).containsExactly(0, 5, 50);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, 1",
        "3, 10, 3",
        "25%, 8, 2",
        "25%, 10, 2",
        "25%, 3, 1",
        "1%, 50, 1",
        "100%, 7, 7",
        "99%, 7, 6",
        "50, 7, 50"
    })
    void aPartIsRoundedDownButNeverToNothing(String text, int targets, int atOnce) {
        assertThat(MaxUnavailable.parse(text).of(targets)).isEqualTo(atOnce);
    }

    @Test
    void rollingReachesEachTargetOnceAndNeverMoreAtOnceThanAllowed() {
        for (int targets = 1; targets <= 40; targets++) {
            List<String> all =
                    IntStream.range(0, targets).mapToObj(i -> "host-" + i).toList();
            for (String max :
                    List.of("1", "2", "3", "7", "39", "40", "100", "1%", "10%", "33%", "50%", "99%", "100%")) {
                List<List<String>> batches = rolling(all, max).steps().stream()
                        .filter(PlannedStep::changesSomething)
                        .map(step -> List.of(step.target().split(",")))
                        .toList();

                int allowed = MaxUnavailable.parse(max).of(targets);
                assertThat(batches).as("%d targets, %s", targets, max).allSatisfy(batch -> assertThat(batch)
                        .hasSizeLessThanOrEqualTo(allowed));
                assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
            }
        }
    }

    @Test
    void canaryRisesToAllOfTheTrafficAndEachUndoIsThePartBefore() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<Integer> percentages = random.ints(1 + random.nextInt(20), 1, 101)
                    .sorted()
                    .distinct()
                    .boxed()
                    .toList();
            List<PlannedStep> steps =
                    canary(percentages.toArray(Integer[]::new)).steps();
            List<Integer> parts = shifts(steps, false);

            assertThat(parts)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .containsAll(percentages)
                    .endsWith(100);
            assertThat(shifts(steps, true))
                    .isEqualTo(Stream.concat(Stream.of(0), parts.stream().limit(parts.size() - 1))
                            .toList());
            assertThat(steps.stream().skip(1).map(PlannedStep::check))
                    .containsExactlyElementsOf(IntStream.range(0, 2 * parts.size())
                            .mapToObj(i -> i % 2 == 1)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void theStepsAreInTheOrderInWhichTheStandardProcessDoesThem(Strategy strategy) {
        assertThat(strategy.steps()).extracting(PlannedStep::stage).isSorted();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void whatChangesSomethingIsUndoneAndWhatLooksIsNot(Strategy strategy) {
        assertThat(strategy.steps())
                .allSatisfy(step -> assertThat(step.undo() == null).isEqualTo(step.check()));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void theVersionStaysForTheChangeToSay(Strategy strategy) {
        assertThat(strategy.steps().get(0).parameters()).containsEntry("version", "${artifact.version}");
        assertThat(strategy.steps().get(0).runbook()).isEqualTo("Watch it");
        assertThat(strategy.steps().get(0).expectedDuration()).isEqualTo(Duration.ofMinutes(5));
    }

    static Stream<Strategy> strategies() {
        List<String> targets = List.of("a", "b", "c");
        return Stream.of(
                Strategy.allAtOnce(version("{targets}"), targets, CHECK),
                rolling(targets, "50%"),
                blueGreen(),
                canary(1, 10));
    }

    private static Strategy blueGreen() {
        return Strategy.blueGreen(
                version("{colour}"), call("traffic", "{colour}"), call("check", "{colour}"), "blue", "green");
    }

    private static Strategy canary(Integer... percentages) {
        return Strategy.canary(
                version("canary"), call("traffic", "{percent}"), call("verdict", "{percent}"), List.of(percentages));
    }

    private static Strategy rolling(List<String> targets, String max) {
        return Strategy.rolling(version("{targets}"), targets, MaxUnavailable.parse(max), CHECK);
    }

    private static NewVersion version(String where) {
        return new NewVersion(
                new ToolCall(
                        "deploy",
                        where,
                        Map.of("version", "${artifact.version}", "where", where),
                        "Watch it",
                        Duration.ofMinutes(5)),
                new Undo("redeploy", Map.of("version", "1.0", "where", where)),
                null);
    }

    private static ToolCall call(String connector, String where) {
        return new ToolCall(connector, where, Map.of("where", where), null, null);
    }

    /** Stage and place of each step, with a question mark before that of a check. */
    private static List<String> told(List<PlannedStep> steps) {
        return steps.stream()
                .map(step -> step.stage() + " " + (step.check() ? "?" : "")
                        + step.parameters().get("where"))
                .toList();
    }

    private static List<String> told(Strategy strategy) {
        return told(strategy.steps());
    }

    /** The parts that the traffic is shifted to, or back to. */
    private static List<Integer> shifts(List<PlannedStep> steps, boolean back) {
        return steps.stream()
                .filter(step -> step.stage() == Stage.SHIFT_TRAFFIC && !step.check())
                .map(step -> back ? Objects.requireNonNull(step.undo()).parameters() : step.parameters())
                .map(parameters -> Integer.valueOf(Objects.requireNonNull(parameters.get("where"))))
                .toList();
    }
}
