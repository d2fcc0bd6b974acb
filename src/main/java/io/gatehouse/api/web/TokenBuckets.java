package io.gatehouse.api.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A {@link TokenBucket} for everybody; each node counts for itself. */
class TokenBuckets {

    /** Buckets kept before those that are full again are dropped. */
    private static final int MANY = 10_000;

    private final ConcurrentMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final ApiProperties.Rate rate;
    private final Clock clock;

    TokenBuckets(ApiProperties.Rate rate, Clock clock) {
        this.rate = rate;
        this.clock = clock;
    }

    /** Takes a token; zero when there was one, else how long to wait for the next. */
    Duration take(String whose) {
        Instant now = clock.instant();
        if (buckets.size() > MANY) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
        }
        return buckets.computeIfAbsent(whose, name -> new TokenBucket(rate.perSecond(), rate.burst(), now))
                .take(now);
    }

    /** How long until somebody has a token again; zero if they have one. */
    Duration pause(String whose) {
        TokenBucket bucket = buckets.get(whose);
        return bucket == null ? Duration.ZERO : bucket.pause(clock.instant());
    }
}
