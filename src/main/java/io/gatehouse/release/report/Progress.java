package io.gatehouse.release.report;

import io.gatehouse.release.Release;
import io.gatehouse.release.StageTimes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a release is, against its plan.
 *
 * @param done which share of its planned time is behind it, from 0 to 1
 * @param budget absent if none was set
 */
public record Progress(
        Release release,
        Instant asOf,
        List<StageTimes> stages,
        Outlook outlook,
        double done,
        Judgement<TimeStatus> time,
        @Nullable BudgetProgress budget) {

    public Instant plannedEnd() {
        return stages.get(stages.size() - 1).planned().endsAt();
    }
}
