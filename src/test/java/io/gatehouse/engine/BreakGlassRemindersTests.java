package io.gatehouse.engine;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.breakglass.BreakGlass;
import io.gatehouse.breakglass.BreakGlassDriver;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Nobody grants, or nobody reviews: people are reminded, and then the chair of the board is told. */
@ProcessTest
@OnH2
class BreakGlassRemindersTests {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private BreakGlasses breakGlasses;

    @Autowired
    private ReminderSweep sweep;

    @Autowired
    private TestClock clock;

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void aReviewThatNobodyMakesIsEscalatedToTheChairWhoMayMakeIt() {
        clock.set(Instant.now().minus(Duration.ofDays(4)));
        BreakGlassDriver driver = new BreakGlassDriver(context);
        String number = driver.granted(driver.scheduledChange(), BreakGlassDriver.RETRIES);
        OSKAR.runs(() -> breakGlasses.end(number));
        assertThatThrownBy(() -> CHRIS.runs(() -> driver.review(number))).hasMessageContaining("This task is for");

        sweep.sweep();
        sweep.sweep();

        assertThat(driver.trail(number)).endsWith("engine.TaskReminded", "engine.TaskEscalated");
        CHRIS.runs(() -> driver.review(number));
        assertThat(driver.stateOf(number)).isEqualTo(BreakGlass.State.REVIEWED);
    }

    @Test
    void anAskThatNobodyDecidesIsSeenByTheChairWhoMayNotGrantIt() {
        clock.set(Instant.now().minus(Duration.ofMinutes(20)));
        BreakGlassDriver driver = new BreakGlassDriver(context);
        String number = driver.asked(driver.scheduledChange(), BreakGlassDriver.RETRIES);

        sweep.sweep();
        sweep.sweep();

        assertThat(driver.trail(number)).endsWith("engine.TaskReminded", "engine.TaskEscalated");
        assertThatThrownBy(() -> CHRIS.runs(() -> driver.decide(number, "GRANT")))
                .hasMessageContaining("This task is for");
        OSKAR.runs(() -> breakGlasses.end(number));
    }
}
