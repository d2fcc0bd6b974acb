package io.gatehouse.engine;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.cab.BoardMember;
import io.gatehouse.cab.Boards;
import io.gatehouse.cab.Vote;
import io.gatehouse.cab.VoteFixture;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.TableFixture;
import io.gatehouse.change.process.ChangeProcess;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A technical review is due after two days, its group is reminded 12 hours before, change managers are told then. */
@ProcessTest
@OnH2
class ReminderSweepTests {

    private static final Duration TOO_EARLY = Duration.ofHours(30);
    private static final Duration NEARLY_DUE = Duration.ofHours(40);
    private static final Duration OVERDUE = Duration.ofHours(50);

    @Autowired
    private ReminderSweep sweep;

    @Autowired
    private LateTasks late;

    @Autowired
    private TaskList list;

    @Autowired
    private Tasks tasks;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private Boards boards;

    @Autowired
    private TableFixture tables;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private Changes changes;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void leavesATaskAloneThatHasTime() {
        String number = reviewWaitingFor(TOO_EARLY);

        sweep.sweep();

        assertThat(summary(number).remindedAt()).isNull();
        assertThat(summary(number).dueAt()).isNotNull();
        assertThat(recorded(number)).isEmpty();
    }

    @Test
    void remindsOnceOfATaskThatIsNearlyDue() {
        String number = reviewWaitingFor(NEARLY_DUE);

        sweep.sweep();
        sweep.sweep();

        assertThat(recorded(number)).containsExactly("engine.TaskReminded");
        assertThat(summary(number).remindedAt()).isNotNull();
        assertThat(summary(number).escalatedTo()).isEmpty();
        assertThat(task(number).getPriority()).isEqualTo(60);
        assertThat(engineTasks.getVariable(task(number).getId(), LateTasks.MARK))
                .isEqualTo("reminded");
    }

    @Test
    void letsOthersSeeATaskThatIsOverdue() {
        String number = reviewWaitingFor(OVERDUE);
        assertThat(mayRead(number, "change-manager")).isFalse();

        sweep.sweep();
        sweep.sweep();
        sweep.sweep();

        assertThat(recorded(number)).containsExactly("engine.TaskReminded", "engine.TaskEscalated");
        assertThat(summary(number).escalatedTo()).containsExactly("change-manager");
        assertThat(summary(number).groups()).containsExactly("technical-approver");
        assertThat(task(number).getPriority()).isEqualTo(80);
        assertThat(engineTasks.getVariable(task(number).getId(), LateTasks.MARK))
                .isEqualTo("escalated to change-manager");
        assertThat(mayRead(number, "change-manager")).isTrue();
        assertThat(MONA.does(() -> list.list(new TaskFilter(number, null, null, true), page())
                        .items()))
                .hasSize(1);
    }

