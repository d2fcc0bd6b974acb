package io.gatehouse.release;

import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.catalog.Environments;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Window;
import io.gatehouse.rollout.PlanTemplates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people may write of the stages of a release or a template. */
@Component
class StageRules {

    private final Environments environments;
    private final PlanTemplates planTemplates;
    private final Permissions permissions;

    StageRules(Environments environments, PlanTemplates planTemplates, Permissions permissions) {
        this.environments = environments;
        this.planTemplates = planTemplates;
        this.permissions = permissions;
    }

    /** What is wrong with the stages of a release, and with how it goes into production. */
    List<InvalidField> breaches(ReleaseContent content) {
        List<ReleaseStage> stages = content.stages();
        Window production = content.window();
        List<InvalidField> wrong = new ArrayList<>();
        plan("", content.rolloutPlan(), content.environment(), content.items(), wrong);
        for (int i = 0; i < stages.size(); i++) {
            ReleaseStage stage = stages.get(i);
            String field = "stages[" + i + "].";
            Window planned = stage.planned();
            if (!planned.startsAt().isBefore(planned.endsAt())) {
                wrong.add(new InvalidField(field + "planned.endsAt", "must be after planned.startsAt"));
            } else if (planned.endsAt().isAfter(production.startsAt())) {
                wrong.add(new InvalidField(
                        field + "planned.endsAt", "must not be after window.startsAt, when production begins"));
            }
            if (i > 0 && planned.startsAt().isBefore(stages.get(i - 1).planned().startsAt())) {
                wrong.add(new InvalidField(
                        field + "planned.startsAt", "must not be before the stage in front of it begins"));
            }
            asked(field, stage.environment(), stage.tests(), wrong);
            signedOff(field, stage.signedOffBy(), stage.approvals(), wrong);
            plan(field, stage.rolloutPlan(), stage.environment(), content.items(), wrong);
        }
        unique(stages.stream().map(ReleaseStage::name).toList(), wrong);
        return wrong;
    }

    /** The same of a template; what its releases bring is not known yet. */
    List<InvalidField> breaches(ReleaseTemplateContent content) {
        List<TemplateStage> stages = content.stages();
        List<InvalidField> wrong = new ArrayList<>();
        plan("", content.rolloutPlan(), wrong);
        for (int i = 0; i < stages.size(); i++) {
            TemplateStage stage = stages.get(i);
            String field = "stages[" + i + "].";
            if (stage.days() > stage.daysBefore()) {
                wrong.add(new InvalidField(field + "days", "must not be more than daysBefore, when production begins"));
            }
            if (i > 0 && stage.daysBefore() > stages.get(i - 1).daysBefore()) {
                wrong.add(new InvalidField(field + "daysBefore", "must not be more than of the stage in front of it"));
            }
            asked(field, stage.environment(), stage.tests(), wrong);
            signedOff(field, stage.signedOffBy(), stage.approvals(), wrong);
            plan(field, stage.rolloutPlan(), wrong);
        }
        unique(stages.stream().map(TemplateStage::name).toList(), wrong);
        return wrong;
    }

    private void asked(String field, String environment, List<StageTest> tests, List<InvalidField> wrong) {
        if (environments.find(environment).filter(one -> !one.production()).isEmpty()) {
            wrong.add(
                    new InvalidField(
                            field + "environment",
                            "must be the key of an environment in the catalog that is not production, which comes after all stages"));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < tests.size(); i++) {
            StageTest test = tests.get(i);
            String of = field + "tests[" + i + "].";
            if (!seen.add(test.name())) {
                wrong.add(new InvalidField(of + "name", "must name each test of a stage once"));
            }
            if (!permissions.mayBeAsked(ReleaseModel.RECORD_TEST_RESULT, test.askedGroup())) {
                wrong.add(
                        new InvalidField(of + "askedGroup", "must be a role or team that may record results of tests"));
            }
        }
    }

    /** Somebody has to: a stage that nobody signs off would let everything pass. */
    private void signedOff(
            String field, @Nullable String signedOffBy, List<String> approvals, List<InvalidField> wrong) {
        if (signedOffBy == null && approvals.isEmpty()) {
            wrong.add(new InvalidField(field + "approvals", "must name who signs the stage off"));
        }
        if (signedOffBy != null && !approvals.isEmpty()) {
            wrong.add(new InvalidField(
                    field + "signedOffBy", "must be left out where approvals say who signs the stage off"));
        }
        if (signedOffBy != null && !maySignOff(signedOffBy)) {
            wrong.add(new InvalidField(field + "signedOffBy", "must be a role that may sign off stages"));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < approvals.size(); i++) {
            String role = approvals.get(i);
            if (!maySignOff(role)) {
                wrong.add(new InvalidField(
                        field + "approvals[" + i + "]", "must be a role that may sign off stages, not '" + role + "'"));
            } else if (!seen.add(role)) {
                wrong.add(new InvalidField(field + "approvals[" + i + "]", "must name each role once"));
            }
        }
    }

    private boolean maySignOff(String role) {
        return permissions.isRole(role) && permissions.mayBeAsked(ReleaseModel.SIGN_OFF_STAGE, role);
    }

    private void plan(
            String field,
            @Nullable String template,
            String environment,
            List<Artifact> brought,
            List<InvalidField> wrong) {
        if (template != null) {
            planTemplates
                    .whyNot(template, environment, brought)
                    .ifPresent(why -> wrong.add(new InvalidField(
                            field + "rolloutPlan",
                            "must be the key of a plan template by which this package can be rolled out: " + why)));
        }
    }

    private void plan(String field, @Nullable String template, List<InvalidField> wrong) {
        if (template != null && planTemplates.find(template).isEmpty()) {
            wrong.add(new InvalidField(
                    field + "rolloutPlan",
                    "must be the key of a plan template; GET /api/v1/rollout-plan-templates lists all"));
        }
    }

    private static void unique(List<String> names, List<InvalidField> wrong) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(StageGate.PRODUCTION)) {
                wrong.add(new InvalidField(
                        "stages[" + i + "].name", "must not be production, which comes after all stages"));
            } else if (!seen.add(names.get(i))) {
                wrong.add(new InvalidField("stages[" + i + "].name", "must name each stage once"));
            }
        }
    }
}
