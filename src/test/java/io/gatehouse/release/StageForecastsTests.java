package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Days are counted from the day that is today. */
class StageForecastsTests {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final Map<String, StagePlan> plans = new LinkedHashMap<>();
    private final List<StageNeed> needs = new ArrayList<>();

    static Window days(int from, int to) {
        return new Window(NOW.plus(Duration.ofDays(from)), NOW.plus(Duration.ofDays(to)));
    }

    @Test
    void isAsPlannedWhereNothingIsInTheWay() {
        plan("a", planned("production", 1, 2));
        plan("b", planned("staging", 2, 3), planned("production", 4, 5));
        needs("b staging>a production");

        assertThat(forecasts().values()).noneMatch(StageForecast::isLate).allSatisfy(one -> {
            assertThat(one.endsAt()).isEqualTo(one.planned().endsAt());
            assertThat(one.chain()).isEmpty();
            assertThat(one.sentence()).isEqualTo("as planned");
            assertThat(one.daysLate()).isZero();
        });
    }

    /** Through its own next stage, and through the one that needs that. */
    @Test
    void isLateByWhatItNeedsAndByWhatThatNeeds() {
        plan("a", planned("production", 4, 6));
        plan("b", planned("staging", 3, 4), planned("production", 6, 7));
        plan("c", planned("production", 7, 9));
        needs("b staging>a production, c production>b production");

        StageForecast c = forecast("c production");

        assertThat(forecast("b staging").daysLate()).isEqualTo(3);
        assertThat(forecast("b production").daysLate()).isEqualTo(1);
        assertThat(c.daysLate()).isEqualTo(1);
        assertThat(c.endsAt()).isEqualTo(days(0, 10).endsAt());
        assertThat(c.chain())
                .extracting(one -> one.release() + " " + one.stage())
                .containsExactly("b production", "b staging", "a production");
        assertThat(c.sentence())
                .isEqualTo(
                        "late by 1 day: its window begins at 2026-03-08 00:00 UTC, and it needs b production, which"
                                + " ends at 2026-03-09 00:00 UTC; the cause is a production, which ends at 2026-03-07 00:00 UTC");
    }

    @Test
    void isHeldUpByTheLastOfSeveral() {
        plan("a", planned("production", 1, 4));
        plan("b", planned("production", 1, 6));
        plan("c", planned("production", 2, 3));
        needs("c production>a production, c production>b production");

        assertThat(forecast("c production").daysLate()).isEqualTo(4);
        assertThat(forecast("c production").chain())
                .extracting(StageForecast::release)
                .containsExactly("b");
    }

    @Test
    void countsAPartOfADayAsOne() {
        plan("a", new StagePlan.Planned("production", new Window(NOW, NOW.plus(Duration.ofHours(30))), false));
        plan("b", planned("production", 1, 2));
        needs("b production>a production");

        assertThat(forecast("b production").daysLate()).isEqualTo(1);
        assertThat(forecast("b production").endsAt()).isEqualTo(NOW.plus(Duration.ofHours(54)));
    }

    @Test
    void isLateByItselfOnceItsWindowHasPassed() {
        plan("a", planned("production", -4, -2));
        plan("b", planned("production", -1, 1));
        needs("b production>a production");

        assertThat(forecast("a production").sentence())
                .isEqualTo("late by 2 days: a production should have been over at 2026-02-27 00:00 UTC");
        assertThat(forecast("b production").sentence())
                .isEqualTo("late by 1 day: its window begins at 2026-02-28 00:00 UTC, and it needs a production, which"
                        + " ends at 2026-03-01 00:00 UTC: a production should have been over at 2026-02-27 00:00 UTC");
    }

    @Test
    void isNotHeldUpByWhatIsOver() {
        plan(
                "a",
                new StagePlan.Planned("staging", days(-9, -8), true),
                new StagePlan.Planned("production", days(5, 6), false));
        plan("b", planned("production", -1, 1));
        needs("b production>a staging");

        assertThat(forecast("b production").isLate()).isFalse();
        assertThat(forecast("a staging").sentence()).isEqualTo("it is over");
        assertThat(forecast("a production").isLate()).isFalse();
    }

