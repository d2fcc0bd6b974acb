package io.gatehouse.change.process;

import io.gatehouse.change.Relations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives up the changes that another supersedes which was closed successfully. They do not start meanwhile, so nobody need
 * hurry, and whoever closes the one need not lock the others. Nodes that find the same one meet at the lock of its row.
 */
@Component
class SupersededChanges {

    private static final Logger log = LoggerFactory.getLogger(SupersededChanges.class);

    private final Relations relations;
    private final ChangeProcess process;

    SupersededChanges(Relations relations, ChangeProcess process) {
        this.relations = relations;
        this.process = process;
    }

    @Scheduled(initialDelayString = "PT3M", fixedDelayString = "PT1M")
    void cancel() {
        relations.superseded().forEach(this::cancel);
    }

    /** One after the other: one that cannot be canceled must not keep the others. */
    private void cancel(String number) {
        try {
            process.supersede(number);
        } catch (RuntimeException e) {
            log.warn("{} is superseded and cannot be canceled; it is tried again in a minute", number, e);
        }
    }
}
