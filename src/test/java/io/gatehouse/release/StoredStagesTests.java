package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored of stages, which the audit trail has the digest of. */
class StoredStagesTests {

    /** As it was stored when a stage had neither approvals nor a rollout plan. */
    private static final String BEFORE =
            """
            [{"name":"staging","environment":"staging","planned":{"startsAt":"2030-03-13T20:00:00Z",\
            "endsAt":"2030-03-27T20:00:00Z"},"tests":[{"name":"upgrade","askedGroup":"qa-lead","requiredPercent":95}],\
            "exitCriteria":["Nobody has found anything serious"],"signedOffBy":"qa-lead"}]""";

    private static final String BEFORE_IN_A_TEMPLATE =
            """
            [{"name":"staging","environment":"staging","daysBefore":14,"days":7,"tests":[],"exitCriteria":[],\
            "signedOffBy":"qa-lead"}]""";

    @Test
    void staysTheSameTextOfStagesOfBefore() {
        List<ReleaseStage> stages = StoredStages.read(BEFORE);

        assertThat(stages).singleElement().satisfies(stage -> {
            assertThat(stage.approvals()).isEmpty();
            assertThat(stage.rolloutPlan()).isNull();
            assertThat(stage.seats()).containsExactly("qa-lead");
        });
        assertThat(StoredStages.write(stages)).isEqualTo(BEFORE);
        assertThat(StoredStages.write(StoredStages.readOfTemplate(BEFORE_IN_A_TEMPLATE)))
                .isEqualTo(BEFORE_IN_A_TEMPLATE);
    }

    @Test
    void isReadAsItWasWritten() {
        ReleaseStage stage = ReleaseFixture.deployedBy(
                ReleaseFixture.signedOffBy(StoredStages.read(BEFORE).get(0), "qa-lead", "ops-lead"), "by-hand");

        assertThat(StoredStages.read(StoredStages.write(List.of(stage)))).containsExactly(stage);
        assertThat(stage.seats()).containsExactly("qa-lead", "ops-lead");
    }

    @Test
    void saysThatTheWayBackIsRehearsedWhereItIs() {
        String rehearsing = BEFORE.replace("\"qa-lead\"}]", "\"qa-lead\",\"rehearsesRollback\":true}]");

        List<ReleaseStage> stages = StoredStages.read(rehearsing);

        assertThat(stages).singleElement().satisfies(stage -> assertThat(stage.rehearsesRollback())
                .isTrue());
        assertThat(StoredStages.write(stages)).isEqualTo(rehearsing);
    }
}
