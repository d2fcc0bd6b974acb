package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How long a tool is waited for that is down. */
class RolloutPropertiesTests {

    static RolloutProperties asDelivered() {
        return new Binder(new MapConfigurationPropertySource(Map.of("gatehouse.rollout.dispatch", "true")))
                .bind("gatehouse.rollout", RolloutProperties.class)
                .get();
    }

    @ParameterizedTest
    @CsvSource({"1, 2s", "2, 4s", "3, 8s", "4, 16s", "5, 32s", "6, 64s", "7, 64s", "1000000, 64s"})
    void thePauseDoublesAndThenStaysTheSame(int tries, String pause) {
        assertThat(asDelivered().pauseAfter(tries)).isEqualTo(Duration.parse("PT" + pause));
    }

    @Test
    void aToolMayTakeAQuarterOfAnHourToRestart() {
        assertThat(asDelivered().patience()).isEqualTo(Duration.ofMinutes(15));
    }
}
