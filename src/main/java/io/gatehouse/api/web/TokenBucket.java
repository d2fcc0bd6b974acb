package io.gatehouse.api.web;

import java.time.Duration;
import java.time.Instant;

/** Allows a burst of requests at once and a steady rate after that. */
class TokenBucket {

    private final double perSecond;
    private final double burst;
    private double tokens;
    private Instant updated;

    TokenBucket(int perSecond, int burst, Instant now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.updated = now;
    }

    /** Takes a token; zero when there was one, else how long to wait for the next. */
    synchronized Duration take(Instant now) {
        Duration pause = pause(now);
        if (pause.isZero()) {
            tokens--;
        }
        return pause;
    }

    /** How long to wait for the next token; zero when there is one. */
    synchronized Duration pause(Instant now) {
        refill(now);
        return tokens >= 1 ? Duration.ZERO : Duration.ofMillis((long) Math.ceil((1 - tokens) / perSecond * 1000));
    }

    /** Whether nobody used the bucket for so long that a new one would be the same. */
    synchronized boolean isFull(Instant now) {
        refill(now);
        return tokens >= burst;
    }

    /** A clock that was set back refills nothing. */
    private void refill(Instant now) {
        double seconds = Math.max(0, Duration.between(updated, now).toNanos() / 1e9);
        tokens = Math.min(burst, tokens + seconds * perSecond);
        updated = now;
    }
}
