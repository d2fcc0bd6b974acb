package io.gatehouse.rollout.prometheus;

import java.util.stream.DoubleStream;
import org.hipparchus.stat.StatUtils;
import org.hipparchus.stat.inference.MannWhitneyUTest;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * Judges whether a canary is worse than its baseline (docs/verification.md): so by the ranks of the samples, with more
 * certainty than chance would often give (Mann-Whitney U, one-sided, corrected for ties, by its normal approximation),
 * and by so much that it matters.
 *
 * @param worse which way the samples get worse
 * @param significance how often chance alone may look that certain
 * @param atMostPercent how many percent worse the canary may be
 * @param minSamples how many samples each needs
 */
record CanaryJudge(Worse worse, double significance, double atMostPercent, int minSamples) {

    /** What the samples say. */
    enum Verdict {
        PASS,
        FAIL,
        /** Nothing can be said, so this is no pass. */
        TOO_FEW_SAMPLES
    }

    /** @param reason in words and numbers */
    record Judgement(Verdict verdict, String reason) {}

    Judgement judge(double[] canary, double[] baseline) {
        if (canary.length < minSamples || baseline.length < minSamples) {
            return new Judgement(
                    Verdict.TOO_FEW_SAMPLES,
                    "%d samples of the canary and %d of the baseline; each needs %d"
                            .formatted(canary.length, baseline.length, minSamples));
        }
        double chance = chanceOfLookingAsBad(canary, baseline);
        double percent = Math.max(
                worse.percent(StatUtils.mean(canary), StatUtils.mean(baseline)),
                worse.percent(StatUtils.percentile(canary, 50), StatUtils.percentile(baseline, 50)));
        boolean fails = chance < significance && percent > atMostPercent;
        return new Judgement(
                fails ? Verdict.FAIL : Verdict.PASS,
                ("mean %.4g against %.4g, median %.4g against %.4g: %.1f percent worse, %s allowed; by chance alone it "
                                + "would look as bad with probability %.4f, below %s counts; %d and %d samples")
                        .formatted(
                                StatUtils.mean(canary),
                                StatUtils.mean(baseline),
                                StatUtils.percentile(canary, 50),
                                StatUtils.percentile(baseline, 50),
                                percent,
                                atMostPercent,
                                chance,
                                significance,
                                canary.length,
                                baseline.length));
    }

    /** How often ranks at least as bad as the canary's come about if both are the same. */
    private double chanceOfLookingAsBad(double[] canary, double[] baseline) {
        double bothSides = new MannWhitneyUTest().mannWhitneyUTest(canary, baseline, false);
        return isWorseByRank(canary, baseline) ? bothSides / 2 : 1 - bothSides / 2;
    }

    private boolean isWorseByRank(double[] canary, double[] baseline) {
        double[] ranks = new NaturalRanking()
                .rank(DoubleStream.concat(DoubleStream.of(canary), DoubleStream.of(baseline))
                        .toArray());
        double ofCanary = StatUtils.mean(ranks, 0, canary.length);
        double middle = (ranks.length + 1) / 2.0;
        return worse == Worse.HIGHER ? ofCanary > middle : ofCanary < middle;
    }
}
