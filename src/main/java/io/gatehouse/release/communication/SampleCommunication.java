package io.gatehouse.release.communication;

import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The templates by which the sample organisation tells of its releases. */
@Component
@Profile("sample")
@Order(26)
class SampleCommunication implements ApplicationRunner {

    private static final List<CommunicationTemplate> SHIPPED = List.of(
            new CommunicationTemplate(
                    "release-in-production",
                    1,
                    "{{release.number}} is in production",
                    """
                    {{release.name}} is in {{release.environment}}:

                    {{release.items}}

                    It was brought there by {{release.change}}. Questions go to {{release.manager}}.
                    """),
            new CommunicationTemplate(
                    "release-planned-work",
                    1,
                    "Planned work: {{release.number}} from {{release.opensAt}}",
                    """
                    The package of {{release.name}} is complete. If its seats let it go, it is deployed to
                    {{release.environment}} from {{release.opensAt}} to {{release.closesAt}}:

                    {{release.items}}
                    """),
            new CommunicationTemplate(
                    "release-decided",
                    1,
                    "{{release.number}}: {{decision.outcome}}",
                    "Whether {{release.name}} goes was decided: {{decision.outcome}}. {{decision.reason}}\n"),
            new CommunicationTemplate(
                    "release-taken-back",
                    1,
                    "{{release.number}} does not go for now",
                    "{{release.name}} is prepared anew: {{release.returnedBecause}}\n"));

    private final TemplateRows rows;
    private final CommunicationTemplates templates;

    SampleCommunication(TemplateRows rows, CommunicationTemplates templates) {
        this.rows = rows;
        this.templates = templates;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        SHIPPED.stream().filter(template -> rows.find(template.key()).isEmpty()).forEach(templates::add);
    }
}
