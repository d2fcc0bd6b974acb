package io.gatehouse.release;

import io.gatehouse.access.Roles;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.process.SampleWork;
import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.OnFailedVerification;
import io.gatehouse.rollout.PlanTemplates;
import io.gatehouse.rollout.PlannedStep;
import io.gatehouse.rollout.RolloutPlan;
import io.gatehouse.rollout.Stage;
import io.gatehouse.rollout.Undo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How the sample organisation rolls its releases out: by hand, on one node first and then on the others. */
@Component
@Profile("sample")
@Order(25)
class SamplePlanTemplates implements ApplicationRunner {

    static final String NODE_BY_NODE = "node-by-node";

    private final PlanTemplates templates;

    SamplePlanTemplates(PlanTemplates templates) {
        this.templates = templates;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (templates.find(NODE_BY_NODE).isEmpty()) {
            SampleWork.as(
                    Roles.RELEASE_MANAGER,
                    () -> templates.put(NODE_BY_NODE, nodeByNode(), Precondition.parse(null, "*")));
        }
    }

    private static RolloutPlan nodeByNode() {
        return new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                List.of(upgrade("one node"), upgrade("all other nodes")),
                Map.of(),
                List.of("${service} answers its version"),
                Duration.ofHours(1),
                OnFailedVerification.ASK);
    }

    private static PlannedStep upgrade(String nodes) {
        return new PlannedStep(
                Stage.DEPLOY_APPLICATION,
                "Upgrade ${service} on " + nodes,
                ManualWork.CONNECTOR,
                "${environment}",
                Map.of(),
                new Undo(
                        ManualWork.CONNECTOR,
                        Map.of(),
                        new ManualWork(
                                "Install the packages of ${service} again that were there before ${artifact.version}",
                                List.of("It answers"))),
                null,
                false,
                null,
                Duration.ofMinutes(30),
                new ManualWork(
                        "Install ${service} ${artifact.version} on " + nodes + " in ${environment}, then restart it",
                        List.of("It answers", "Nothing new is in its log")));
    }
}
