package io.gatehouse.rollout.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.prometheus.CanaryJudge.Verdict;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On series that are generated anew each time; the system property {@code gatehouse.seed} brings a run back. */
class CanaryJudgeTests {

    private static final long SEED = Long.getLong("gatehouse.seed", System.nanoTime());
    private static final int RUNS = Boolean.getBoolean("gatehouse.long") ? 20_000 : 2_000;

    /** As many as a period of half an hour has at a step of 30 s. */
    private static final int SAMPLES = 61;

    private static final CanaryJudge AS_DELIVERED = new CanaryJudge(Worse.HIGHER, 0.01, 10, 50);
    private static final CanaryJudge HOWEVER_LITTLE = new CanaryJudge(Worse.HIGHER, 0.01, 0, 50);

    /** What a service could measure. */
    enum Series {
        /** As a throughput: normal, with a standard deviation of a fifth of the mean. */
        STEADY {
            @Override
            double[] of(double times, Random random) {
                return samples(i -> times * (100 + 20 * random.nextGaussian()));
            }
        },
        /** As a response time: most are short, some are long (log-normal, sigma 0.5). */
        SKEWED {
            @Override
            double[] of(double times, Random random) {
                return samples(i -> times * 100 * Math.exp(0.5 * random.nextGaussian()));
            }
        },
        /** As a number of errors: small whole numbers, many of them equal (Poisson with mean 2). */
        COUNTED {
            @Override
            double[] of(double times, Random random) {
                return samples(i -> poisson(2 * times, random));
            }
        },
        /** As a rate over a range of twice the step: each sample shares half of its data with the one before. */
        OVERLAPPING {
            @Override
            double[] of(double times, Random random) {
                double[] halves = IntStream.rangeClosed(0, SAMPLES)
                        .mapToDouble(i -> times * (100 + 28 * random.nextGaussian()))
                        .toArray();
                return samples(i -> (halves[i] + halves[i + 1]) / 2);
            }
        };

        /** As many samples as a period has, of a version that is so many times as bad. */
        abstract double[] of(double times, Random random);

        private static double[] samples(IntToDoubleFunction sample) {
            return IntStream.range(0, SAMPLES).mapToDouble(sample).toArray();
        }

        private static int poisson(double mean, Random random) {
            int count = 0;
            for (double left = random.nextDouble(); left > Math.exp(-mean); left *= random.nextDouble()) {
                count++;
            }
            return count;
        }
    }

