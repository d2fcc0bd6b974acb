package io.gatehouse.access.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The real time, as Keycloak has it too, until a test jumps ahead; the engine's clock jumps along. */
class JumpingClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    void jump(Duration duration) {
        ahead = ahead.plus(duration);
        ClockUtil.offset(ahead.toMillis());
    }

    void reset() {
        ahead = Duration.ZERO;
        ClockUtil.reset();
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
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
