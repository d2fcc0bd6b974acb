package io.gatehouse.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage as a template has it, whose days are counted back from production.
 *
 * @param daysBefore how many days before the window of the release it begins
 * @param days how many days it takes
 * @param changeTemplate the key of a template of standard changes that deploys its releases there, if the policy lets it
 * @param rehearsesRollback whether it is deployed and rolled back there before it is deployed to be tested
 */
public record TemplateStage(
        String name,
        String environment,
        int daysBefore,
        int days,
        List<StageTest> tests,
        List<String> exitCriteria,
        String signedOffBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String changeTemplate,
        // As of a stage of a release.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean rehearsesRollback) {

    /** One for which no template of standard changes is named, and that rehearses nothing. */
    public TemplateStage(
            String name,
            String environment,
            int daysBefore,
            int days,
            List<StageTest> tests,
            List<String> exitCriteria,
            String signedOffBy) {
        this(name, environment, daysBefore, days, tests, exitCriteria, signedOffBy, null, false);
    }

    /** The stage of a release whose window opens then. */
    ReleaseStage before(Instant production) {
        Instant startsAt = production.minus(Duration.ofDays(daysBefore));
        return new ReleaseStage(
                name,
                environment,
                new Window(startsAt, startsAt.plus(Duration.ofDays(days))),
                tests,
                exitCriteria,
                signedOffBy,
                changeTemplate,
                rehearsesRollback);
    }
}
