package io.gatehouse.release;

import io.gatehouse.release.report.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Says when the stages of a release will be done, from what is left of it and from how long stages took before
 * (docs/progress.md). Paces are taken to be log-normal. What is left is gone through {@value #DRAWS} times, each time
 * with other paces, drawn from a distribution that is itself only known by the few that were seen; the same numbers
 * are drawn each time, so that the same facts give the same forecast.
 */
public final class EndForecast {

    static final int DRAWS = 1000;

    private static final long SEED = 20261201;

    /** Past paces that are all the same do not mean that the next one cannot be another. */
    private static final double LEAST_SPREAD = 0.05;

    /** Beyond that nothing is said about anything any more, and dates end somewhere. */
    private static final double LONGEST_PACE = 1000;

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private final List<StageTimes> stages;
    private final PastPaces past;
    private final Instant now;
    private final Random random = new Random(SEED);

    private EndForecast(List<StageTimes> stages, PastPaces past, Instant now) {
        this.stages = stages;
        this.past = past;
        this.now = now;
    }

    /** @param closed the stages of each release that is in production already and like this one */
    public static Outlook of(List<StageTimes> stages, List<List<StageTimes>> closed, Instant now) {
        PastPaces past = PastPaces.of(stages, closed);
        EndForecast forecast = new EndForecast(stages, past, now);
        return past.suffice() ? forecast.drawn() : forecast.asPlanned();
    }

    private Outlook asPlanned() {
        List<@Nullable Forecast> forecasts = new ArrayList<>();
        double end = Double.NEGATIVE_INFINITY;
        for (StageTimes stage : stages) {
            end = Math.max(end, stage.endedAt() == null ? end(stage, end, 1) : secondsTo(stage.endedAt()));
            forecasts.add(stage.endedAt() == null ? new Forecast(moment(end), null, null) : null);
        }
        return new Outlook(
                forecasts,
                "Too little history: %s done before, and %d are needed. What is left is taken to last as long as planned."
                        .formatted(
                                past.done().size() == 1
                                        ? "1 stage was"
                                        : past.done().size() + " stages were",
                                PastPaces.ENOUGH));
    }

    private Outlook drawn() {
        Map<String, Paces> kinds = new HashMap<>();
        stages.forEach(stage -> kinds.computeIfAbsent(past.kindOf(stage), this::paces));
        List<Paces> like =
                stages.stream().map(stage -> kinds.get(past.kindOf(stage))).toList();
        double[][] ends = new double[stages.size()][DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            kinds.values().forEach(Paces::draw);
            draw(like, ends, draw);
        }
        List<@Nullable Forecast> forecasts = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            Arrays.sort(ends[i]);
            forecasts.add(stages.get(i).endedAt() == null ? forecast(ends[i]) : null);
        }
        return new Outlook(
                forecasts,
                "From %d stages done before, in this release and in %d that are in production; with four chances in five it is between the earliest and the latest."
                        .formatted(past.done().size(), past.releases()));
    }

    private void draw(List<Paces> like, double[][] ends, int draw) {
        double end = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < stages.size(); i++) {
            StageTimes stage = stages.get(i);
            end = Math.max(
                    end,
                    stage.endedAt() == null ? end(stage, end, pace(stage, like.get(i))) : secondsTo(stage.endedAt()));
            ends[i][draw] = end;
        }
    }

    private Paces paces(String kind) {
        return new Paces(past.logarithms(kind), random);
    }

    /** The paces of stages of one kind: with each draw, one mean and one spread that could have led to those seen. */
    private static final class Paces {

        private final Random random;
        private final int seen;
        private final double center;
        private final double squares;
        private double mean;
        private double spread;

        private Paces(double[] logarithms, Random random) {
            this.random = random;
            this.seen = logarithms.length;
            this.center = Arrays.stream(logarithms).average().orElseThrow();
            this.squares = Math.max(
                    LEAST_SPREAD * LEAST_SPREAD * (seen - 1),
                    Arrays.stream(logarithms)
                            .map(one -> (one - center) * (one - center))
                            .sum());
        }

        private void draw() {
            spread = Math.sqrt(squares / (2 * gamma((seen - 1) / 2.0)));
            mean = center + random.nextGaussian() * spread / Math.sqrt(seen);
        }

        /** Half a chi-squared of twice as many degrees; by the method of Marsaglia and Tsang (2000). */
        private double gamma(double shape) {
            double d = shape - 1 / 3.0;
            double c = 1 / Math.sqrt(9 * d);
            while (true) {
                double x = random.nextGaussian();
                double v = Math.pow(1 + c * x, 3);
                if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                    return d * v;
                }
            }
        }
    }

    /** Of a stage that has begun, only paces are left by which it would not be done yet. */
    private double pace(StageTimes stage, Paces paces) {
        if (stage.startedAt() == null) {
            return pace(paces, random.nextGaussian());
        }
        double gone = Math.max(1, -secondsTo(stage.startedAt())) / stage.plannedSeconds();
        double least = (Math.log(gone) - paces.mean) / paces.spread;
        double below = NORMAL.cumulativeProbability(least);
        double chosen = Math.min(below + (1 - below) * random.nextDouble(), 1 - 1e-12);
        return pace(paces, chosen <= 0 ? least : Math.max(least, NORMAL.inverseCumulativeProbability(chosen)));
    }

    private static double pace(Paces paces, double deviation) {
        return Math.min(LONGEST_PACE, Math.exp(paces.mean + paces.spread * deviation));
    }

    /** In seconds from now: a stage begins when it is planned and the one before it is done, and not in the past. */
    private double end(StageTimes stage, double before, double pace) {
        double start = stage.startedAt() == null
                ? Math.max(0, Math.max(before, secondsTo(stage.planned().startsAt())))
                : secondsTo(stage.startedAt());
        return Math.max(0, start + pace * stage.plannedSeconds());
    }

    private double secondsTo(Instant moment) {
        return Duration.between(now, moment).toMillis() / 1000.0;
    }

    private Forecast forecast(double[] sorted) {
        return new Forecast(
                moment(sorted[DRAWS / 2]), moment(sorted[DRAWS / 10]), moment(sorted[DRAWS - DRAWS / 10 - 1]));
    }

    private Instant moment(double seconds) {
        return now.plusSeconds(Math.round(seconds));
    }
}
