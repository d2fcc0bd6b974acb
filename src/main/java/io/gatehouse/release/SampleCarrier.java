package io.gatehouse.release;

import io.gatehouse.access.Roles;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.OpenField;
import io.gatehouse.change.SuspensionRule;
import io.gatehouse.change.TemplateContent;
import io.gatehouse.change.TemplateDrafts;
import io.gatehouse.change.TemplateModel;
import io.gatehouse.change.process.SampleWork;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The template of standard changes that carries a release of the sample organisation into production: proposed by the one
 * who leads the release, let in by somebody else, as any other.
 */
@Component
@Profile("sample")
@Order(30)
class SampleCarrier implements ApplicationRunner {

    static final String KEY = "install-stevedore";

    static final String SERVICE = "stevedore";

    private final ChangeTemplates templates;
    private final TemplateDrafts drafts;
    private final SampleWork work;

    SampleCarrier(ChangeTemplates templates, TemplateDrafts drafts, SampleWork work) {
        this.templates = templates;
        this.drafts = drafts;
        this.work = work;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!templates.exists(KEY)) {
            String proposed = SampleWork.as(Roles.RELEASE_MANAGER, this::propose);
            work.answer(
                    proposed,
                    TemplateModel.REVIEW,
                    Roles.CHANGE_MANAGER,
                    Map.of("decision", "LET_IN", "reason", "It has no service of its own to stop."));
        }
    }

    /** The number of the version that is to be reviewed. */
    private String propose() {
        drafts.write(
                KEY,
                new TemplateContent(
                        "Install a version of stevedore",
                        SERVICE,
                        "production",
                        SampleReleases.PLANS,
                        Set.of(OpenField.ARTIFACTS, OpenField.DESCRIPTION),
                        SuspensionRule.USUAL),
                Precondition.parse(null, "*"));
        return drafts.submit(KEY).number();
    }
}
