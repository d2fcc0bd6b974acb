package io.gatehouse.release;

import io.gatehouse.change.Window;
import java.time.Duration;
import java.util.List;

/**
 * What a release goes through before production.
 *
 * @param name unique in its release: {@code staging}
 * @param environment the key of the one it is deployed to, which it has to itself meanwhile
 * @param planned from when until when
 * @param exitCriteria what a person sees to before it leaves the stage, besides the tests
 * @param signedOffBy the role that says whether it leaves the stage
 */
public record ReleaseStage(
        String name,
        String environment,
        Window planned,
        List<StageTest> tests,
        List<String> exitCriteria,
        String signedOffBy) {

    /** Who signs off where nobody says otherwise. */
    public static final String USUAL_SIGN_OFF = "qa-lead";

    ReleaseStage postponed(Duration by) {
        Window later = new Window(planned.startsAt().plus(by), planned.endsAt().plus(by));
        return new ReleaseStage(name, environment, later, tests, exitCriteria, signedOffBy);
    }
}
