package io.gatehouse.change;

import io.gatehouse.engine.RunningProcesses;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds versions of templates whose process somebody has deleted, which nobody would review or decide about any more, and
 * gives them another. Nodes that find the same one meet at the lock of its template.
 */
@Component
class LostTemplates {

    private static final Logger log = LoggerFactory.getLogger(LostTemplates.class);
    private static final int MANY = 500;

    private final TemplateVersionRows rows;
    private final TemplateVersions versions;
    private final RunningProcesses running;
    private final TemplateProcess process;
    private final TransactionTemplate transaction;

    LostTemplates(
            TemplateVersionRows rows,
            TemplateVersions versions,
            RunningProcesses running,
            TemplateProcess process,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.versions = versions;
        this.running = running;
        this.process = process;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelayString = "PT4M", fixedDelayString = "PT1M")
    void find() {
        List<String> numbers = rows.underWay();
        for (int start = 0; start < numbers.size(); start += MANY) {
            running.without(numbers.subList(start, Math.min(start + MANY, numbers.size())))
                    .forEach(this::takeUp);
        }
    }

    /** One after the other: one that cannot be taken up must not keep the others waiting. */
    private void takeUp(String number) {
        try {
            transaction.executeWithoutResult(status -> {
                TemplateVersion version = versions.lock(number);
                if (version.isUnderWay() && !running.exists(number)) {
                    versions.record("change.TemplateProcessLost", version, Map.of());
                    process.takeUp(version);
                }
            });
        } catch (RuntimeException e) {
            log.warn("The process of {} is gone and it cannot be taken up", number, e);
        }
    }
}
