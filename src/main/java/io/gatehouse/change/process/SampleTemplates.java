package io.gatehouse.change.process;

import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.PlanColumns;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Two templates of the sample organisation, in force without a review as whatever ships. */
@Component
@Profile("sample")
@Order(25)
class SampleTemplates implements ApplicationRunner {

    private static final List<ChangeTemplate> ALL = List.of(
            new ChangeTemplate(
                    "restart-horizon",
                    0,
                    "Restart the dashboard",
                    true,
                    "horizon",
                    "production",
                    new PlanColumns(
                            "Restart one node after the other.",
                            "Sign in at each.",
                            "Start the node again with the settings of before.",
                            "Nobody notices.")),
            new ChangeTemplate(
                    "rotate-glance-logs",
                    0,
                    "Rotate the logs of the image service",
                    true,
                    "glance",
                    "staging",
                    new PlanColumns("Run the rotation.", "Look for new lines.", "Put the old files back.", null)));

    private final ChangeTemplates templates;

    SampleTemplates(ChangeTemplates templates) {
        this.templates = templates;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        ALL.stream()
                .filter(template -> !templates.exists(template.templateKey()))
                .forEach(templates::save);
    }
}
