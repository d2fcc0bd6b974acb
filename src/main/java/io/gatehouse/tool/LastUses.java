package io.gatehouse.tool;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * When each token was last used, written down once a minute by a thread of its own: calls of a busy tool neither write
 * nor wait for each other's row. A crash loses what was noted since.
 */
@Component
class LastUses {

    private final Map<String, Instant> noted = new ConcurrentHashMap<>();
    private final TokenRows rows;
    private final Clock clock;

    LastUses(TokenRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    void note(String id) {
        noted.put(id, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    @PreDestroy
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void write() {
        for (String id : noted.keySet()) {
            Instant at = noted.remove(id);
            if (at != null) {
                rows.used(id, at);
            }
        }
    }
}
