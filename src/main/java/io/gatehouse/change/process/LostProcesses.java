package io.gatehouse.change.process;

import io.gatehouse.change.ChangesUnderWay;
import io.gatehouse.engine.RunningProcesses;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds changes whose process somebody has deleted, which would wait for ever, and has people take them up. Nodes that
 * find the same one meet at the lock of its row.
 */
@Component
class LostProcesses {

    private static final Logger log = LoggerFactory.getLogger(LostProcesses.class);
    private static final int MANY = 500;

    private final ChangesUnderWay changes;
    private final RunningProcesses running;
    private final ChangeProcess process;

    LostProcesses(ChangesUnderWay changes, RunningProcesses running, ChangeProcess process) {
        this.changes = changes;
        this.running = running;
        this.process = process;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1M")
    void find() {
        List<String> numbers = changes.numbers();
        for (int start = 0; start < numbers.size(); start += MANY) {
            running.without(numbers.subList(start, Math.min(start + MANY, numbers.size())))
                    .forEach(this::takeUp);
        }
    }

    /** One after the other: a change that cannot be taken up must not keep the others waiting. */
    private void takeUp(String number) {
        try {
            process.takeUp(number);
        } catch (RuntimeException e) {
            log.warn("The process of {} is gone and it cannot be taken up", number, e);
        }
    }
}
