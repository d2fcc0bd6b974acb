package io.gatehouse.release.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Window;
import io.gatehouse.release.Forecast;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.StageTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeJudgeTests {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    private static Instant day(double day) {
        return BEGIN.plus(Duration.ofMinutes((long) (day * 24 * 60)));
    }

    /** Of two stages, the first planned for five days and the second for the five after. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            state     | now | prepared | ended | likely | latest | status  | reason
            PREPARING | 2   |          |       | 8      | 9      | ON_TIME | It will likely be in production on 9 Mar 2026 00:00 UTC; its window ends on 11 Mar 2026 00:00 UTC.
            PREPARING | 2   |          |       | 8      |        | ON_TIME | It will likely be in production on 9 Mar 2026 00:00 UTC; its window ends on 11 Mar 2026 00:00 UTC.
            PREPARING | 2   |          |       | 8      | 11     | AT_RISK | It will likely be in production on 9 Mar 2026 00:00 UTC, but it may take until 12 Mar 2026 00:00 UTC, and its window ends on 11 Mar 2026 00:00 UTC.
            PREPARING | 6   |          |       | 8      | 9      | AT_RISK | The stage preparation should have ended on 6 Mar 2026 00:00 UTC.
            PREPARING | 2   |          |       | 12.5   | 20     | LATE    | It will likely be in production on 13 Mar 2026 12:00 UTC, 2 days after its window ends.
            PREPARING | 6   |          |       | 12     | 20     | LATE    | The stage preparation should have ended on 6 Mar 2026 00:00 UTC.
            DEPLOYING | 10  | 4        |       | 10     | 10     | LATE    | Its window ended on 11 Mar 2026 00:00 UTC, and it is not in production.
            CLOSED    | 20  | 4        | 10    |        |        | ON_TIME | It was in production on 11 Mar 2026 00:00 UTC, before its window ended.
            CLOSED    | 20  | 4        | 10.25 |        |        | LATE    | It was in production on 11 Mar 2026 06:00 UTC, 6 hours after its window ended.
            RETIRED   | 20  |          |       | 30     |        |         | It was given up.
            """,
            useHeadersInDisplayName = true)
    void saysWhetherItIsOnTime(
            ReleaseState state,
            double now,
            @Nullable Double prepared,
            @Nullable Double ended,
            @Nullable Double likely,
            @Nullable Double latest,
            @Nullable TimeStatus status,
            String reason) {
        List<StageTimes> stages = List.of(
                new StageTimes("preparation", new Window(BEGIN, day(5)), BEGIN, at(prepared)),
                new StageTimes(
                        "production", new Window(day(5), day(10)), at(ended) == null ? null : day(5), at(ended)));
        List<@Nullable Forecast> forecasts = new ArrayList<>();
        forecasts.add(null);
        forecasts.add(
                likely == null ? null : new Forecast(day(likely), latest == null ? null : day(likely), at(latest)));

        Judgement<TimeStatus> judgement =
                new TimeJudge(state, stages, new Outlook(forecasts, "as told"), day(now)).judge();

        assertThat(judgement.status()).isEqualTo(status);
        assertThat(judgement.reasons()).contains(reason);
    }

    private static @Nullable Instant at(@Nullable Double day) {
        return day == null ? null : day(day);
    }
}
