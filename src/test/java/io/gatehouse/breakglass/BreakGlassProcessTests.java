package io.gatehouse.breakglass;

import static io.gatehouse.breakglass.BreakGlassDriver.DELETION;
import static io.gatehouse.breakglass.BreakGlassDriver.RETRIES;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.breakglass.BreakGlass.EndReason;
import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code BreakGlass.bpmn}. */
@OnH2
@ProcessTest
class BreakGlassProcessTests extends BreakGlassFixture {

    @Autowired
    ProcessEngine engine;

    @BeforeEach
    void assertions() {
        AbstractAssertions.init(engine);
    }

    @Test
    void isAskedGrantedUsedAndReviewedByThreePeople() {
        String change = driver.changeWithFailedJob();
        String number = driver.asked(change, RETRIES);
        ProcessInstance instance = driver.instance(number);
        assertThat(instance).isWaitingAt("Activity_GrantBreakGlass");

        ROLF.runs(() -> driver.decide(number, "GRANT"));
        assertThat(instance).isWaitingAt("Gateway_Over");

        driver.use(OSKAR, number, RETRIES);
        assertThat(instance).isWaitingAt("Activity_ReviewBreakGlass");
        Assertions.assertThat(breakGlasses.find(number).endedBecause()).isEqualTo(EndReason.SPENT);

        MONA.runs(() -> driver.review(number));
        assertThat(instance).isEnded().hasPassed("Event_UsedOrEnded", "Activity_EndBreakGlass");
        Assertions.assertThat(driver.trail(number))
                .containsExactly(
                        "breakglass.Asked",
                        "breakglass.Granted",
                        "breakglass.Used",
                        "breakglass.Ended",
                        "breakglass.Reviewed");
        Assertions.assertThat(breakGlasses.find(number))
                .extracting(BreakGlass::askedBy, BreakGlass::decidedBy, BreakGlass::reviewedBy, BreakGlass::state)
                .containsExactly("oskar", "rolf", "mona", State.REVIEWED);
    }

    @Test
    void endsWithoutAReviewWhenTheSecondPersonRefuses() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);
        ProcessInstance instance = driver.instance(number);

        MONA.runs(() -> driver.decide(number, "REFUSE"));

        assertThat(instance).isEnded().hasPassed("Event_BreakGlassRefused");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.REFUSED);
        Assertions.assertThat(driver.trail(number)).containsExactly("breakglass.Asked", "breakglass.Refused");
    }

    @Test
    void endsByItselfWhenNobodyDecidesInTime() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);
        ProcessInstance instance = driver.instance(number);

        clock.advance(Duration.ofMinutes(31));
        assertThatThrownBy(() -> ROLF.runs(() -> driver.decide(number, "GRANT")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("expired");
        driver.run(number);

        assertThat(instance).isEnded().hasPassed("Event_AskExpired", "Event_AskEnded");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.LAPSED);
        Assertions.assertThat(driver.trail(number)).containsExactly("breakglass.Asked", "breakglass.Lapsed");
    }

    @Test
    void endsWhenItIsTakenBack() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);
        ProcessInstance instance = driver.instance(number);

        OSKAR.runs(() -> breakGlasses.end(number));

        assertThat(instance).isEnded().hasPassed("Event_AskWithdrawn", "Event_AskEnded");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void isReviewedWhenItExpiresUnused() {
        String number = driver.granted(driver.scheduledChange(), RETRIES);
        ProcessInstance instance = driver.instance(number);

        clock.advance(Duration.ofMinutes(30));
        driver.run(number);

        assertThat(instance).isWaitingAt("Activity_ReviewBreakGlass").hasPassed("Event_GrantExpired");
        Assertions.assertThat(breakGlasses.find(number).endedBecause()).isEqualTo(EndReason.EXPIRED);
        SASHA.runs(() -> driver.review(number));
        assertThat(instance).isEnded();
    }

    @Test
    void isReviewedWhenAnybodyWhoCouldHaveGrantedItEndsIt() {
        String number = driver.granted(driver.scheduledChange(), RETRIES);
        ProcessInstance instance = driver.instance(number);

        SASHA.runs(() -> breakGlasses.end(number));
        SASHA.runs(() -> breakGlasses.end(number));

        assertThat(instance).isWaitingAt("Activity_ReviewBreakGlass");
        Assertions.assertThat(breakGlasses.find(number).endedBecause()).isEqualTo(EndReason.ENDED_EARLY);
        Assertions.assertThat(driver.trail(number)).containsOnlyOnce("breakglass.Ended");
        MONA.runs(() -> driver.review(number));
        assertThat(instance).isEnded();
    }

    @Test
    void staysOpenUntilEachNamedActionIsUsed() {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES, DELETION);

        driver.use(OSKAR, number, RETRIES);
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
        driver.use(OSKAR, number, DELETION);

        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.ENDED);
        Assertions.assertThat(driver.hasProcess(change)).isFalse();
        assertThat(driver.instance(number)).isWaitingAt("Activity_ReviewBreakGlass");
        MONA.runs(() -> driver.review(number));
    }

    @Test
    void isReviewedOnce() {
        String number = driver.granted(driver.scheduledChange(), RETRIES);
        OSKAR.runs(() -> breakGlasses.end(number));
        MONA.runs(() -> driver.review(number));

        assertThatThrownBy(() -> SASHA.runs(() -> driver.review(number))).isInstanceOf(ProblemException.class);
        Assertions.assertThat(breakGlasses.find(number).reviewedBy()).isEqualTo("mona");
        Assertions.assertThat(driver.trail(number)).containsOnlyOnce("breakglass.Reviewed");
    }

    @Test
    void listsByStateNewestFirst() {
        String first = driver.asked(driver.scheduledChange(), RETRIES);
        String second = driver.asked(driver.scheduledChange(), RETRIES, DELETION);

        List<BreakGlass> listed =
                breakGlasses.list(State.ASKED, new PageQuery(null, 2)).items();

        Assertions.assertThat(listed).extracting(BreakGlass::number).containsExactly(second, first);
        Assertions.assertThat(listed.get(0).actions()).hasSize(2);
        Assertions.assertThat(Set.copyOf(listed)).allMatch(each -> each.state() == State.ASKED);
        OSKAR.runs(() -> breakGlasses.end(first));
        OSKAR.runs(() -> breakGlasses.end(second));
    }
}
