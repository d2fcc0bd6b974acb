package io.gatehouse.release;

import io.gatehouse.access.Roles;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.process.SampleWork;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How the sample organisation plans releases: a library goes through one stage, a service through two. */
@Component
@Profile("sample")
@Order(26)
class SampleReleaseTemplates implements ApplicationRunner {

    static final String SERVICE = "openstack-service";
    static final String LIBRARY = "openstack-library";

    private static final Map<String, ReleaseTemplateContent> ALL = Map.of(
            LIBRARY,
            new ReleaseTemplateContent(
                    "A library of OpenStack",
                    "It runs inside of services, so they are tested with it.",
                    List.of(staging(
                            7,
                            7,
                            List.of(Roles.QA_LEAD, Roles.OPS_LEAD),
                            null,
                            new StageTest("tempest-smoke", Roles.QA_LEAD, 100),
                            new StageTest("load", Roles.OPS_LEAD, 95))),
                    List.of(),
                    ReleaseContent.USUAL_SEATS,
                    SamplePlanTemplates.NODE_BY_NODE),
            SERVICE,
            new ReleaseTemplateContent(
                    "A service of OpenStack",
                    "It converts its database, so it is upgraded where nobody works before it is where testers do.",
                    List.of(
                            new TemplateStage(
                                    "dev",
                                    "dev",
                                    49,
                                    21,
                                    List.of(),
                                    List.of("It starts and answers its version"),
                                    Roles.QA_LEAD),
                            staging(
                                    21,
                                    14,
                                    List.of(Roles.QA_LEAD, Roles.OPS_LEAD, Roles.SECURITY_OFFICER),
                                    SamplePlanTemplates.NODE_BY_NODE,
                                    new StageTest("tempest-full", Roles.QA_LEAD, 98),
                                    new StageTest("grenade-upgrade", Roles.QA_LEAD, 100),
                                    new StageTest("load", Roles.OPS_LEAD, 95))),
                    List.of(),
                    ReleaseContent.USUAL_SEATS,
                    SamplePlanTemplates.NODE_BY_NODE));

    private final ReleaseTemplates templates;

    SampleReleaseTemplates(ReleaseTemplates templates) {
        this.templates = templates;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        ALL.forEach((key, content) -> {
            if (templates.find(key).isEmpty()) {
                SampleWork.as(Roles.RELEASE_MANAGER, () -> templates.put(key, content, Precondition.parse(null, "*")));
            }
        });
    }

    private static TemplateStage staging(
            int daysBefore, int days, List<String> approvals, @Nullable String rolloutPlan, StageTest... tests) {
        return new TemplateStage(
                "staging",
                "staging",
                daysBefore,
                days,
                List.of(tests),
                List.of("The way back was gone once", "Nobody has found anything serious"),
                null,
                approvals,
                null,
                false,
                rolloutPlan);
    }
}
