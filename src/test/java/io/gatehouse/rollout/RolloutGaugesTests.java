package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnH2
@RolloutTest
class RolloutGaugesTests {

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private final String service = "service-" + UUID.randomUUID();

    /** Other tests share the database, so what counts is what is added. */
    @Test
    void countWhatIsGoingOnAndWhatItWaitsFor() {
        jdbc.sql("update rollout_command set due_at = timestampadd(day, 1, localtimestamp(6))")
                .update();
        double running = count("steps", "RUNNING");
        double waiting = count("commands", "NEW");
        double accepted = count("commands", "ACCEPTED");

        String number = driver.start(
                driver.changeInImplementation("rita", service),
                RolloutDriver.plan(RolloutDriver.step(Stage.DEPLOY_APPLICATION, "Deploy", "asked")));
        assertThat(count("steps", "RUNNING")).isEqualTo(running + 1);
        assertThat(count("commands", "NEW")).isEqualTo(waiting + 1);

        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted(null));
        driver.dispatchOnce();
        assertThat(count("steps", "RUNNING")).isEqualTo(running + 1);
        assertThat(count("commands", "ACCEPTED")).isEqualTo(accepted + 1);
        assertThat(count("steps", "UNDO_FAILED")).isNotNaN();
    }

    private double count(String what, String state) {
        MeterRegistry meters = new SimpleMeterRegistry();
        new RolloutGauges(jdbc, clock).bindTo(meters);
        return meters.get("gatehouse.rollout." + what)
                .tag("state", state)
                .gauge()
                .value();
    }
}
