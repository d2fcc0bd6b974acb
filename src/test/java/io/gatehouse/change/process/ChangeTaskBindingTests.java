package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.SASHA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.calendar.Slots;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Changes;
import io.gatehouse.change.OpenDetails;
import io.gatehouse.change.TableFixture;
import io.gatehouse.change.TaskPhase;
import io.gatehouse.change.TemplateDriver;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What waits for the tasks of a change: its start and its end, whichever type it is. */
@ProcessTest
@OnH2
class ChangeTaskBindingTests {

    private static final Map<String, Object> APPROVE = Map.of("decision", "APPROVE", "reason", "sound");

    @Autowired
    BeanFactory beans;

    @Autowired
    ChangeProcess process;

    @Autowired
    Changes changes;

    @Autowired
    ChangeTasks changeTasks;

    @Autowired
    Tasks tasks;

    @Autowired
    TableFixture tables;

    @Autowired
    Slots slots;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService jobs;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void begin() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void aNormalChangeStartsWhenTheLastIsDoneThatComesBefore() {
        String change = normal();
        String one = added(change, TaskPhase.BEFORE);
        String other = added(change, TaskPhase.BEFORE);
        authorised(change);

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        String addedLate = added(change, TaskPhase.BEFORE);
        done(one);
        assertThat(left(change)).containsExactly(other, addedLate);
        MONA.runs(() -> changeTasks.cancel(other, "There is one of this morning"));
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        done(addedLate);
        lookAgain(change);

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(left(change)).isEmpty();
    }

    private List<String> left(String change) {
        return changes.find(change).tasksLeft().stream().map(ChangeTask::number).toList();
    }

    @Test
    void aNormalChangeGoesBackWhenItsWindowIsOverBeforeAllIsDone() {
        String change = normal();
        String task = added(change, TaskPhase.BEFORE);
        authorised(change);
        clock.advance(Duration.ofHours(3));

        done(task);
        lookAgain(change);

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change).returnedBecause()).contains("window closed");
    }

    @Test
    void aReviewIsRefusedWhileSomethingIsLeft() {
        String change = normal();
        String after = added(change, TaskPhase.AFTER);
        authorised(change);
        OSKAR.runs(() -> tasks.submit(change, "ImplementChange", null, Map.of("result", "UNSUCCESSFUL")));

        assertThatThrownBy(() -> review(change)).hasMessageContaining(after + " (Look after it)");
        done(after);
        review(change);

        assertThat(state(change)).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void aNormalChangeThatNeedsNoReviewIsClosedWhenTheLastIsDone() {
        tables.release("RequireReview");
        try {
            tables.bringIn("RequireReview", trustsHands(), "ann", "ben");
            closesWhenTheLastIsDone();
        } finally {
            tables.release("RequireReview");
        }
    }

    private static String trustsHands() {
        String shipped = TableFixture.shipped("RequireReview");
        String trusting = shipped.replaceFirst(
                "(?s)(A normal change made by hand.*?<outputEntry[^>]*>\\s*<text>)true", "$1false");
        assertThat(trusting).isNotEqualTo(shipped);
        return trusting;
    }

    private void closesWhenTheLastIsDone() {
        String change = raised(ChangeFixture.content("oslo-config", "dev", open()));
        String during = added(change, TaskPhase.DURING);
        String after = added(change, TaskPhase.AFTER);
        RITA.runs(() -> process.submit(person(RITA), change));
        THEO.runs(() -> tasks.submit(change, "ReviewTechnically", null, APPROVE));
        if (state(change) == ChangeState.AUTHORIZE) {
            MONA.runs(() -> tasks.submit(change, "ApproveChange", null, APPROVE));
        }
        OSKAR.runs(() -> tasks.submit(change, "ImplementChange", null, Map.of("result", "SUCCESSFUL")));

        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);
        done(during);
        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);
        done(after);

        assertThat(state(change)).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void aStandardChangeWaitsAtItsStartAndAtItsEnd() {
        TemplateDriver driver = new TemplateDriver(beans);
        driver.inForce(TemplateDriver.content("Restart"));
        String change = driver.raised(RITA, OpenDetails.NONE);
        String before = added(change, TaskPhase.BEFORE);
        String after = added(change, TaskPhase.AFTER);
        RITA.runs(() -> process.submit(person(RITA), change));

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        done(before);
        lookAgain(change);
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
        OSKAR.runs(() -> tasks.submit(change, "ImplementChange", null, Map.of("result", "SUCCESSFUL")));

        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);
        done(after);
        assertThat(state(change)).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void anEmergencyWaitsToo() {
        String change = RITA.does(
                () -> process.raiseEmergency(person(RITA), ChangeFixture.content("keystone", "production", open()))
                        .number());
        String before = added(change, TaskPhase.BEFORE);
        RITA.runs(() -> process.submit(person(RITA), change));
        OSKAR.runs(() -> tasks.submit(change, "ApproveChange", "ops-lead", APPROVE));
        SASHA.runs(() -> tasks.submit(change, "ApproveChange", "security-officer", APPROVE));

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        done(before);
        lookAgain(change);

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void aChangeOnHoldStartsNeitherWithTheLastTaskNorWithoutIt() {
        String change = normal();
        String task = added(change, TaskPhase.BEFORE);
        authorised(change);
        RITA.runs(() -> process.hold(person(RITA), change, "Wait"));
        MONA.runs(() -> changeTasks.cancel(task, "Not needed"));
        lookAgain(change);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);

        RITA.runs(() -> process.resume(person(RITA), change));

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void aChangeWhoseProcessHasNoPlaceToWaitIsSentBackWithWhatIsLeft() {
        String change = normal();
        added(change, TaskPhase.BEFORE);
        authorised(change);

        assertThat(slots.start(change, false)).isEqualTo(Slots.Start.SENT_BACK);

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change).returnedBecause())
                .startsWith("It cannot start yet")
                .contains("TASK-");
    }

    /** Whoever is told looks again in a transaction of their own. */
    private void lookAgain(String change) {
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(change)
                        .processDefinitionKeyIn("NormalChange", "StandardChange", "EmergencyChange")
                        .singleResult()
                        .getId())
                .activityId("Event_PrerequisiteMet")
                .singleResult()
                .getId());
    }

    private String normal() {
        return raised(ChangeFixture.content("nova", "production", open()));
    }

    private String raised(ChangeContent content) {
        return RITA.does(() -> process.raise(person(RITA), content).number());
    }

    private void authorised(String change) {
        RITA.runs(() -> process.submit(person(RITA), change));
        THEO.runs(() -> tasks.submit(change, "ReviewTechnically", null, APPROVE));
        MONA.runs(() -> tasks.submit(change, "ApproveChange", null, APPROVE));
        OSKAR.runs(() -> tasks.submit(change, "ApproveChange", null, APPROVE));
    }

    private void review(String change) {
        MONA.runs(() -> tasks.submit(
                change, "ReviewChange", null, Map.of("closeCode", "UNSUCCESSFUL", "lessons", "test first")));
    }

    private Window open() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1));
    }

    private String added(String change, TaskPhase phase) {
        return RITA.does(() -> changeTasks.add(
                        change, new ChangeTaskContent("Look after it", null, phase, null, "ops-lead", null, null)))
                .number();
    }

    private void done(String task) {
        new SignedIn("olga", "ops-lead")
                .runs(() -> tasks.submit(task, "DoChangeTask", null, Map.of("action", "DONE", "note", "Did it")));
    }

    private ChangeState state(String change) {
        return changes.find(change).state();
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }
}
