package io.gatehouse.release;

import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * When something on the way of a release into production was planned, and when it was done.
 *
 * @param startedAt absent while it has not begun
 * @param endedAt absent while it is not done
 */
public record StageTimes(String name, Window planned, @Nullable Instant startedAt, @Nullable Instant endedAt) {

    public double plannedSeconds() {
        return seconds(planned.startsAt(), planned.endsAt());
    }

    /** What takes less of its planned time was written down rather than done, and says nothing about work. */
    private static final double LEAST_PACE = 0.01;

    /** How many times as long as planned it took; empty while it is not done, and if it was only written down. */
    OptionalDouble pace() {
        if (startedAt == null || endedAt == null) {
            return OptionalDouble.empty();
        }
        double pace = seconds(startedAt, endedAt) / plannedSeconds();
        return pace < LEAST_PACE ? OptionalDouble.empty() : OptionalDouble.of(pace);
    }

    /** Whether it should be done by now and is not. */
    public boolean isOverdue(Instant now) {
        return endedAt == null && planned.isOverAt(now);
    }

    private static double seconds(Instant from, Instant to) {
        // What took no time at all has no logarithm.
        return Math.max(1, Duration.between(from, to).toMillis() / 1000.0);
    }
}
