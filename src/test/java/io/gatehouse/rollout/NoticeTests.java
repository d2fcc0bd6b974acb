package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A tool says that something has changed: it is asked what, and what it said besides is not read. */
@OnH2
@RolloutTest
class NoticeTests {

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    Rollouts rollouts;

    @Autowired
    CommandRows commands;

    @Autowired
    Dispatcher dispatcher;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvcTester mvc;

    @Test
    void theToolIsAskedBeforeItsTime() {
        String number = underWay("noticed");
        tools.whenAsked(command(number).key(), ConnectorAnswer.succeeded("It ran"));
        askedLast(number, 10);
        driver.settle(number);
        assertThat(stateOf(number)).as("it is not time yet").isEqualTo(StepState.RUNNING);

        assertThat(notice("noticed", ScriptedTools.NOTICE_SECRET, "{}")).hasStatus(202);
        driver.settle(number);

        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
    }

    @Test
    void whatItSaysIsNotBelieved() {
        String number = underWay("noticed");
        tools.whenAsked(command(number).key(), ConnectorAnswer.accepted(null));
        askedLast(number, 10);

        String lie = "{\"key\": \"" + command(number).key() + "\", \"state\": \"SUCCEEDED\"}";
        assertThat(notice("noticed", ScriptedTools.NOTICE_SECRET, lie)).hasStatus(202);
        assertThat(notice("noticed", ScriptedTools.NOTICE_SECRET, "<no json")).hasStatus(202);
        driver.settle(number);

        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
        assertThat(inbox()).isZero();
    }

    @Test
    void withoutProofNothingHappens() {
        String number = underWay("noticed");
        tools.whenAsked(command(number).key(), ConnectorAnswer.succeeded("It ran"));
        askedLast(number, 10);

        assertThat(notice("noticed", "something else", "{}")).hasStatus(401);
        assertThat(notice("nobody", ScriptedTools.NOTICE_SECRET, "{}")).hasStatus(401);
        assertThat(notice("stoppable", ScriptedTools.NOTICE_SECRET, "{}"))
                .as("of another tool")
                .hasStatus(202);
        driver.settle(number);

        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
    }

    @Test
    void manyOfThemDoNotHaveAToolAskedAllTheTime() {
        String number = underWay("noticed");
        LocalDateTime inAnHour = dueAt(number);

        for (int i = 0; i < 20; i++) {
            assertThat(notice("noticed", ScriptedTools.NOTICE_SECRET, "{}")).hasStatus(202);
        }

        assertThat(dueAt(number))
                .isBefore(inAnHour.minusMinutes(30))
                .isAfterOrEqualTo(inAnHour.minusHours(1).plusSeconds(2));
    }

    @Test
    void aQuestionThatIsUnderWayIsNotTakenFromItsNode() {
        String number = underWay("noticed");
        commands.lookNow(command(number).id());
        Lease lease = dispatcher.lease(1000).stream()
                .filter(each -> RolloutNumber.of(each.command().rollout()).equals(number))
                .findFirst()
                .orElseThrow();

        assertThat(notice("noticed", ScriptedTools.NOTICE_SECRET, "{}")).hasStatus(202);

        assertThat(dispatcher.lease(1000))
                .noneMatch(each -> each.command().id() == lease.command().id());
    }

    /** Taken by its tool just now. */
    private String underWay(String connector) {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", connector)));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted("17"));
        driver.settle(number);
        assertThat(command(number).state()).isEqualTo(CommandState.ACCEPTED);
        return number;
    }

    /** As if so many seconds had passed since then. */
    private void askedLast(String number, int secondsAgo) {
        jdbc.sql("update rollout_command set due_at = timestampadd(second, :ago, due_at) where id = :id")
                .param("ago", -secondsAgo)
                .param("id", command(number).id())
                .update();
    }

    private LocalDateTime dueAt(String number) {
        return jdbc.sql("select due_at from rollout_command where id = :id")
                .param("id", command(number).id())
                .query(LocalDateTime.class)
                .single();
    }

    private Command command(String number) {
        return commands.list(RolloutNumber.idOf(number), 1).get(0);
    }

    private StepState stateOf(String number) {
        return rollouts.steps(number).get(0).state();
    }

    private long inbox() {
        return jdbc.sql("select count(*) from callback_inbox where source = 'noticed'")
                .query(Long.class)
                .single();
    }

    private MvcTestResult notice(String connector, String secret, String body) {
        return mvc.post()
                .uri("/api/v1/callbacks/" + connector)
                .header("X-Gatehouse-Token", secret)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
