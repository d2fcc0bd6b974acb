package io.gatehouse.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stage as a template has it, whose days are counted back from production.
 *
 * @param daysBefore how many days before the window of the release it begins
 * @param days how many days it takes
 * @param signedOffBy the role that says whether a release leaves the stage; absent if approvals do
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
        @Nullable String signedOffBy,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> approvals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String changeTemplate,
        // As of a stage of a release.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean rehearsesRollback,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String rolloutPlan) {

    public TemplateStage {
        // Stages that were written before there were approvals do not say.
        approvals = List.copyOf(Objects.requireNonNullElse(approvals, List.of()));
    }

    /** That one role signs off, for which neither kind of template is named, and that rehearses nothing. */
    public TemplateStage(
            String name,
            String environment,
            int daysBefore,
            int days,
            List<StageTest> tests,
            List<String> exitCriteria,
            String signedOffBy) {
        this(name, environment, daysBefore, days, tests, exitCriteria, signedOffBy, List.of(), null, false, null);
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
                approvals,
                changeTemplate,
                rehearsesRollback,
                rolloutPlan);
    }
}
