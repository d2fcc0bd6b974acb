package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Window;
import io.gatehouse.release.report.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Held against histories that are generated, so that the truth is known. */
class EndForecastTests {

    private static final int HISTORIES = 1000;
    private static final long SEED = 51;
    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

    /** How stages come to last longer or shorter than planned. */
    enum Generator {
        /** As the forecast supposes. */
        LOG_NORMAL(0.77, 0.83, 15, random -> Math.exp(0.15 + 0.35 * random.nextGaussian())),
        /** As if each were three tasks one after the other, of exponential lengths. */
        THREE_TASKS(
                0.75,
                0.87,
                22,
                random -> -0.4
                        * (Math.log(1 - random.nextDouble())
                                + Math.log(1 - random.nextDouble())
                                + Math.log(1 - random.nextDouble()))),
        /** Most go as planned, and one in six takes three times as long, which nothing log-normal is like. */
        MISHAPS(0.7, 0.88, 25, random -> (random.nextInt(6) == 0 ? 3 : 1) * Math.exp(0.1 * random.nextGaussian()));

        private final double least;
        private final double most;
        private final double percent;
        private final ToDoubleFunction<Random> pace;

        Generator(double least, double most, double percent, ToDoubleFunction<Random> pace) {
            this.least = least;
            this.most = most;
            this.percent = percent;
            this.pace = pace;
        }
    }

    /** What was planned, and what came of it. */
    private record Life(List<StageTimes> stages) {

        static Life of(Random random, int stages, Generator generator) {
            List<StageTimes> lived = new ArrayList<>();
            Instant planned = BEGIN;
            Instant done = BEGIN;
            for (int i = 0; i < stages; i++) {
                Duration length = Duration.ofMinutes((long) (60 * 24 * (1 + 9 * random.nextDouble())));
                Instant start = planned.isAfter(done) ? planned : done;
                double pace = generator.pace.applyAsDouble(random);
                done = start.plusMillis((long) (length.toMillis() * pace));
                lived.add(new StageTimes("stage-" + i, new Window(planned, planned.plus(length)), start, done));
                planned = planned.plus(length);
            }
            return new Life(lived);
        }

        Instant plannedEnd() {
            return stages.get(stages.size() - 1).planned().endsAt();
        }

        Instant end() {
            return Objects.requireNonNull(stages.get(stages.size() - 1).endedAt());
        }

        /** Without what happens later. */
        List<StageTimes> asKnownAt(Instant now) {
            return stages.stream()
                    .map(stage -> new StageTimes(
                            stage.name(), stage.planned(), known(stage.startedAt(), now), known(stage.endedAt(), now)))
                    .toList();
        }

