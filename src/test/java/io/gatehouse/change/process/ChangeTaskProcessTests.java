package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTask.State;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Changes;
import io.gatehouse.change.TaskPhase;
import io.gatehouse.change.Window;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every path of {@code ChangeTask.bpmn}, and what becomes of tasks when their change goes on. */
@ProcessTest
@OnH2
class ChangeTaskProcessTests {

    private static final SignedIn OLGA = new SignedIn("olga", "ops-lead");

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
    TaskService taskService;

    @Autowired
    RuntimeService runtime;

    @Autowired
    HistoryService history;

    @Autowired
    IdentityService identities;

    @Autowired
    ProcessEngine engine;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void begin() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.people(identities);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void isDoneByWhoeverOfTheGroupIsFirst() {
        String task = added(raised(), TaskPhase.BEFORE, null, "ops-lead");

        assertThatThrownBy(() -> done(THEO, task)).isInstanceOf(ProblemException.class);
        done(OSKAR, task);

        ChangeTask done = changeTasks.get(task);
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.endedBy()).isEqualTo("oskar");
        assertThat(done.note()).isEqualTo("Looked at it");
        assertThat(done.startedAt()).isEqualTo(done.endedAt()).isNotNull();
        assertThat(passed(task)).contains("Event_TaskFinished");
        assertThatThrownBy(() -> admit(OSKAR, task)).hasMessageContaining("is DONE and cannot be done");
    }

    @Test
    void isTheirsWhoHaveBegunIt() {
        String task = added(raised(), TaskPhase.BEFORE, null, "ops-lead");
        submit(OSKAR, task, Map.of("action", "BEGIN"));
        Instant begun = changeTasks.get(task).startedAt();
        clock.advance(Duration.ofHours(1));

        assertThat(changeTasks.get(task).state()).isEqualTo(State.IN_PROGRESS);
        assertThat(changeTasks.get(task).content().owner()).isEqualTo("oskar");
        assertThatThrownBy(() -> done(OLGA, task)).hasMessageContaining("asks somebody else by name");
        assertThatThrownBy(() -> submit(OSKAR, task, Map.of("action", "BEGIN")))
                .hasMessageContaining("is IN_PROGRESS and cannot be begun");
        done(OSKAR, task);

        assertThat(passed(task)).contains("Gateway_TaskDone", "Event_TaskFinished");
        assertThat(changeTasks.get(task).startedAt()).isEqualTo(begun);
        assertThat(changeTasks.get(task).endedAt()).isAfter(begun);
    }

    @Test
    void movesToWhomItIsGiven() {
        String change = raised();
        String task = added(change, TaskPhase.BEFORE, null, "ops-lead");

        RITA.runs(() -> changeTasks.edit(task, content(TaskPhase.BEFORE, "theo", "ops-lead"), any()));

        assertThatThrownBy(() -> done(OSKAR, task)).isInstanceOf(ProblemException.class);
        done(THEO, task);
        assertThat(passed(task)).contains("Event_TaskMoved", "Event_TaskFinished");
    }

    @Test
    void isAskedForNoMoreWhenItIsCanceled() {
        String task = added(raised(), TaskPhase.BEFORE, null, "ops-lead");

        RITA.runs(() -> changeTasks.cancel(task, "Not needed"));

        assertThat(changeTasks.get(task).state()).isEqualTo(State.CANCELED);
        assertThat(passed(task)).contains("Event_NothingLeftToDo");
    }

    @Test
    void isAskedForWhenItsPhaseIsReached() {
        String change = raised();
        String during = added(change, TaskPhase.DURING, null, "ops-lead");
        String after = added(change, TaskPhase.AFTER, "theo", null);
        assertThat(waiting(during)).isNull();
        assertThatThrownBy(() -> admit(OSKAR, during)).hasMessageContaining("is done during the implementation");

        implementing(change);
        assertThat(waiting(during)).isNotNull();
        assertThat(waiting(after)).isNull();
        OSKAR.runs(() -> tasks.submit(change, "ImplementChange", null, Map.of("result", "SUCCESSFUL")));

        assertThat(waiting(after)).isNotNull();
        done(OSKAR, during);
        done(THEO, after);
    }

    @Test
    void countsAsAHandAtWorkDuringTheImplementation() {
        String change = raised();
        String during = added(change, TaskPhase.DURING, "mona", null);
        implementing(change);
        done(MONA, during);
        OSKAR.runs(() -> tasks.submit(change, "ImplementChange", null, Map.of("result", "SUCCESSFUL")));

        assertThatThrownBy(() -> MONA.runs(() -> tasks.submit(
                        change, "ReviewChange", null, Map.of("closeCode", "SUCCESSFUL", "lessons", "None"))))
                .hasMessageContaining("wrote or implemented");
    }

    @Test
    void isGivenUpWithItsChange() {
        String change = raised();
        String before = added(change, TaskPhase.BEFORE, null, "ops-lead");
        String after = added(change, TaskPhase.AFTER, null, "ops-lead");
        String done = added(change, TaskPhase.BEFORE, null, "ops-lead");
        done(OSKAR, done);

        RITA.runs(() -> process.cancel(person(RITA), change));

        assertThat(List.of(state(before), state(after), state(done)))
                .containsExactly(State.CANCELED, State.CANCELED, State.DONE);
        assertThat(waiting(before)).isNull();
    }

    @Test
    void isParkedWhileItsChangeIsOnHold() {
        String change = raised();
        String task = added(change, TaskPhase.BEFORE, null, "ops-lead");
        String engineTask = String.valueOf(waiting(task));

        RITA.runs(() -> process.hold(person(RITA), change, "Wait"));
        assertThat(parked(task)).isTrue();
        assertThatThrownBy(() -> done(OSKAR, task)).hasMessageContaining("is on hold");
        RITA.runs(() -> changeTasks.edit(task, content(TaskPhase.BEFORE, null, "technical-approver"), any()));
        assertThat(parked(task)).isTrue();
        String second = added(change, TaskPhase.BEFORE, null, "ops-lead");
        assertThat(parked(second)).isTrue();
        String secondEngineTask = String.valueOf(waiting(second));

        RITA.runs(() -> process.resume(person(RITA), change));

        assertThat(parked(task)).isFalse();
        assertThat(parked(second)).isFalse();
        assertThat(waiting(second)).isEqualTo(secondEngineTask);
        assertThat(waiting(task)).as("edited meanwhile").isNotEqualTo(engineTask);
        done(THEO, task);
    }

    @Test
    void staysWhenItsChangeIsRevised() {
        String change = raised();
        String task = added(change, TaskPhase.BEFORE, null, "ops-lead");
        String engineTask = String.valueOf(waiting(task));
        RITA.runs(() -> process.submit(person(RITA), change));

        RITA.runs(() -> process.revise(person(RITA), change, "Another plan"));

        assertThat(state(task)).isEqualTo(State.OPEN);
        assertThat(waiting(task)).isEqualTo(engineTask);
    }

    @Test
    void isWhatApproversRelyOnOnceTheChangeIsSubmitted() {
        String change = raised();
        String task = added(change, TaskPhase.BEFORE, null, "ops-lead");
        RITA.runs(() -> process.submit(person(RITA), change));

        assertThatThrownBy(() -> RITA.runs(() -> changeTasks.cancel(task, "Too much work")))
                .hasMessageContaining("only a change manager gives that up");
        assertThatThrownBy(() -> RITA.runs(() -> changeTasks.edit(
                        task,
                        new ChangeTaskContent("Nothing", null, TaskPhase.BEFORE, null, "ops-lead", null, null),
                        any())))
                .satisfies(refused -> assertThat(fields(refused)).containsExactly("title"));
        SignedIn both = new SignedIn("rita", "requester", "change-manager");
        assertThatThrownBy(() -> both.runs(() -> changeTasks.cancel(task, "Too much work")))
                .hasMessageContaining("somebody else has to say");
        String another = added(change, TaskPhase.BEFORE, null, "ops-lead");
        MONA.runs(() -> changeTasks.cancel(task, "Done last week"));

        assertThat(state(task)).isEqualTo(State.CANCELED);
        assertThat(state(another)).isEqualTo(State.OPEN);
    }

    @Test
    void cannotBeAddedToWhatIsPast() {
        String change = raised();
        implementing(change);

        assertThatThrownBy(() -> added(change, TaskPhase.BEFORE, null, "ops-lead"))
                .hasMessageContaining("nothing is left to be done before the implementation");
        assertThat(state(added(change, TaskPhase.DURING, null, "ops-lead"))).isEqualTo(State.OPEN);
    }

    @Test
    void namesWhatIsWrong() {
        String change = raised();

        assertThatThrownBy(() -> added(change, TaskPhase.BEFORE, "nobody-known", null))
                .satisfies(refused -> assertThat(fields(refused)).containsExactly("owner"));
        assertThatThrownBy(() -> added(change, TaskPhase.BEFORE, null, "auditor"))
                .satisfies(refused -> assertThat(fields(refused)).containsExactly("ownerGroup"));
        assertThatThrownBy(() -> added(change, TaskPhase.BEFORE, null, "no-such-team"))
                .satisfies(refused -> assertThat(fields(refused)).containsExactly("ownerGroup"));
        assertThatThrownBy(() -> added(change, TaskPhase.BEFORE, null, null))
                .satisfies(refused -> assertThat(fields(refused)).containsExactly("ownerGroup"));
        assertThat(state(added(change, TaskPhase.BEFORE, null, "nova"))).isEqualTo(State.OPEN);
    }

    @Test
    void endsAfterItBeginsAsPlanned() {
        String change = raised();
        Instant start = Instant.parse("2030-06-02T20:00:00Z");

        for (Instant end : List.of(start, start.minusSeconds(1))) {
            assertThatThrownBy(() -> planned(change, start, end)).satisfies(refused -> assertThat(
                            ((ProblemException) refused).problem().fields())
                    .containsExactly(new InvalidField("plannedEnd", "must be after plannedStart")));
        }
        String task = planned(change, start, start.plusSeconds(1));
        assertThatThrownBy(() -> RITA.runs(() -> changeTasks.edit(task, content(start, start), any())))
                .satisfies(refused -> assertThat(fields(refused)).containsExactly("plannedEnd"));
        assertThat(changeTasks.get(task).content().plannedEnd()).isEqualTo(start.plusSeconds(1));
    }

    @Test
    void isDueByTheWindowOfItsChangeUnlessItsEndIsPlanned() {
        String change = raised();
        Window window = changes.find(change).window();
        Instant end = window.startsAt().minus(Duration.ofHours(5));
        String before = added(change, TaskPhase.BEFORE, null, "ops-lead");
        String during = added(change, TaskPhase.DURING, null, "ops-lead");
        String after = added(change, TaskPhase.AFTER, null, "ops-lead");
        String planned = planned(change, null, end);

        assertThat(dueAt(before)).isEqualTo(window.startsAt());
        assertThat(dueAt(planned)).isEqualTo(end);
        RITA.runs(() -> changeTasks.edit(planned, content(null, end.plusSeconds(60)), any()));
        assertThat(dueAt(planned)).as("planned anew").isEqualTo(end.plusSeconds(60));
        done(OSKAR, before);
        done(OSKAR, planned);
        implementing(change);
        assertThat(dueAt(during)).isEqualTo(window.endsAt());
        OSKAR.runs(() -> tasks.submit(change, "ImplementChange", null, Map.of("result", "SUCCESSFUL")));
        assertThat(dueAt(after)).isEqualTo(window.endsAt().plus(Duration.ofDays(5)));
    }

    private String planned(String change, @Nullable Instant start, @Nullable Instant end) {
        return RITA.does(() -> changeTasks.add(change, content(start, end))).number();
    }

    private static ChangeTaskContent content(@Nullable Instant start, @Nullable Instant end) {
        return new ChangeTaskContent("Look at the backup", null, TaskPhase.BEFORE, null, "ops-lead", start, end);
    }

    private Instant dueAt(String number) {
        return Objects.requireNonNull(engineTask(number)).getDueDate().toInstant();
    }

    @Test
    void isAskedForAgainWhenItsProcessWasDeleted() {
        String task = added(raised(), TaskPhase.BEFORE, null, "ops-lead");
        InsideTheEngine.run(
                engine,
                () -> runtime.deleteProcessInstance(
                        runtime.createProcessInstanceQuery()
                                .processInstanceBusinessKey(task)
                                .singleResult()
                                .getId(),
                        "test"));

        LostProcessesDriver.find(beans);

        assertThat(waiting(task)).isNotNull();
        done(OSKAR, task);
    }

    @Test
    void isDoneOnceByTwoAtTheSameTime() {
        String task = added(raised(), TaskPhase.BEFORE, null, "ops-lead");

        List<Boolean> succeeded = atTheSameTime(() -> done(OSKAR, task), () -> done(OLGA, task));

        assertThat(succeeded).containsExactlyInAnyOrder(true, false);
        assertThat(changeTasks.get(task).endedBy()).isEqualTo(succeeded.get(0) ? "oskar" : "olga");
        assertThat(changeTasks.get(task).version()).isEqualTo(1);
    }

    @Test
    void isDoneOrGivenUpWhenItsChangeIsCanceledAtTheSameTime() {
        String change = raised();
        String task = added(change, TaskPhase.BEFORE, null, "ops-lead");

        List<Boolean> succeeded =
                atTheSameTime(() -> done(OSKAR, task), () -> RITA.runs(() -> process.cancel(person(RITA), change)));

        assertThat(succeeded.get(1)).isTrue();
        assertThat(changes.find(change).state()).isEqualTo(ChangeState.CANCELED);
        assertThat(state(task)).isEqualTo(succeeded.get(0) ? State.DONE : State.CANCELED);
        assertThat(waiting(task)).isNull();
    }

    private static List<Boolean> atTheSameTime(Runnable one, Runnable other) {
        CyclicBarrier both = new CyclicBarrier(2);
        return Stream.of(one, other)
                .map(action -> CompletableFuture.supplyAsync(() -> {
                    try {
                        both.await();
                        action.run();
                        return true;
                    } catch (ProblemException | OptimisticLockingException refused) {
                        return false;
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private String raised() {
        Change change = RITA.does(() -> process.raise(
                person(RITA),
                ChangeFixture.content(
                        "nova", "production", ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1)))));
        return change.number();
    }

    private void implementing(String change) {
        Map<String, Object> approve = Map.of("decision", "APPROVE", "reason", "sound");
        RITA.runs(() -> process.submit(person(RITA), change));
        THEO.runs(() -> tasks.submit(change, "ReviewTechnically", null, approve));
        SignedIn chief = new SignedIn("max", "change-manager");
        chief.runs(() -> tasks.submit(change, "ApproveChange", null, approve));
        OLGA.runs(() -> tasks.submit(change, "ApproveChange", null, approve));
        assertThat(changes.find(change).state()).isEqualTo(ChangeState.IMPLEMENT);
    }

    private String added(String change, TaskPhase phase, @Nullable String owner, @Nullable String group) {
        return RITA.does(() -> changeTasks.add(change, content(phase, owner, group)))
                .number();
    }

    private static ChangeTaskContent content(TaskPhase phase, @Nullable String owner, @Nullable String group) {
        return new ChangeTaskContent("Look at the backup", "Restore it somewhere", phase, owner, group, null, null);
    }

    private static List<String> fields(Throwable refused) {
        return ((ProblemException) refused)
                .problem().fields().stream().map(InvalidField::field).toList();
    }

    private static Precondition any() {
        return Precondition.parse("*", null);
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }

    private void admit(SignedIn who, String task) {
        who.runs(() -> changeTasks.admit(task, person(who)));
    }

    private void done(SignedIn who, String task) {
        submit(who, task, Map.of("action", "DONE", "note", "Looked at it"));
    }

    private void submit(SignedIn who, String task, Map<String, Object> answers) {
        who.runs(() -> tasks.submit(task, "DoChangeTask", null, answers));
    }

    private State state(String task) {
        return changeTasks.get(task).state();
    }

    private @Nullable String waiting(String number) {
        Task task = engineTask(number);
        return task == null ? null : task.getId();
    }

    private boolean parked(String number) {
        Task task = engineTask(number);
        return task != null
                && task.getFollowUpDate() != null
                && task.getFollowUpDate().toInstant().isAfter(Instant.parse("2999-01-01T00:00:00Z"));
    }

    private @Nullable Task engineTask(String number) {
        return taskService.createTaskQuery().processInstanceBusinessKey(number).singleResult();
    }

    private Set<String> passed(String number) {
        String instance = history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
        return history.createHistoricActivityInstanceQuery().processInstanceId(instance).list().stream()
                .map(activity -> activity.getActivityId())
                .collect(Collectors.toSet());
    }
}