    /** How many of the runs end in this verdict. */
    private static double rate(CanaryJudge judge, Series series, double times, Verdict verdict) {
        Random random = new Random(SEED + series.ordinal());
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            CanaryJudge.Judgement judgement = judge.judge(series.of(times, random), series.of(1, random));
            found += judgement.verdict() == verdict ? 1 : 0;
        }
        return (double) found / RUNS;
    }

    /** Four standard deviations above: one of 30,000 runs finds more by chance. */
    private static double mostByChance(double rate) {
        return rate + 4 * Math.sqrt(rate * (1 - rate) / RUNS);
    }

    /** The table of docs/verification.md; the rates are its bounds. */
    @ParameterizedTest
    @CsvSource({"STEADY, 0.01, 0.01", "SKEWED, 0.01, 0.01", "COUNTED, 0.01, 0.01"})
    void raisesFalseAlarmsNoMoreOftenThanItSays(Series series, double however, double asDelivered) {
        double ofAnySize = rate(HOWEVER_LITTLE, series, 1, Verdict.FAIL);
        double ofSomeSize = rate(AS_DELIVERED, series, 1, Verdict.FAIL);

        System.out.printf(
                "%s false alarms: %.4f, and %.4f as delivered (seed %d, %d runs)%n",
                series, ofAnySize, ofSomeSize, SEED, RUNS);
        assertThat(ofAnySize).as("seed %d", SEED).isLessThanOrEqualTo(mostByChance(however));
        assertThat(ofSomeSize).as("seed %d", SEED).isLessThanOrEqualTo(mostByChance(asDelivered));
    }

    /** Why a step must be as long as the ranges in the queries. */
    @Test
    void raisesMoreOfThemOnSamplesThatShareData() {
        double rate = rate(HOWEVER_LITTLE, Series.OVERLAPPING, 1, Verdict.FAIL);

        System.out.printf("OVERLAPPING false alarms: %.4f (seed %d, %d runs)%n", rate, SEED, RUNS);
        assertThat(rate).as("seed %d", SEED).isGreaterThan(mostByChance(0.01));
    }

    /** The table of docs/verification.md; the rates are its bounds. */
    @ParameterizedTest
    @CsvSource({
        "STEADY, 1.25, 0.01",
        "STEADY, 1.5, 0.001",
        "SKEWED, 1.25, 0.6",
        "SKEWED, 1.5, 0.05",
        "SKEWED, 2, 0.001",
        "COUNTED, 1.5, 0.25",
        "COUNTED, 2, 0.01",
    })
    void missesAWorseCanaryNoMoreOftenThanItSays(Series series, double times, double atMost) {
        double rate = rate(AS_DELIVERED, series, times, Verdict.PASS);

        System.out.printf("%s x %s misses: %.4f (seed %d, %d runs)%n", series, times, rate, SEED, RUNS);
        assertThat(rate).as("seed %d", SEED).isLessThanOrEqualTo(mostByChance(atMost));
    }

    @ParameterizedTest
    @EnumSource(Series.class)
    void neverFailsACanaryThatIsBetter(Series series) {
        assertThat(rate(AS_DELIVERED, series, 0.5, Verdict.FAIL))
                .as("seed %d", SEED)
                .isZero();
    }

    @Test
    void whatIsWorseDependsOnWhichWayItGetsWorse() {
        double[] high = IntStream.range(0, 60).mapToDouble(i -> 200 + i).toArray();
        double[] low = IntStream.range(0, 60).mapToDouble(i -> 100 + i).toArray();
        CanaryJudge lowerIsWorse = new CanaryJudge(Worse.LOWER, 0.01, 10, 50);

        assertThat(AS_DELIVERED.judge(high, low).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(AS_DELIVERED.judge(low, high).verdict()).isEqualTo(Verdict.PASS);
        assertThat(lowerIsWorse.judge(low, high).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(lowerIsWorse.judge(high, low).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aCertainDifferenceThatIsSmallPasses() {
        double[] canary = IntStream.range(0, 60).mapToDouble(i -> 105 + i % 2).toArray();
        double[] baseline = IntStream.range(0, 60).mapToDouble(i -> 100 + i % 2).toArray();

        CanaryJudge.Judgement judgement = AS_DELIVERED.judge(canary, baseline);

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.reason())
                .isEqualTo("mean 105.5 against 100.5, median 105.5 against 100.5: 5.0 percent worse, 10.0 allowed; by"
                        + " chance alone it would look as bad with probability 0.0000, below 0.01 counts;"
                        + " 60 and 60 samples");
        assertThat(HOWEVER_LITTLE.judge(canary, baseline).verdict()).isEqualTo(Verdict.FAIL);
    }

    /** One peak of the baseline lifts its mean above the canary's, but not its median. */
    @Test
    void aPeakOfTheBaselineHidesNoWorseCanary() {
        double[] canary = IntStream.range(0, 60).mapToDouble(i -> 130 + i % 5).toArray();
        double[] baseline = IntStream.range(0, 60)
                .mapToDouble(i -> i == 7 ? 9000 : 100 + i % 5)
                .toArray();

        assertThat(AS_DELIVERED.judge(canary, baseline).verdict()).isEqualTo(Verdict.FAIL);
    }

    /** Most samples are zero, and so are both medians; the means differ. */
    @Test
    void moreFrequentErrorsAreSeenAlthoughMostSamplesHaveNone() {
        double[] canary =
                IntStream.range(0, 60).mapToDouble(i -> i % 5 < 2 ? 0.03 : 0).toArray();
        double[] baseline =
                IntStream.range(0, 60).mapToDouble(i -> i % 20 == 0 ? 0.03 : 0).toArray();

        assertThat(AS_DELIVERED.judge(canary, baseline).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void errorsFromNothingAreInfinitelyWorse() {
        double[] canary = IntStream.range(0, 60).mapToDouble(i -> 0.01).toArray();

        CanaryJudge.Judgement judgement = AS_DELIVERED.judge(canary, new double[60]);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.reason()).contains("Infinity percent worse");
    }

    @Test
    void seriesThatNeverChangePassIfTheyAreTheSame() {
        assertThat(AS_DELIVERED.judge(new double[60], new double[60]).verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "60, 0", "49, 60", "60, 49", "0, 0"})
    void tooFewSamplesAreNoPass(int canary, int baseline) {
        assertThat(AS_DELIVERED.judge(new double[canary], new double[baseline]).verdict())
                .isEqualTo(Verdict.TOO_FEW_SAMPLES);
    }
}
