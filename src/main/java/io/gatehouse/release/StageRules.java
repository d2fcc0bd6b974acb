package io.gatehouse.release;

import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.catalog.Environments;
import io.gatehouse.change.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What people may write of the stages of a release or a template. */
@Component
class StageRules {

    private final Environments environments;
    private final Permissions permissions;

    StageRules(Environments environments, Permissions permissions) {
        this.environments = environments;
        this.permissions = permissions;
    }

    /** @param production the window in which the release is deployed to production */
    List<InvalidField> breaches(List<ReleaseStage> stages, Window production) {
        List<InvalidField> wrong = new ArrayList<>();
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
            asked(field, stage.environment(), stage.tests(), stage.signedOffBy(), wrong);
        }
        unique(stages.stream().map(ReleaseStage::name).toList(), wrong);
        return wrong;
    }

    List<InvalidField> breaches(List<TemplateStage> stages) {
        List<InvalidField> wrong = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            TemplateStage stage = stages.get(i);
            String field = "stages[" + i + "].";
            if (stage.days() > stage.daysBefore()) {
                wrong.add(new InvalidField(field + "days", "must not be more than daysBefore, when production begins"));
            }
            if (i > 0 && stage.daysBefore() > stages.get(i - 1).daysBefore()) {
                wrong.add(new InvalidField(field + "daysBefore", "must not be more than of the stage in front of it"));
            }
            asked(field, stage.environment(), stage.tests(), stage.signedOffBy(), wrong);
        }
        unique(stages.stream().map(TemplateStage::name).toList(), wrong);
        return wrong;
    }

    private void asked(
            String field, String environment, List<StageTest> tests, String signedOffBy, List<InvalidField> wrong) {
        if (environments.find(environment).filter(one -> !one.production()).isEmpty()) {
            wrong.add(
                    new InvalidField(
                            field + "environment",
                            "must be the key of an environment in the catalog that is not production, which comes after all stages"));
        }
        if (!permissions.isRole(signedOffBy) || !permissions.mayBeAsked(ReleaseModel.SIGN_OFF_STAGE, signedOffBy)) {
            wrong.add(new InvalidField(field + "signedOffBy", "must be a role that may sign off stages"));
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
