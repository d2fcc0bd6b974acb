package io.gatehouse.breakglass;

import static io.gatehouse.breakglass.BreakGlassDriver.RETRIES;
import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Nobody grants what they asked for, nobody reviews what they asked for or granted, through whichever door. */
@OnH2
@ProcessTest
class BreakGlassDutiesTests extends BreakGlassFixture {

    private static final SignedIn ADAM = new SignedIn("adam", "admin");
    private static final SignedIn ALMA = new SignedIn("alma", "auditor");
    private static final Map<String, Object> GRANT = Map.of("decision", "GRANT", "reason", "Mine");
    private static final Map<String, Object> REVIEW = Map.of("outcome", "JUSTIFIED", "toMend", "Nothing");

    /** Everything Oskar could be besides. */
    private static final SignedIn OSKAR_IN_ALL =
            new SignedIn("oskar", "ops-lead", "change-manager", "release-manager", "security-officer", "cab-chair");

    @Autowired
    TaskService engineTasks;

    @Autowired
    FormService forms;

    @Autowired
    RuntimeService runtime;

    @Test
    void whoAskedDoesNotGrant() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);
        Task task = task(number);

        for (SignedIn oskar : List.of(OSKAR, OSKAR_IN_ALL)) {
            refused(oskar, "somebody else has to grant it", () -> driver.decide(number, "GRANT"));
            refused(oskar, "somebody else has to grant it", () -> forms.submitTaskForm(task.getId(), GRANT));
            refused(oskar, "somebody else has to grant it", () -> engineTasks.claim(task.getId(), "oskar"));
            refused(oskar, "handing in its form", () -> engineTasks.complete(task.getId(), GRANT));
            refused(oskar, "", () -> engineTasks.setAssignee(task.getId(), "rolf"));
            refused(oskar, "", () -> engineTasks.setVariable(task.getId(), "granted", true));
        }
        assertThat(driver.stateOf(number)).isEqualTo(State.ASKED);
        assertThat(driver.trail(number)).containsExactly("breakglass.Asked");
    }

    @Test
    void aProcessOfTheirOwnMakingGivesThemNoGrant() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);
        MONA.runs(() -> driver.decide(number, "REFUSE"));

        // Starting is not refused; what follows looks at our tables.
        OSKAR.runs(() -> runtime.startProcessInstanceByKey("BreakGlass", number, Map.of("breakGlassNumber", number)));

        refused(ROLF, "is REFUSED", () -> driver.decide(number, "GRANT"));
        refused(OSKAR, "is REFUSED", () -> driver.use(OSKAR, number, RETRIES));
        assertThat(driver.stateOf(number)).isEqualTo(State.REFUSED);
    }

    @Test
    void whoIsNotAskedDoesNotGrantAndAdministratorsAndAuditorsNeverDo() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);

        for (SignedIn person : List.of(
                RITA,
                CARLA,
                ADAM,
                ALMA,
                new SignedIn("adam", "admin", "release-manager"),
                new SignedIn("alma", "auditor", "ops-lead"))) {
            refused(person, "", () -> driver.decide(number, "GRANT"));
        }
        assertThat(driver.stateOf(number)).isEqualTo(State.ASKED);
    }

    @Test
    void onlyWhoRunsProductionAsks() {
        String change = driver.scheduledChange();
        for (SignedIn person : List.of(RITA, MONA, SASHA, ADAM, ALMA, new SignedIn("alma", "auditor", "ops-lead"))) {
            refused(
                    person,
                    "",
                    () -> breakGlasses.ask(
                            change,
                            List.of(RETRIES),
                            "Because",
                            "INC-1",
                            clock.instant().plusSeconds(60)));
        }
        SignedIn adam = new SignedIn("adam", "admin", "ops-lead");
        String number = adam.does(() -> breakGlasses
                .ask(
                        change,
                        List.of(RETRIES),
                        "Because",
                        "INC-1",
                        clock.instant().plusSeconds(60))
                .number());
        assertThat(breakGlasses.find(number).askedBy()).isEqualTo("adam");
    }

    @Test
    void whoAskedOrGrantedDoesNotReview() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);
        SASHA.runs(() -> driver.decide(number, "GRANT"));
        OSKAR.runs(() -> breakGlasses.end(number));
        Task task = task(number);

        for (SignedIn person : List.of(OSKAR_IN_ALL, SASHA)) {
            refused(person, "somebody else has to review it", () -> driver.review(number));
            refused(person, "somebody else has to review it", () -> forms.submitTaskForm(task.getId(), REVIEW));
            refused(person, "somebody else has to review it", () -> engineTasks.claim(task.getId(), person.id()));
        }
        refused(ADAM, "", () -> driver.review(number));
        refused(ROLF, "", () -> driver.review(number));
        assertThat(driver.stateOf(number)).isEqualTo(State.ENDED);
        MONA.runs(() -> driver.review(number));
        assertThat(driver.stateOf(number)).isEqualTo(State.REVIEWED);
    }

    @Test
    void aGrantWithoutAReasonOrWithMoreThanTheFormAsksIsNone() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);
        String task = task(number).getId();

        refused(ROLF, "", () -> forms.submitTaskForm(task, Map.of("decision", "GRANT")));
        refused(
                ROLF,
                "",
                () -> forms.submitTaskForm(
                        task, Map.of("decision", "GRANT", "reason", "Fine", "expiresAt", "2999-01-01T00:00:00Z")));
        assertThat(driver.stateOf(number)).isEqualTo(State.ASKED);
    }

    private Task task(String number) {
        return engineTasks.createTaskQuery().processInstanceBusinessKey(number).singleResult();
    }

    private static void refused(SignedIn person, String sentence, Runnable deed) {
        assertThatThrownBy(() -> person.runs(deed)).hasMessageContaining(sentence);
    }
}
