package io.gatehouse.api.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets answers that were kept long enough, in small transactions so that no request waits for them. */
class IdempotencyCleanup {

    private static final int BATCH = 500;

    private final IdempotentRequests requests;
    private final Duration keep;
    private final Clock clock;

    IdempotencyCleanup(IdempotentRequests requests, Duration keep, Clock clock) {
        this.requests = requests;
        this.keep = keep;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void forgetOldAnswers() {
        Instant before = clock.instant().minus(keep);
        int forgotten;
        do {
            forgotten = requests.forget(before, BATCH);
        } while (forgotten == BATCH);
    }
}
