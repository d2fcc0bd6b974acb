package io.gatehouse.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** A clock that stands still until a test moves it; the engine's clock moves along. */
public class TestClock extends Clock {

    private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private int periods;

    /** Moves to a time that no other test of this context has been in, so their windows and freezes are out of reach. */
    public void enterUntouchedTime() {
        periods++;
        set(Instant.parse("2030-01-01T00:00:00Z").plus(Duration.ofDays(10L * periods)));
    }

    /** Lets time pass, for the engine too. */
    public void advance(Duration duration) {
        set(now.plus(duration));
    }

    public void set(Instant moment) {
        now = moment;
        ClockUtil.setCurrentTime(java.util.Date.from(moment));
    }

    /** Back to the present. */
    public void reset() {
        now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ClockUtil.reset();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
