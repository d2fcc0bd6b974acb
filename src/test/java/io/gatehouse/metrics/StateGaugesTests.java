package io.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateGaugesTests {

    private final TestClock clock = new TestClock();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    private Map<String, Long> things = Map.of("OPEN", 3L);
    private boolean broken;
    private int queries;

    @BeforeEach
    void register() {
        StateGauges.register(meters, clock, "gatehouse.things", "Things", List.of("OPEN", "SHUT"), () -> {
            queries++;
            if (broken) {
                throw new IllegalStateException("The database is away");
            }
            return things;
        });
    }

    @Test
    void countsEveryStateFromOneQuery() {
        assertThat(count("OPEN")).isEqualTo(3);
        assertThat(count("SHUT")).isZero();
        assertThat(queries).isEqualTo(1);
    }

    @Test
    void asksAgainAfterAWhile() {
        count("OPEN");
        things = Map.of("OPEN", 4L);

        clock.advance(Duration.ofSeconds(StateGauges.SECONDS - 1));
        assertThat(count("OPEN")).isEqualTo(3);
        clock.advance(Duration.ofSeconds(1));
        assertThat(count("OPEN")).isEqualTo(4);
    }

    @Test
    void isNoNumberWhileTheQueryFailsAndAsksNoMoreOftenThen() {
        broken = true;

        assertThat(count("OPEN")).isNaN();
        assertThat(count("SHUT")).isNaN();
        assertThat(queries).isEqualTo(1);

        broken = false;
        clock.advance(Duration.ofSeconds(StateGauges.SECONDS));
        assertThat(count("OPEN")).isEqualTo(3);
    }

    private double count(String state) {
        return meters.get("gatehouse.things").tag("state", state).gauge().value();
    }
}
