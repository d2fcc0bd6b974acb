package io.gatehouse.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.change.Window;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a release goes through before production.
 *
 * @param name unique in its release: {@code staging}
 * @param environment the key of the one it is deployed to, which it has to itself meanwhile
 * @param planned from when until when
 * @param exitCriteria what a person sees to before it leaves the stage, besides the tests
 * @param signedOffBy the role that says whether it leaves the stage; absent if approvals do
 * @param approvals the roles that have to agree, each of them, that it leaves the stage
 * @param changeTemplate the key of a template of standard changes that deploys it there, if the policy lets it
 * @param rehearsesRollback whether it is deployed and rolled back there before it is deployed to be tested
 * @param rolloutPlan the key of the plan template by which a normal change deploys it there, and rehearses its rollback,
 *     instead of the plans of its services
 */
public record ReleaseStage(
        String name,
        String environment,
        Window planned,
        List<StageTest> tests,
        List<String> exitCriteria,
        @Nullable String signedOffBy,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> approvals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String changeTemplate,
        // What is not asked for is not written either: so a stage of before is stored as it was.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean rehearsesRollback,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String rolloutPlan) {

    /** Who signs off where nobody says otherwise. */
    public static final String USUAL_SIGN_OFF = "qa-lead";

    public ReleaseStage {
        // Stages that were written before there were approvals do not say.
        approvals = List.copyOf(Objects.requireNonNullElse(approvals, List.of()));
    }

    /** That one role signs off, for which neither kind of template is named, and that rehearses nothing. */
    public ReleaseStage(
            String name,
            String environment,
            Window planned,
            List<StageTest> tests,
            List<String> exitCriteria,
            String signedOffBy) {
        this(name, environment, planned, tests, exitCriteria, signedOffBy, List.of(), null, false, null);
    }

    /** The roles that sign it off, each once. */
    public List<String> seats() {
        return signedOffBy == null ? approvals : List.of(signedOffBy);
    }

    ReleaseStage postponed(Duration by) {
        Window later = new Window(planned.startsAt().plus(by), planned.endsAt().plus(by));
        return new ReleaseStage(
                name,
                environment,
                later,
                tests,
                exitCriteria,
                signedOffBy,
                approvals,
                changeTemplate,
                rehearsesRollback,
                rolloutPlan);
    }
}