    @Test
    void givesNobodyASeatBecauseItIsLate() {
        String number = reviewWaitingFor(OVERDUE);
        sweep.sweep();
        sweep.sweep();

        assertThatThrownBy(() -> MONA.runs(() -> tasks.submit(
                        number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "It is late"))))
                .hasMessageContaining("This task is for technical-approver");
        assertThatThrownBy(() -> MONA.runs(() -> engineTasks.claim(task(number).getId(), "mona")))
                .hasMessageContaining("This task is for technical-approver");
        THEO.runs(() ->
                tasks.submit(number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "At last")));
    }

    @Test
    void letsOthersDoAnOverdueTaskThatIsNoSeatUnlessItsOwnRulesForbid() {
        String number = changeReviewWaitingFor(Duration.ofDays(7));
        SignedIn idle = new SignedIn("ivan", "cab-chair");
        SignedIn requester = new SignedIn("rita", "requester", "cab-chair");
        Map<String, Object> review = Map.of("closeCode", "SUCCESSFUL", "lessons", "none");
        assertThatThrownBy(() -> idle.runs(() -> tasks.submit(number, "ReviewChange", null, review)))
                .hasMessageContaining("This task is for change-manager");

        sweep.sweep();
        sweep.sweep();

        assertThatThrownBy(() -> requester.runs(() -> tasks.submit(number, "ReviewChange", null, review)))
                .hasMessageContaining("somebody else has to review it");
        CHRIS.runs(() -> tasks.submit(number, "ReviewChange", null, review));
        assertThat(recorded(number)).contains("change.Closed");
    }

    @Test
    void leavesParkedTasksAloneAndGoesOnWhenTheyComeBack() {
        String number = reviewWaitingFor(OVERDUE);
        sweep.sweep();
        process.hold(manager(), number, "Supplier is out");

        sweep.sweep();
        assertThat(recorded(number)).doesNotContain("engine.TaskEscalated");

        process.resume(manager(), number);
        sweep.sweep();
        sweep.sweep();
        assertThat(recorded(number)).containsOnlyOnce("engine.TaskReminded").containsOnlyOnce("engine.TaskEscalated");
    }

    @Test
    void remindsOnceWhenNodesMeetAtATask() throws Exception {
        String number = reviewWaitingFor(NEARLY_DUE);
        String id = task(number).getId();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<? extends Future<?>> looks = IntStream.range(0, 4)
                    .mapToObj(node -> nodes.submit(() -> late.attend(id)))
                    .toList();
            for (Future<?> look : looks) {
                look.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(recorded(number)).containsOnlyOnce("engine.TaskReminded");
    }

    @Test
    void remindsABoardOfItsVotesAndTellsTheChairBeforeTheDeadline() {
        VoteFixture board = new VoteFixture(boards, process, tasks, transactions);
        board.convene();
        try {
            Change early = voteOpenFor(board, Duration.ofHours(23));
            Change change = voteOpenFor(board, Duration.ofHours(49));
            String number = change.number();

            sweep.sweep();
            assertThat(recorded(early.number())).isEmpty();
            assertThat(recorded(number)).hasSize(5).containsOnly("engine.TaskReminded");

            board.vote(change, OSKAR, Vote.APPROVE);
            sweep.sweep();
            assertThat(recorded(number).stream().filter("engine.TaskEscalated"::equals))
                    .hasSize(4);
            assertThat(list.list(new TaskFilter(number, "CastVote", null, false), page())
                            .items())
                    .hasSize(4);
            assertThat(told(number))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "board:cab:chair", "cab-chair",
                            "board:cab:business", "chris",
                            "board:cab:change-management", "chris",
                            "board:cab:security", "chris"));

            // The chair sees whose vote is missing, and has one vote all the same.
            board.vote(change, CHRIS, Vote.APPROVE);
            assertThatThrownBy(() -> board.vote(change, CHRIS, Vote.APPROVE)).isInstanceOf(ProblemException.class);
            board.vote(change, MONA, Vote.APPROVE);
            clock.set(Instant.now().plus(Duration.ofHours(24)));
            passDeadline(number);
            assertThat(engineTasks
                            .createTaskQuery()
                            .processInstanceBusinessKey(number)
                            .count())
                    .isZero();
            assertThat(changes.find(number).state()).isEqualTo(ChangeState.SCHEDULED);
        } finally {
            board.dissolve();
        }
    }

    @Test
    void tellsTheChairOfTheBoardThatVotesAndOfNoOther() {
        VoteFixture first = new VoteFixture(boards, process, tasks, transactions);
        VoteFixture second = new VoteFixture("storage", boards, process, tasks, transactions);
        tables.releaseAll();
        first.convene();
        second.convene(
                2,
                Set.of(
                        new BoardMember("chair", "mona", true, false, true),
                        new BoardMember("business", "carla", false, false, false),
                        new BoardMember("operations", "oskar", false, false, false)),
                Set.of());
        try {
            String before = voteOpenFor(first, Duration.ofHours(49)).number();
            tables.bringIn(
                    "ChooseApprovers",
                    TableFixture.shipped("ChooseApprovers").replace("\"cab\"", "\"storage\""),
                    "ann",
                    "ben");
            String number = voteOpenFor(second, Duration.ofHours(49)).number();

            sweep.sweep();
            sweep.sweep();

            assertThat(told(before)).containsEntry("board:cab:operations", "chris");
            assertThat(told(number))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "board:storage:chair", "cab-chair",
                            "board:storage:business", "mona",
                            "board:storage:operations", "mona"));
            assertThat(seatsShown(MONA, number))
                    .containsExactlyInAnyOrder(
                            "board:storage:chair", "board:storage:business", "board:storage:operations");
            assertThat(seatsShown(MONA, before)).containsExactly("board:cab:change-management");
            assertThat(seatsShown(CHRIS, number))
                    .as("by the role, as the chair is late")
                    .containsExactly("board:storage:chair");
            assertThat(readersOf(number, "board:storage:business")).containsExactlyInAnyOrder("carla", "mona");
            assertThat(jdbc.queryForList(
                            "select payload from audit_entry where object = ? and action = 'engine.TaskEscalated'",
                            String.class,
                            number))
                    .filteredOn(entry -> entry.replace(" ", "").contains("\"person\":\"" + trail.person("mona") + "\""))
                    .hasSize(2);
        } finally {
            first.dissolve();
            second.dissolve();
            tables.releaseAll();
        }
    }

    /** To whom the late votes were escalated, by the seat that is asked. */
    private Map<String, String> told(String number) {
        return list.list(new TaskFilter(number, "CastVote", null, false), page()).items().stream()
                .collect(Collectors.toMap(task -> task.groups().first(), task -> String.join(",", task.escalatedTo())));
    }

    private List<String> seatsShown(SignedIn person, String number) {
        return person.does(() -> list.list(new TaskFilter(number, "CastVote", null, true), page())).items().stream()
                .map(task -> task.groups().first())
                .toList();
    }

    /** Who, by name, finds the task of this seat in the Tasklist. */
    private List<String> readersOf(String number, String seat) {
        String task = engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskCandidateGroup(seat)
                .includeAssignedTasks()
                .singleResult()
                .getId();
        return authorizations.createAuthorizationQuery().resourceType(Resources.TASK).resourceId(task).list().stream()
                .map(Authorization::getUserId)
                .filter(Objects::nonNull)
                .toList();
    }

    private Change voteOpenFor(VoteFixture board, Duration time) {
        clock.set(Instant.now().minus(time));
        return board.beforeTheBoard(ChangeFixture.windowIn(clock.instant(), Duration.ofDays(30)));
    }

    private void passDeadline(String number) {
        String instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .processDefinitionKey("CabReview")
                .singleResult()
                .getId();
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(instance)
                .activityId("Event_DeadlinePassed")
                .singleResult()
                .getId());
    }

    @Test
    void forgetsTasksThatAreDone() {
        String number = reviewWaitingFor(NEARLY_DUE);
        sweep.sweep();
        String id = task(number).getId();
        assertThat(rows(id)).isOne();

        THEO.runs(() ->
                tasks.submit(number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "At last")));
        sweep.sweep();

        assertThat(rows(id)).isZero();
    }

    private String reviewWaitingFor(Duration time) {
        clock.set(Instant.now().minus(time));
        return submitted("nova", "production", Duration.ofDays(30));
    }

    private String changeReviewWaitingFor(Duration time) {
        clock.set(Instant.now().minus(time));
        String number = submitted("oslo-config", "dev", Duration.ofMinutes(-5));
        THEO.runs(() ->
                tasks.submit(number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "Sound")));
        OSKAR.runs(() -> tasks.submit(number, "ImplementChange", null, Map.of("result", "UNSUCCESSFUL")));
        return number;
    }

    private String submitted(String service, String environment, Duration untilWindow) {
        return RITA.does(() -> {
            Person rita = new Person("rita", Set.of("requester"));
            Change raised = process.raise(
                    rita,
                    ChangeFixture.content(service, environment, ChangeFixture.windowIn(clock.instant(), untilWindow)));
            return process.submit(rita, raised.number()).number();
        });
    }

    private static Person manager() {
        return new Person("mona", Set.of("change-manager"));
    }

    private static PageQuery page() {
        return new PageQuery(null, 10);
    }

    private Task task(String number) {
        return engineTasks.createTaskQuery().processInstanceBusinessKey(number).singleResult();
    }

    private TaskSummary summary(String number) {
        return list.list(new TaskFilter(number, null, null, false), page())
                .items()
                .get(0);
    }

    private boolean mayRead(String number, String group) {
        return authorizations
                        .createAuthorizationQuery()
                        .resourceType(Resources.TASK)
                        .resourceId(task(number).getId())
                        .groupIdIn(group)
                        .count()
                > 0;
    }

    private List<String> recorded(String number) {
        return jdbc.queryForList(
                "select action from audit_entry where object = ? and (action like 'engine.%' or action = 'change.Closed')"
                        + " order by n",
                String.class, number);
    }

    private int rows(String task) {
        return jdbc.queryForObject("select count(*) from task_attention where task_id = ?", Integer.class, task);
    }
}