    @Test
    void isNeverOverIfItNeedsWhatWasRetired() {
        plans.put("a", new StagePlan("a", null, true, List.of(planned("production", 1, 2))));
        plan("b", planned("production", 3, 4));
        plan("c", planned("production", 5, 6));
        plan("d", planned("production", 90, 91));
        needs("b production>a staging, c production>b production, c production>d production");

        StageForecast c = forecast("c production");

        assertThat(c.isLate()).isTrue();
        assertThat(c.endsAt()).isNull();
        assertThat(c.daysLate()).isNull();
        assertThat(c.sentence())
                .isEqualTo("never: its window begins at 2026-03-06 00:00 UTC, and it needs b production; the cause is a"
                        + " production: a was retired");
    }

    /** None are added that go round; a stage that is taken out of a plan may close one all the same. */
    @Test
    void endsAlsoWhereDependenciesGoRound() {
        plan("a", planned("production", 1, 2));
        plan("b", planned("production", 1, 2));
        plan("c", planned("production", 3, 4));
        needs("a staging>b production, b production>a production, c production>a production");

        assertThat(forecasts().values()).hasSize(3).allSatisfy(one -> assertThat(one.sentence())
                .isEqualTo("never: its dependencies go round in a circle; take one of them back"));
    }

    /** As many as a large train has, each with four stages, and four needs on average. */
    @Test
    void looksAtEachNeedOfFiveHundredReleasesOnce() {
        Random random = new Random(20261202);
        List<String> stages = List.of("test", "integration", "staging", "production");
        for (int i = 0; i < 500; i++) {
            int begins = i / 10 + random.nextInt(5);
            List<StagePlan.Planned> planned = new ArrayList<>();
            for (String stage : stages) {
                planned.add(planned(stage, begins, begins + 2));
                begins += 2 + random.nextInt(2);
            }
            plan("r" + i, planned.toArray(StagePlan.Planned[]::new));
        }
        List<StageNeed> asked = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            for (int j = 0; j < 8; j++) {
                int other = random.nextInt(500);
                if (other != i) {
                    asked.add(new StageNeed(
                            new StagePoint("r" + i, stages.get(random.nextInt(4))),
                            new StagePoint("r" + other, stages.get(random.nextInt(4)))));
                }
            }
        }
        Collections.shuffle(asked, random);
        List<StageNeed> ordered = asked.stream()
                .filter(need -> need.waiting().release().compareTo(need.needed().release()) > 0)
                .toList();
        long edges = ordered.stream().distinct().count() + 3 * 500;

        long began = System.nanoTime();
        StageGraph graph = new StageGraph(plans.values(), ordered);
        Map<StagePoint, StageForecast> forecasts = StageForecasts.of(graph, NOW);
        long late = forecasts.values().stream().filter(StageForecast::isLate).count();
        long visited = graph.visited();
        long circles = asked.stream()
                .limit(1000)
                .filter(need -> !graph.circleWith(need).isEmpty())
                .count();
        long took = Duration.ofNanos(System.nanoTime() - began).toMillis();

        System.out.printf(
                "500 releases, %d stages, %d needs: %d late; %d of 1000 more would close a circle; %d ms%n",
                forecasts.size(), edges, late, circles, took);
        assertThat(forecasts).hasSize(2000);
        assertThat(late).isPositive();
        assertThat(circles).isBetween(1L, 999L);
        assertThat(visited).as("each need once").isEqualTo(edges);
        assertThat(graph.visited() - visited)
                .as("one more need looks at each need at most once")
                .isLessThanOrEqualTo(1000 * edges);
        assertThat(took).as("milliseconds").isLessThan(1000);
    }

    private void plan(String release, StagePlan.Planned... stages) {
        plans.put(release, new StagePlan(release, null, false, List.of(stages)));
    }

    private static StagePlan.Planned planned(String stage, int from, int to) {
        return new StagePlan.Planned(stage, days(from, to), false);
    }

    private void needs(String text) {
        needs.addAll(StageGraphTests.needs(text));
    }

    private Map<StagePoint, StageForecast> forecasts() {
        return StageForecasts.of(new StageGraph(plans.values(), needs), NOW);
    }

    private StageForecast forecast(String point) {
        StageForecast found = forecasts().get(StageGraphTests.point(point));
        assertThat(found).isNotNull();
        return found;
    }
}
