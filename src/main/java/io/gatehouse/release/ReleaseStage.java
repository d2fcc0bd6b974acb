package io.gatehouse.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.change.Window;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a release goes through before production.
 *
 * @param name unique in its release: {@code staging}
 * @param environment the key of the one it is deployed to, which it has to itself meanwhile
 * @param planned from when until when
 * @param exitCriteria what a person sees to before it leaves the stage, besides the tests
 * @param signedOffBy the role that says whether it leaves the stage
 * @param changeTemplate the key of a template of standard changes that deploys it there, if the policy lets it
 * @param rehearsesRollback whether it is deployed and rolled back there before it is deployed to be tested
 */
public record ReleaseStage(
        String name,
        String environment,
        Window planned,
        List<StageTest> tests,
        List<String> exitCriteria,
        String signedOffBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String changeTemplate,
        // What is not asked for is not written either: so a stage of before is stored as it was.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean rehearsesRollback) {

    /** Who signs off where nobody says otherwise. */
    public static final String USUAL_SIGN_OFF = "qa-lead";

    /** One for which no template of standard changes is named, and that rehearses nothing. */
    public ReleaseStage(
            String name,
            String environment,
            Window planned,
            List<StageTest> tests,
            List<String> exitCriteria,
            String signedOffBy) {
        this(name, environment, planned, tests, exitCriteria, signedOffBy, null, false);
    }

    ReleaseStage postponed(Duration by) {
        Window later = new Window(planned.startsAt().plus(by), planned.endsAt().plus(by));
        return new ReleaseStage(
                name, environment, later, tests, exitCriteria, signedOffBy, changeTemplate, rehearsesRollback);
    }
}