        private static @Nullable Instant known(@Nullable Instant moment, Instant now) {
            return moment == null || moment.isAfter(now) ? null : moment;
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsTheTruthAsOftenAsItSays(Generator generator) {
        int held = 0;
        int before = 0;
        double[] errors = new double[HISTORIES];
        double[] errorsOfPlan = new double[HISTORIES];
        Random random = new Random(SEED);
        for (int i = 0; i < HISTORIES; i++) {
            int stages = 2 + random.nextInt(5);
            List<List<StageTimes>> closed = new ArrayList<>();
            for (int n = 3 + random.nextInt(18); n > 0; n--) {
                closed.add(Life.of(random, stages, generator).stages());
            }
            Life truth;
            Instant now;
            do {
                truth = Life.of(random, stages, generator);
                long planned = Duration.between(BEGIN, truth.plannedEnd()).toMillis();
                now = BEGIN.plusMillis((long) (planned * random.nextDouble()));
            } while (!truth.end().isAfter(now));

            Forecast forecast = Objects.requireNonNull(
                    EndForecast.of(truth.asKnownAt(now), closed, now).end());

            boolean early = truth.end().isBefore(forecast.earliest());
            held += early || truth.end().isAfter(forecast.latest()) ? 0 : 1;
            before += early ? 1 : 0;
            errors[i] = error(truth, forecast.likely());
            errorsOfPlan[i] = error(truth, truth.plannedEnd());
        }
        Arrays.sort(errors);
        Arrays.sort(errorsOfPlan);

        double share = held / (double) HISTORIES;
        System.out.printf(
                "%s: held %.3f, before %.3f, after %.3f; median error %.1f percent of the planned time, of the plan itself %.1f%n",
                generator,
                share,
                before / (double) HISTORIES,
                1 - share - before / (double) HISTORIES,
                100 * errors[HISTORIES / 2],
                100 * errorsOfPlan[HISTORIES / 2]);
        assertThat(share).as("share of ends between earliest and latest").isBetween(generator.least, generator.most);
        assertThat(100 * errors[HISTORIES / 2]).as("median error").isLessThan(generator.percent);
    }

    /** As a share of the planned time of the whole release. */
    private static double error(Life truth, Instant said) {
        return (double) Duration.between(truth.end(), said).abs().toMillis()
                / Duration.between(BEGIN, truth.plannedEnd()).toMillis();
    }

    private static StageTimes stage(String name, int day, int days, @Nullable Integer began, @Nullable Integer ended) {
        return new StageTimes(name, new Window(day(day), day(day + days)), at(began), at(ended));
    }

    private static @Nullable Instant at(@Nullable Integer day) {
        return day == null ? null : day(day);
    }

    private static Instant day(int day) {
        return BEGIN.plus(Duration.ofDays(day));
    }

    @Test
    void takesWhatIsLeftToLastAsPlannedWhileTooLittleIsKnown() {
        List<StageTimes> stages =
                List.of(stage("a", 0, 4, 0, 6), stage("b", 4, 3, 6, null), stage("c", 10, 2, null, null));

        Outlook outlook = EndForecast.of(stages, List.of(), day(7));

        assertThat(outlook.stages())
                .containsExactly(null, new Forecast(day(9), null, null), new Forecast(day(12), null, null));
        assertThat(outlook.method()).startsWith("Too little history: 1 stage was done before, and 5 are needed.");
    }

    /** As somebody does who writes a release down that has long been in production. */
    @Test
    void learnsNothingFromWhatWasOnlyWrittenDown() {
        List<StageTimes> stages = List.of(stage("a", 0, 4, null, null));
        List<List<StageTimes>> writtenDown = Collections.nCopies(6, List.of(stage("a", 0, 4, 0, 0)));

        Outlook outlook = EndForecast.of(stages, writtenDown, day(0));

        assertThat(outlook.stages()).containsExactly(new Forecast(day(4), null, null));
        assertThat(outlook.method()).startsWith("Too little history: 0 stages were done before");
    }

    @Test
    void doesNotExpectAnythingInThePast() {
        List<StageTimes> stages = List.of(stage("a", 0, 2, 0, null), stage("b", 2, 2, null, null));
        List<List<StageTimes>> quick = Collections.nCopies(6, List.of(stage("a", 0, 2, 0, 1), stage("b", 2, 2, 2, 3)));

        Forecast end =
                Objects.requireNonNull(EndForecast.of(stages, quick, day(30)).end());

        assertThat(end.earliest()).isAfter(day(30));
        assertThat(end.likely()).isBetween(end.earliest(), end.latest());
    }

    @Test
    void doesNotEndBeforeTheNextStageMayBegin() {
        List<StageTimes> stages = List.of(stage("a", 0, 2, 0, null), stage("b", 20, 1, null, null));
        List<List<StageTimes>> quick = Collections.nCopies(6, List.of(stage("a", 0, 2, 0, 1), stage("b", 2, 2, 2, 4)));

        Forecast end =
                Objects.requireNonNull(EndForecast.of(stages, quick, day(1)).end());

        assertThat(end.earliest()).isAfter(day(20));
        assertThat(end.likely()).isBetween(day(20).plus(Duration.ofHours(22)), day(21).plus(Duration.ofHours(2)));
    }

    @Test
    void saysTheSameOfTheSame() {
        Random random = new Random(1);
        List<List<StageTimes>> closed = List.of(
                Life.of(random, 3, Generator.LOG_NORMAL).stages(),
                Life.of(random, 3, Generator.LOG_NORMAL).stages());
        List<StageTimes> stages = Life.of(random, 3, Generator.LOG_NORMAL).asKnownAt(day(1));

        assertThat(EndForecast.of(stages, closed, day(1))).isEqualTo(EndForecast.of(stages, closed, day(1)));
    }

    @Test
    void expectsNothingOfWhatIsDone() {
        List<StageTimes> stages = List.of(stage("a", 0, 2, 0, 1), stage("b", 2, 2, 2, 3));

        assertThat(EndForecast.of(stages, List.of(), day(9)).end()).isNull();
    }
}
