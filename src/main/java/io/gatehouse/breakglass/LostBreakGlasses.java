package io.gatehouse.breakglass;

import io.gatehouse.engine.RunningProcesses;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds overrides whose process somebody has deleted, which nobody would end or review. Nodes that find the same one meet
 * at the lock of its row.
 */
@Component
class LostBreakGlasses {

    private static final Logger log = LoggerFactory.getLogger(LostBreakGlasses.class);
    private static final int MANY = 500;

    private final BreakGlassRows rows;
    private final RunningProcesses running;
    private final BreakGlasses breakGlasses;

    LostBreakGlasses(BreakGlassRows rows, RunningProcesses running, BreakGlasses breakGlasses) {
        this.rows = rows;
        this.running = running;
        this.breakGlasses = breakGlasses;
    }

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT1M")
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
            breakGlasses.takeUp(number);
        } catch (RuntimeException e) {
            log.warn("The process of {} is gone and it cannot be taken up", number, e);
        }
    }
}
