package io.gatehouse.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets callbacks and logs that were kept long enough, oldest first and in small transactions, so that nobody waits
 * for it. Nodes that do it at the same time do each other no harm.
 */
@Component
class Retention {

    private static final int BATCH = 500;

    /** Deletes up to a number of rows from before a moment. */
    private interface Rows {
        int forget(Instant before, int limit);
    }

    private final InboxRows inbox;
    private final LogRows logs;
    private final RolloutProperties properties;
    private final Clock clock;

    Retention(InboxRows inbox, LogRows logs, RolloutProperties properties, Clock clock) {
        this.inbox = inbox;
        this.logs = logs;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT7M", fixedDelayString = "PT1H")
    void forgetOld() {
        forget(inbox::forget, properties.keepCallbacks());
        forget(logs::forget, properties.keepLogs());
    }

    private void forget(Rows rows, Duration keep) {
        Instant before = clock.instant().minus(keep);
        while (rows.forget(before, BATCH) > 0) {
            // the next batch
        }
    }
}
