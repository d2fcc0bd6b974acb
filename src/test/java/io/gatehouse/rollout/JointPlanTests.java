package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JointPlanTests {

    private static RolloutPlan plan(Duration soak, OnFailedVerification failed, Stage... stages) {
        return new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                Stream.of(stages)
                        .map(stage -> new PlannedStep(
                                stage,
                                "Do it",
                                "tool",
                                "host-${environment}",
                                Map.of("version", "${artifact.version}", "digest", "${artifact.digest}"),
                                new Undo("tool", Map.of("away", "v${artifact.version}")),
                                null,
                                false,
                                "The book",
                                Duration.ofMinutes(5)))
                        .toList(),
                Map.of(),
                List.of("It answers"),
                soak,
                failed);
    }

    private static RolloutPlan joint() {
        LinkedHashMap<String, RolloutPlan> plans = new LinkedHashMap<>();
        plans.put(
                "keystone",
                plan(
                        Duration.ofMinutes(10),
                        OnFailedVerification.ASK,
                        Stage.BACK_UP,
                        Stage.DEPLOY_APPLICATION,
                        Stage.VERIFY));
        plans.put(
                "glance",
                plan(Duration.ofHours(1), OnFailedVerification.ROLL_BACK, Stage.DEPLOY_APPLICATION, Stage.VERIFY));
        return JointPlan.of(plans);
    }

    @Test
    void goesStageByStageAndInEachServiceByService() {
        assertThat(joint().steps())
                .extracting(step -> step.stage() + " " + step.name())
                .containsExactly(
                        "BACK_UP keystone: Do it",
                        "DEPLOY_APPLICATION keystone: Do it",
                        "DEPLOY_APPLICATION glance: Do it",
                        "VERIFY keystone: Do it",
                        "VERIFY glance: Do it");
    }

    @Test
    void saysOfWhichServiceTheVersionIs() {
        PlannedStep step = joint().steps().get(2);

        assertThat(step.parameters())
                .containsEntry("version", "${artifact.glance.version}")
                .containsEntry("digest", "${artifact.glance.digest}");
        assertThat(step.target()).isEqualTo("host-${environment}");
        assertThat(step.undo()).isNotNull().satisfies(undo -> assertThat(undo.parameters())
                .containsEntry("away", "v${artifact.glance.version}"));
        assertThat(step.runbook()).isEqualTo("The book");
    }

    @Test
    void isAsCarefulAsTheMostCarefulOfThem() {
        assertThat(joint().soak()).isEqualTo(Duration.ofHours(1));
        assertThat(joint().onFailedVerification()).isEqualTo(OnFailedVerification.ROLL_BACK);
        assertThat(joint().checklist()).containsExactly("keystone: It answers", "glance: It answers");
    }

    @Test
    void isThePlanOfTheServiceWhereThereIsOnlyOne() {
        RolloutPlan alone = plan(Duration.ZERO, OnFailedVerification.ASK, Stage.DEPLOY_APPLICATION);

        assertThat(JointPlan.of(new LinkedHashMap<>(Map.of("nova", alone)))).isSameAs(alone);
    }
}
