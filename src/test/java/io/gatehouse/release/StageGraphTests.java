package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases are called by letters here, and go through test, staging and production. */
class StageGraphTests {

    private static final List<String> STAGES = List.of("test", "staging", "production");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "                                               | a staging>b production    | none",
                "a staging>b production                         | b production>a test       | none",
                "a staging>b production                         | b staging>a production    |"
                        + " b staging, a production, a staging, b production, b staging",
                "a staging>b staging                            | b staging>a staging       |"
                        + " b staging, a staging, b staging",
                "a production>b test                            | b test>a production       |"
                        + " b test, a production, b test",
                "a production>b test                            | b production>a test       | none",
                "a test>b test, b test>c test                   | c test>a test             |"
                        + " c test, a test, b test, c test",
                "a test>b test, b test>c test, a test>d test    | d test>a test             |"
                        + " d test, a test, d test",
                // A stage that is in no plan any more is as good as production.
                "a gone>b production                            | b production>a production |"
                        + " b production, a production, b production",
                "a gone>b production                            | b test>a staging          | none",
            })
    void findsTheCircleThatOneMoreNeedWouldClose(String before, String more, String circle) {
        StageGraph graph = graph(Set.of("a", "b", "c", "d"), needs(before));

        assertThat(graph.circleWith(need(more)))
                .extracting(StagePoint::words)
                .containsExactly(circle == null ? new String[0] : circle.split(", "));
    }

    @Test
    void leavesOutWhatIsInProduction() {
        StageGraph graph = graph(Set.of("a", "b"), needs("a test>z production, z test>b test"));

        assertThat(graph.needsOf(point("a test"))).isEmpty();
        assertThat(graph.circleWith(need("b test>a test"))).isEmpty();
    }

    /** A circle is found exactly if there is a way back, as somebody sees who follows every way. */
    @Test
    void findsEachCircleAndNoOther() {
        Random random = new Random(20261202);
        int circles = 0;
        for (int round = 0; round < 2_000; round++) {
            int size = 2 + random.nextInt(5);
            Set<String> releases =
                    IntStream.range(0, size).mapToObj(i -> "r" + i).collect(Collectors.toSet());
            List<StageNeed> needs = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                StageNeed more = random(random, size);
                StageGraph graph = graph(releases, needs);
                boolean back = reaches(more.needed(), more.waiting(), needs, new HashSet<>());

                assertThat(!graph.circleWith(more).isEmpty()).isEqualTo(back);
                if (back) {
                    circles++;
                } else {
                    needs.add(more);
                }
            }
        }
        assertThat(circles).as("that there were some").isGreaterThan(1_000);
    }

    private static boolean reaches(StagePoint from, StagePoint to, List<StageNeed> needs, Set<StagePoint> seen) {
        if (from.equals(to)) {
            return true;
        }
        if (!seen.add(from)) {
            return false;
        }
        int before = STAGES.indexOf(from.stage()) - 1;
        return before >= 0 && reaches(new StagePoint(from.release(), STAGES.get(before)), to, needs, seen)
                || needs.stream()
                        .filter(need -> need.waiting().equals(from))
                        .anyMatch(need -> reaches(need.needed(), to, needs, seen));
    }

    private static StageNeed random(Random random, int size) {
        int waiting = random.nextInt(size);
        int needed = (waiting + 1 + random.nextInt(size - 1)) % size;
        return new StageNeed(
                new StagePoint("r" + waiting, STAGES.get(random.nextInt(3))),
                new StagePoint("r" + needed, STAGES.get(random.nextInt(3))));
    }

    private static StageGraph graph(Set<String> releases, List<StageNeed> needs) {
        return new StageGraph(
                releases.stream()
                        .sorted()
                        .map(release -> new StagePlan(
                                release,
                                null,
                                false,
                                STAGES.stream()
                                        .map(stage ->
                                                new StagePlan.Planned(stage, StageForecastsTests.days(0, 1), false))
                                        .toList()))
                        .toList(),
                needs);
    }

    static List<StageNeed> needs(String text) {
        return Stream.ofNullable(text)
                .flatMap(all -> Arrays.stream(all.split(", ")))
                .map(StageGraphTests::need)
                .toList();
    }

    static StageNeed need(String text) {
        String[] ends = text.split(">");
        return new StageNeed(point(ends[0]), point(ends[1]));
    }

    static StagePoint point(String text) {
        String[] words = text.strip().split(" ");
        return new StagePoint(words[0], words[1]);
    }
}
