package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.InvalidField;
import io.gatehouse.change.Artifact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plan may ask of people. */
class ManualRulesTests {

    private static final PlanNames NAMES = PlanNames.of("staging", List.of(new Artifact("web", "2.0.1", null)));

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(new ManualWork(" \n", List.of("Done")), "manual.instructions"),
                Arguments.of(new ManualWork("x".repeat(4001), List.of("Done")), "manual.instructions"),
                Arguments.of(new ManualWork("Install ${artifact.other.version}", List.of()), "manual.instructions"),
                Arguments.of(new ManualWork("Do it", List.of("Done", " ")), "manual.checklist[1]"),
                Arguments.of(new ManualWork("Do it", List.of("x".repeat(201))), "manual.checklist[0]"),
                Arguments.of(new ManualWork("Do it", List.of("One\nline")), "manual.checklist[0]"),
                Arguments.of(new ManualWork("Do it", List.of("Done", "Seen", "Done ")), "manual.checklist[2]"),
                Arguments.of(new ManualWork("Do it", List.of("${HOME} is gone")), "manual.checklist[0]"),
                Arguments.of(
                        new ManualWork(
                                "Do it",
                                IntStream.range(0, 21)
                                        .mapToObj(Integer::toString)
                                        .toList()),
                        "manual.checklist"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesTheFieldThatIsWrong(ManualWork work, String field) {
        assertThat(fields(ManualWork.CONNECTOR, work)).containsExactly(field);
    }

    @Test
    void takesAsMuchAsFits() {
        List<String> items = new ArrayList<>(Collections.nCopies(1, "x".repeat(200)));
        IntStream.range(1, 20).forEach(i -> items.add("Item " + i));

        assertThat(fields(ManualWork.CONNECTOR, new ManualWork("x".repeat(4000), items)))
                .isEmpty();
        assertThat(fields(ManualWork.CONNECTOR, new ManualWork("Install ${artifact.version}", List.of())))
                .isEmpty();
    }

    @Test
    void isEitherAPersonOrATool() {
        assertThat(fields("tool", new ManualWork("Do it", List.of()))).containsExactly("manual");
        assertThat(fields(ManualWork.CONNECTOR, null)).containsExactly("manual");
        assertThat(fields("tool", null)).isEmpty();
    }

    @Test
    void fillsInWhatTheChangeBrings() {
        PlannedStep step = RolloutDriver.manual(
                Stage.DEPLOY_APPLICATION,
                "Install",
                new ManualWork("Install ${artifact.version}", List.of("${artifact.web.version} shows")));

        assertThat(NAMES.fill(step).orElseThrow().manual())
                .isEqualTo(new ManualWork("Install 2.0.1", List.of("2.0.1 shows")));
        assertThat(PlanNames.of("staging", List.of()).fill(step)).isEmpty();
    }

    private static List<String> fields(String connector, @Nullable ManualWork work) {
        List<InvalidField> wrong = new ArrayList<>();
        ManualRules.check("", connector, work, NAMES, wrong);
        return wrong.stream().map(InvalidField::field).toList();
    }
}
