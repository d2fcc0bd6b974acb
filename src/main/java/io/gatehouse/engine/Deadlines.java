package io.gatehouse.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/** When tasks are due, for {@code camunda:dueDate="${deadlines.inDays(2)}"}. */
@CallableFromModels
class Deadlines {

    private final Clock clock;

    Deadlines(Clock clock) {
        this.clock = clock;
    }

    /** So many times 24 hours from now. */
    public Date inDays(long days) {
        return Date.from(clock.instant().plus(Duration.ofDays(days)));
    }
}
