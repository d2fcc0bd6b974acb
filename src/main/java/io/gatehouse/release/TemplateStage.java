package io.gatehouse.release;

import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A stage as a template has it, whose days are counted back from production.
 *
 * @param daysBefore how many days before the window of the release it begins
 * @param days how many days it takes
 */
public record TemplateStage(
        String name,
        String environment,
        int daysBefore,
        int days,
        List<StageTest> tests,
        List<String> exitCriteria,
        String signedOffBy) {

    /** The stage of a release whose window opens then. */
    ReleaseStage before(Instant production) {
        Instant startsAt = production.minus(Duration.ofDays(daysBefore));
        return new ReleaseStage(
                name,
                environment,
                new Window(startsAt, startsAt.plus(Duration.ofDays(days))),
                tests,
                exitCriteria,
                signedOffBy);
    }
}
