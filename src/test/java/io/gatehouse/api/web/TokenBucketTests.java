package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void allowsABurstAndThenASteadyRate() {
        TokenBucket bucket = new TokenBucket(10, 3, NOON);

        assertThat(bucket.take(NOON)).isZero();
        assertThat(bucket.take(NOON)).isZero();
        assertThat(bucket.take(NOON)).isZero();
        assertThat(bucket.take(NOON)).isEqualTo(Duration.ofMillis(100));
        assertThat(bucket.take(NOON.plusMillis(100))).isZero();
        assertThat(bucket.take(NOON.plusMillis(100))).isPositive();
    }

    @Test
    void fillsUpToItsBurstOnly() {
        TokenBucket bucket = new TokenBucket(10, 2, NOON);
        bucket.take(NOON);
        assertThat(bucket.isFull(NOON)).isFalse();

        Instant nextDay = NOON.plus(Duration.ofDays(1));

        assertThat(bucket.isFull(nextDay)).isTrue();
        assertThat(bucket.take(nextDay)).isZero();
        assertThat(bucket.take(nextDay)).isZero();
        assertThat(bucket.take(nextDay)).isPositive();
    }

    @Test
    void refillsNothingWhenTheClockIsSetBack() {
        TokenBucket bucket = new TokenBucket(10, 1, NOON);
        bucket.take(NOON);

        assertThat(bucket.take(NOON.minusSeconds(60))).isPositive();
    }
}
