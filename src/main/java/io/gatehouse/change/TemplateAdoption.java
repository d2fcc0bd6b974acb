package io.gatehouse.change;

import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives templates that are older than versions, or ship, the first one and the life of the others: in force as they are,
 * by nobody's review, which the trail says. Whether such a template was written past the product is found by comparing
 * its own row with the trail.
 */
@Component
@Order(40)
class TemplateAdoption implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(TemplateAdoption.class);

    private final TemplateVersionRows rows;
    private final TemplateVersions versions;
    private final ChangeTemplates templates;
    private final TemplatePlan plans;
    private final TemplateProcess process;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    TemplateAdoption(
            TemplateVersionRows rows,
            TemplateVersions versions,
            ChangeTemplates templates,
            TemplatePlan plans,
            TemplateProcess process,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.versions = versions;
        this.templates = templates;
        this.plans = plans;
        this.process = process;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        rows.withoutVersion().forEach(this::adoptAtStart);
    }

    private void adoptAtStart(String key) {
        try {
            transaction.executeWithoutResult(status -> adopt(key));
        } catch (DuplicateKeyException anotherNodeDidIt) {
            log.debug("Another node has adopted {}", key);
        }
    }

    /** Does nothing to a template that has a version, or that is none. Runs in a transaction. */
    void adopt(String key) {
        if (rows.lock(key).isEmpty()) {
            templates.find(key).ifPresent(this::adopt);
        }
    }

    private void adopt(ChangeTemplate template) {
        TemplateVersion begun = rows.insert(
                template.templateKey(),
                1,
                TemplateVersion.State.DRAFT,
                TemplateContent.of(template),
                Set.of(),
                template.version());
        events.publishEvent(new TemplateDrafted(begun.number(), template.templateKey(), null));
        TemplateVersion adopted = versions.save(
                "change.TemplateAdopted",
                begun,
                begun.adopted(template.active(), plans.fingerprint(begun.number()), versions.now()),
                Map.of("reviewed", false));
        if (adopted.isUnderWay()) {
            process.takeUp(adopted);
        }
    }
}
