package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.access.Person;
import io.gatehouse.access.PersonStates;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.BoardOutcome;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Clearance;
import io.gatehouse.change.Duties;
import io.gatehouse.change.Objection;
import io.gatehouse.change.TableFixture;
import io.gatehouse.change.TaskPhase;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.TaskFilter;
import io.gatehouse.engine.TaskList;
import io.gatehouse.engine.TaskSummary;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@ProcessTest
@OnH2
class CabReviewProcessTests {

    @Autowired
    private Boards boards;

    @Autowired
    private Ballots ballots;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private Changes changes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Authorization authorization;

    @Autowired
    private Clearance clearance;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private ChangeTasks changeTasks;

    @Autowired
    private Duties duties;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskList list;

    @Autowired
    private PersonStates states;

    @Autowired
    private TableFixture tables;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private VoteFixture fixture;

    @BeforeEach
    void convene() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        fixture = new VoteFixture(boards, process, tasks, transactions);
        fixture.convene();
    }

    @AfterEach
    void dissolve() {
        fixture.dissolve();
        clock.reset();
    }

    @Test
    void approvesAsSoonAsNothingCouldTurnTheVote() {
        Change change = fixture.beforeTheBoard(inAWeek());
        assertThat(voters(change)).containsExactlyInAnyOrder("chris", "carla", "mona", "oskar", "sasha");

        fixture.vote(change, CHRIS, Vote.APPROVE);
        fixture.vote(change, OSKAR, Vote.APPROVE);
        fixture.vote(change, CARLA, Vote.APPROVE);
        // Security may still veto.
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
        fixture.vote(change, SASHA, Vote.APPROVE);

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(voters(change)).isEmpty();
        assertThat(seat(change)).isEqualTo(Approval.Decision.APPROVED);
        assertThat(last(change).outcome()).isEqualTo(BoardOutcome.APPROVED);
    }

    @Test
    void endsAtOnceOnAVeto() {
        Change change = fixture.beforeTheBoard(inAWeek());

        fixture.vote(change, SASHA, Vote.VETO);

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause()).contains("a seat with a veto is against it");
        assertThat(last(change).outcome()).isEqualTo(BoardOutcome.REJECTED);
        assertThat(voters(change)).isEmpty();
    }

    @Test
    void rejectsOnceNoMajorityIsLeft() {
        Change change = fixture.beforeTheBoard(inAWeek());

        fixture.vote(change, CHRIS, Vote.REJECT);
        fixture.vote(change, OSKAR, Vote.ABSTAIN);
        fixture.vote(change, CARLA, Vote.REJECT);
        assertThat(state(change)).isEqualTo(ChangeState.NEW);

        assertThat(last(change).outcome()).isEqualTo(BoardOutcome.REJECTED);
    }

    @Test
    void approvesAtTheDeadlineWhatHasAQuorumAndAMajority() {
        Change change = fixture.beforeTheBoard(inAWeek());
        fixture.vote(change, CHRIS, Vote.APPROVE);
        fixture.vote(change, OSKAR, Vote.APPROVE);
        fixture.vote(change, CARLA, Vote.REJECT);

        passDeadline(change);

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(voters(change)).isEmpty();
    }

    @Test
    void rejectsAtTheDeadlineWhatHasAQuorumAndNoMajority() {
        Change change = fixture.beforeTheBoard(inAWeek());
        fixture.vote(change, CHRIS, Vote.APPROVE);
        fixture.vote(change, OSKAR, Vote.REJECT);
        fixture.vote(change, CARLA, Vote.REJECT);
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);

        passDeadline(change);

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(last(change).outcome()).isEqualTo(BoardOutcome.REJECTED);
        assertThat(voters(change)).isEmpty();
    }

    @Test
    void votesAgainAfterAVoteWithoutAQuorum() {
        Change change = fixture.beforeTheBoard(inAWeek());
        fixture.vote(change, OSKAR, Vote.APPROVE);
        fixture.vote(change, CARLA, Vote.APPROVE);
        fixture.vote(change, MONA, Vote.APPROVE);

        passDeadline(change);

        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
        assertThat(last(change).outcome()).isEqualTo(BoardOutcome.DEFERRED);
        assertThat(seat(change)).isEqualTo(Approval.Decision.PENDING);
        fixture.settle(change, CHRIS, "VOTE_AGAIN");
        approveByAll(change);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(ballots.viewsOf(change.number()))
                .extracting(BallotView::ballot, BallotView::outcome)
                .containsExactly(tuple(1, BoardOutcome.DEFERRED), tuple(2, BoardOutcome.APPROVED));
    }

    @Test
    void sendsBackWhatTheChairGivesUpAfterAVoteWithoutAQuorum() {
        Change change = fixture.beforeTheBoard(inAWeek());
        passDeadline(change);

        fixture.settle(change, MONA, "SEND_BACK");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause()).contains("decided nothing: so be it");
    }

    @Test
    void asksTheChairWhereNobodyMayVote() {
        fixture.convene(1, Set.of(new BoardMember("chair", "rita", true, false, true)), Set.of());
        Change change = fixture.beforeTheBoard(inAWeek());

        assertThat(voters(change)).isEmpty();
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
        assertThat(last(change).reason()).isEqualTo("nobody of the board may vote");
        fixture.convene();
        fixture.settle(change, CHRIS, "VOTE_AGAIN");
        approveByAll(change);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void doesNotStartBeforeItsConditionsAreMet() {
        Change change = fixture.beforeTheBoard(soon());
        fixture.vote(change, CHRIS, Vote.APPROVE, "A tried way back", "Somebody on call");
        assertThat(last(change).conditions())
                .extracting(BallotView.Demanded::task)
                .as("of a vote that is not settled")
                .containsOnlyNulls();
        fixture.vote(change, OSKAR, Vote.APPROVE);
        fixture.vote(change, SASHA, Vote.APPROVE, "No customer data in the logs");
        assertThat(last(change).outcome()).isEqualTo(BoardOutcome.APPROVED_WITH_CONDITIONS);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        ballots.meet(change.number(), 1, person(MONA), "tried on Monday");

        openWindow(change);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);

        ballots.meet(change.number(), 3, person(MONA), "looked");
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThatThrownBy(() -> ballots.meet(change.number(), 3, person(CHRIS), "again"))
                .hasMessageContaining("met already");
        assertThatThrownBy(() -> ballots.meet(change.number(), 9, person(CHRIS), "which"))
                .hasMessageContaining("no condition 9");
        assertThatThrownBy(() -> ballots.meet(change.number(), 2, person(RITA), "mine"))
                .hasMessageContaining("somebody else");
        ballots.meet(change.number(), 2, person(CHRIS), "Oskar is");
        fire(change, "NormalChange", "Event_PrerequisiteMet");
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void makesATaskOfEachConditionWhichIsMetWhenSomebodyElseAcceptsIt() {
        Change change = approvedOnCondition();
        ChangeTask task = changeTasks.of(change).get(0);
        assertThat(task.content().instructions()).isEqualTo("A tried way back");
        assertThat(task.condition()).isEqualTo(new ChangeTask.ConditionKey(change.approvalRound(), 1));
        assertThat(last(change).conditions())
                .extracting(BallotView.Demanded::demanded, BallotView.Demanded::task)
                .containsExactly(tuple("A tried way back", task.number()));
        openWindow(change);

        // Of the team of the service, and even its requester: what counts is that somebody else accepts it.
        SignedIn member = new SignedIn("rita", "requester", "nova", "keystone", "oslo");
        member.runs(() -> tasks.submit(
                task.number(), "DoChangeTask", null, Map.of("action", "DONE", "note", "Tried it on Monday")));
        assertThat(changeTasks.get(task.number()).state()).isEqualTo(ChangeTask.State.DONE);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThatThrownBy(() -> ballots.meet(change.number(), 1, person(RITA), "mine"))
                .hasMessageContaining("somebody else");

        ballots.meet(change.number(), 1, person(CHRIS), "Read how it went");
        fire(change, "NormalChange", "Event_PrerequisiteMet");
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void hasTheTaskOfAConditionDoneByWhoeverAcceptsIt() {
        Change change = approvedOnCondition();
        openWindow(change);

        ballots.meet(change.number(), 1, person(CHRIS), "I was there");

        ChangeTask task = changeTasks.of(change).get(0);
        assertThat(task.state()).isEqualTo(ChangeTask.State.DONE);
        assertThat(task.endedBy()).isEqualTo("chris");
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(task.number())
                        .count())
                .isZero();
        fire(change, "NormalChange", "Event_PrerequisiteMet");
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void waivesNoConditionWithItsTask() {
        Change change = approvedOnCondition();
        openWindow(change);

        MONA.runs(() -> changeTasks.cancel(changeTasks.of(change).get(0).number(), "No time"));

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void dropsTheTasksOfConditionsWithTheApproval() {
        Change change = approvedOnCondition();

        RITA.runs(() -> process.revise(person(RITA), change.number(), "Another plan"));

        ChangeTask dropped = changeTasks.of(change).get(0);
        assertThat(dropped.state()).isEqualTo(ChangeTask.State.CANCELED);
        assertThat(last(change).conditions())
                .extracting(BallotView.Demanded::task)
                .as("what it had become stays named")
                .containsExactly(dropped.number());
    }

    private Change approvedOnCondition() {
        Change change = fixture.beforeTheBoard(soon());
        fixture.vote(change, CHRIS, Vote.APPROVE, "A tried way back");
        fixture.vote(change, OSKAR, Vote.APPROVE);
        fixture.vote(change, SASHA, Vote.APPROVE);
        assertThat(last(change).outcome()).isEqualTo(BoardOutcome.APPROVED_WITH_CONDITIONS);
        return change;
    }

    @Test
    void losesNoTimeOnHold() {
        Change change = fixture.beforeTheBoard(inAWeek());
        fixture.vote(change, CHRIS, Vote.APPROVE);
        List<String> waiting = taskIds(change);
        process.hold(person(MONA), change.number(), "the data centre is flooded");
        assertThatThrownBy(() -> fixture.vote(change, OSKAR, Vote.APPROVE)).hasMessageContaining("on hold");

        passDeadline(change);
        clock.advance(Duration.ofHours(1));
        process.resume(person(MONA), change.number());

        assertThat(taskIds(change)).isEqualTo(waiting);
        assertThat(last(change).closesAt()).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
        assertThat(waiting(change)).hasSize(4).allSatisfy(task -> {
            assertThat(task.getDueDate().toInstant())
                    .as("late while there is time to do something about it")
                    .isCloseTo(clock.instant().plus(Duration.ofHours(12)), within(1, ChronoUnit.SECONDS));
            assertThat(task.getFollowUpDate().toInstant())
                    .isBefore(task.getDueDate().toInstant());
        });
        fixture.vote(change, OSKAR, Vote.APPROVE);
        fixture.vote(change, CARLA, Vote.APPROVE);
        passDeadline(change);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void asksTheDelegateOfWhoMayNotComeInAnyMore() {
        Change change = fixture.beforeTheBoard(inAWeek());
        assertThat(voters(change)).contains("oskar").doesNotContain("rolf");

        states.save("oskar", states.version("oskar"), true);
        try {
            ballots.offerAnew(change.number());
            assertThat(voters(change)).contains("rolf").doesNotContain("oskar");
            fixture.vote(change, ROLF, Vote.APPROVE);
        } finally {
            states.save("oskar", states.version("oskar"), false);
        }
    }

    @Test
    void votesOnARevisedChangeCountNoLonger() {
        Change change = fixture.beforeTheBoard(inAWeek());
        fixture.vote(change, CHRIS, Vote.APPROVE);
        fixture.vote(change, OSKAR, Vote.APPROVE);

        process.revise(person(RITA), change.number(), "something is missing");
        assertThat(voters(change)).isEmpty();
        RITA.runs(() -> process.submit(person(RITA), change.number()));
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "again")));

        assertThat(voters(change)).hasSize(5);
        assertThat(ballots.viewsOf(change.number()))
                .extracting(BallotView::round, BallotView::counts)
                .containsExactly(tuple(1, false), tuple(2, true));
        approveByAll(change);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void asksTheDelegateOfWhoIsAbsentOrHasAPartInTheChange() {
        fixture.convene(
                2,
                Set.of(
                        new BoardMember("chair", "chris", true, false, false),
                        new BoardMember("business", "carla", false, false, false),
                        new BoardMember("operations", "rita", false, false, true)),
                Set.of(new BoardAbsence(
                        "carla",
                        clock.instant().minus(Duration.ofDays(1)),
                        clock.instant().plus(Duration.ofDays(30)))));
        Change change = fixture.beforeTheBoard(inAWeek());

        assertThat(voters(change)).containsExactlyInAnyOrder("chris", "petra", "rolf");
        assertThatThrownBy(() -> fixture.vote(change, new SignedIn("rita", "cab-member"), Vote.APPROVE))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.vote(change, CARLA, Vote.APPROVE)).isInstanceOf(ProblemException.class);
        fixture.vote(change, VoteFixture.PETRA, Vote.APPROVE);
        fixture.vote(change, ROLF, Vote.APPROVE);
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(last(change).votes())
                .extracting(BallotView.Said::seat, BallotView.Said::person)
                .contains(tuple("operations", "rolf"));
    }

    @Test
    void refusesVotesThatAreNotThere() {
        Change change = fixture.beforeTheBoard(inAWeek());

        // Only security has a veto, and only an approval has conditions.
        assertThatThrownBy(() -> fixture.vote(change, OSKAR, Vote.VETO)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.vote(change, OSKAR, Vote.REJECT, "and mend it"))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.vote(change, new SignedIn("cleo", "cab-member"), Vote.APPROVE))
                .isInstanceOf(ProblemException.class);
        // Who found it sound has said so as technical approver.
        assertThatThrownBy(() -> fixture.vote(change, new SignedIn("theo", "cab-member"), Vote.APPROVE))
                .isInstanceOf(ProblemException.class);
        fixture.vote(change, OSKAR, Vote.APPROVE);
        assertThatThrownBy(() -> fixture.vote(change, OSKAR, Vote.REJECT)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.settle(change, CHRIS, "VOTE_AGAIN")).hasMessageContaining("not waiting");
        assertThat(last(change).votes()).hasSize(1);
    }

    @Test
    void asksSeatsFirstAndThenTheBoardWhereTwoVersionsOfThePolicySaySo() {
        tables.releaseAll();
        try {
            tables.bringIn("ChooseApprovers", seatsOnly(), "rita", "ann");
            Change change = fixture.beforeTheBoard(inAWeek());

            assertThat(voters(change)).isEmpty();
            new SignedIn("otto", "ops-lead")
                    .runs(() -> tasks.submit(
                            change.number(), "ApproveChange", null, Map.of("decision", "APPROVE", "reason", "fine")));

            assertThat(voters(change)).hasSize(5);
            approveByAll(change);
            assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        } finally {
            tables.releaseAll();
        }
    }

    /** Whatever process owners make of the table: without a quorum, a majority, or against a veto, nothing is approved. */
    @Test
    void aTableCannotApproveWithoutAQuorum() {
        tables.releaseAll();
        try {
            tables.bringIn("DecideCabOutcome", TableFixture.approvesWhateverIsVoted(), "ann", "ben");
            Change few = fixture.beforeTheBoard(inAWeek());
            Change against = fixture.beforeTheBoard(inAWeek());
            Change vetoed = fixture.beforeTheBoard(inAWeek());
            fixture.vote(few, OSKAR, Vote.APPROVE);
            List.of(CHRIS, OSKAR, CARLA).forEach(who -> fixture.vote(against, who, Vote.REJECT));
            fixture.vote(vetoed, SASHA, Vote.VETO);
            passDeadline(few);

            assertThat(List.of(few, against, vetoed)).allSatisfy(change -> {
                assertThat(last(change).outcome()).isEqualTo(BoardOutcome.DEFERRED);
                assertThat(last(change).reason()).isEqualTo("the votes carry no approval");
                assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
                assertThat(seat(change)).isEqualTo(Approval.Decision.PENDING);
            });
        } finally {
            tables.releaseAll();
        }
    }

    @Test
    void aTableCannotWaiveConditions() {
        tables.releaseAll();
        try {
            tables.bringIn("DecideCabOutcome", TableFixture.approvesWhateverIsVoted(), "ann", "ben");
            Change change = fixture.beforeTheBoard(inAWeek());
            fixture.vote(change, CHRIS, Vote.APPROVE, "A tried way back");
            List.of(OSKAR, CARLA, SASHA).forEach(who -> fixture.vote(change, who, Vote.APPROVE));

            assertThat(last(change).outcome()).isEqualTo(BoardOutcome.APPROVED_WITH_CONDITIONS);
            assertThat(changeTasks.of(change)).hasSize(1);
        } finally {
            tables.releaseAll();
        }
    }

    /** Of a version of the requester's making and the one before it: the one that says less than approved. */
    @Test
    void theStricterOfTwoVersionsHolds() {
        tables.releaseAll();
        try {
            tables.bringIn("DecideCabOutcome", defersEveryMajority(), "ann", "ben");
            tables.bringIn("DecideCabOutcome", TableFixture.approvesWhateverIsVoted(), "rita", "ann");
            Change change = fixture.beforeTheBoard(inAWeek());
            approveByAll(change);

            assertThat(last(change).outcome()).isEqualTo(BoardOutcome.DEFERRED);
            assertThat(last(change).reason()).isEqualTo("more votes for it than against it");
            assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
            assertThat(jdbc.queryForObject(
                            "select count(distinct table_version) from policy_decision where change_id = ?"
                                    + " and table_key = 'DecideCabOutcome'",
                            Integer.class,
                            Long.parseLong(change.number().substring(4))))
                    .isEqualTo(2);
        } finally {
            tables.releaseAll();
        }
    }

    private static String defersEveryMajority() {
        return TableFixture.shipped("DecideCabOutcome")
                .replaceFirst("(Outcome_Majority_out1\">\\s*<text>)\"APPROVED\"", "$1\"DEFERRED\"");
    }

    private static String seatsOnly() {
        return TableFixture.shipped("ChooseApprovers")
                .replace("\"CAB\"</text>", "\"SEATS\"</text>")
                .replace("\"cab\"", "\"\"")
                .replace("change-manager,ops-lead,cab-member,cab-chair,security-officer", "ops-lead");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from cab_vote where person = 'oskar' and ballot_id = ?",
                "update cab_vote set vote = 'ABSTAIN' where person = 'oskar' and ballot_id = ?",
                "update cab_vote set person = 'theo' where person = 'oskar' and ballot_id = ?",
                "update cab_vote set scope_sha256 = null where ballot_id = ?",
                "update cab_ballot set votes_sha256 = null where id = ?",
                "update cab_ballot set outcome = 'DEFERRED' where id = ?",
                "update cab_ballot set round = 9 where id = ?"
            })
    void countsTheVotesAgainBeforeAnythingIsTouched(String edit) {
        Change change = fixture.beforeTheBoard(soon());
        approveByAll(change);
        assertThat(holds(change)).isTrue();
        long ballot =
                jdbc.queryForObject("select id from cab_ballot where change_number = ?", Long.class, change.number());

        jdbc.update(edit, ballot);

        assertThat(holds(change)).isFalse();
        openWindow(change);
        assertThat(state(change)).isEqualTo(ChangeState.NEW);
    }

    @Test
    void looksAtTheVotesOfAChangeThatRuns() {
        Change change = fixture.beforeTheBoard(soon());
        approveByAll(change);
        openWindow(change);
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(clearance.look(change.number(), null).objection()).isNull();

        jdbc.update(
                "update cab_vote set vote = 'REJECT' where person = 'oskar' and ballot_id in (select id from cab_ballot where change_number = ?)",
                change.number());

        assertThat(clearance.look(change.number(), null).objection())
                .extracting(Objection::reason)
                .isEqualTo(Objection.Reason.NOT_APPROVED);
    }

    @Test
    void whoVotedDoesNotImplement() {
        Change change = fixture.beforeTheBoard(soon());
        approveByAll(change);
        openWindow(change);

        assertThatThrownBy(() -> implement(change, OSKAR)).hasMessageContaining("You voted on");
        implement(change, new SignedIn("otto", "ops-lead"));
        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);
    }

    @Test
    void whoVotedDoesNoTaskDuringTheImplementation() {
        Change change = fixture.beforeTheBoard(soon());
        String task = RITA.does(() -> changeTasks.add(
                        change.number(),
                        new ChangeTaskContent("Watch the load", null, TaskPhase.DURING, null, "ops-lead", null, null)))
                .number();
        approveByAll(change);
        openWindow(change);

        assertThatThrownBy(() -> done(task, OSKAR)).hasMessageContaining("You voted on");
        assertThat(changeTasks.get(task).state()).isEqualTo(ChangeTask.State.OPEN);
        done(task, new SignedIn("otto", "ops-lead"));
        assertThat(changeTasks.get(task).endedBy()).isEqualTo("otto");
    }

    private void done(String task, SignedIn who) {
        who.runs(() -> tasks.submit(task, "DoChangeTask", null, Map.of("action", "DONE", "note", "Looked at it")));
    }

    @Test
    void whoVotedOnAnEarlierVersionOnlyMayImplement() {
        Change change = fixture.beforeTheBoard(soon());
        fixture.vote(change, OSKAR, Vote.APPROVE);
        process.revise(person(RITA), change.number(), "something is missing");
        RITA.runs(() -> process.submit(person(RITA), change.number()));
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "again")));
        List.of(CHRIS, CARLA, MONA, SASHA).forEach(who -> fixture.vote(change, who, Vote.APPROVE));
        openWindow(change);

        assertThatThrownBy(() -> implement(change, new SignedIn("carla", "ops-lead")))
                .hasMessageContaining("You voted on");
        implement(change, OSKAR);
        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);
    }

    /** Nobody works on a change before it is approved, unless they go round the product: then it counts all the same. */
    @Test
    void whoHadAHandInItHasNoVote() {
        Change change = fixture.beforeTheBoard(inAWeek());
        transactions.executeWithoutResult(
                status -> duties.noteHandAtWork(changes.lock(change.number()), person(OSKAR)));

        ballots.offerAnew(change.number());

        assertThat(voters(change)).containsExactlyInAnyOrder("chris", "carla", "mona", "rolf", "sasha");
        assertThatThrownBy(() -> OSKAR.runs(() -> ballots.admit(change.number(), "operations", person(OSKAR))))
                .hasMessageContaining("You implemented");
        fixture.vote(change, ROLF, Vote.APPROVE);
        assertThat(last(change).votes()).extracting(BallotView.Said::person).containsExactly("rolf");
    }

    private void implement(Change change, SignedIn who) {
        who.runs(() -> tasks.submit(change.number(), "ImplementChange", null, Map.of("result", "SUCCESSFUL")));
    }

    @Test
    void asksTheDelegateOfWhoGoesAwayMeanwhile() {
        Change change = fixture.beforeTheBoard(inAWeek());
        fixture.convene(
                3,
                boards.get(VoteFixture.BOARD).members(),
                Set.of(new BoardAbsence(
                        "oskar", clock.instant(), clock.instant().plus(Duration.ofDays(30)))));

        ballots.offerAnew(change.number());

        assertThat(voters(change)).containsExactlyInAnyOrder("chris", "carla", "mona", "rolf", "sasha");
        assertThatThrownBy(() -> fixture.vote(change, OSKAR, Vote.APPROVE)).isInstanceOf(ProblemException.class);
        fixture.vote(change, ROLF, Vote.APPROVE);
        assertThat(last(change).votes()).hasSize(1);
        assertThat(entries(change, "cab.VoteOffered"))
                .filteredOn(entry -> entry.contains("\"seat\":\"operations\""))
                .last(InstanceOfAssertFactories.STRING)
                .contains("\"voter\":\"" + trail.person("rolf") + "\"");
    }

    @Test
    void theTrailSaysWhoVotedForWhom() {
        fixture.convene(
                3,
                boards.get(VoteFixture.BOARD).members(),
                Set.of(new BoardAbsence(
                        "carla",
                        clock.instant().minus(Duration.ofDays(1)),
                        clock.instant().plus(Duration.ofDays(30)))));
        Change change = fixture.beforeTheBoard(inAWeek());

        fixture.vote(change, VoteFixture.PETRA, Vote.APPROVE);
        fixture.vote(change, CHRIS, Vote.REJECT);

        assertThat(entries(change, "cab.BallotOpened"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("{\"seat\":\"business\",\"voter\":\"" + trail.person("petra") + "\"}")
                .contains("{\"seat\":\"chair\",\"voter\":\"" + trail.person("chris") + "\"}");
        List<String> cast = entries(change, "cab.VoteCast");
        assertThat(cast).hasSize(2);
        assertThat(cast.get(0))
                .startsWith(trail.person("petra") + "{")
                .contains("\"seat\":\"business\"", "\"vote\":\"APPROVE\"")
                .contains("\"member\":\"" + trail.person("carla") + "\"");
        assertThat(cast.get(1))
                .startsWith(trail.person("chris") + "{")
                .contains("\"seat\":\"chair\"", "\"vote\":\"REJECT\"")
                .as("a member votes for nobody else")
                .doesNotContain("member");
    }

    /** Who and what, of each, oldest first. */
    private List<String> entries(Change change, String action) {
        long ballot = jdbc.queryForObject(
                "select max(id) from cab_ballot where change_number = ?", Long.class, change.number());
        return jdbc
                .queryForList(
                        "select concat(actor, payload) from audit_entry where object = ? and action = ? order by n",
                        String.class,
                        AuditTrail.numbered("ballot", ballot),
                        action)
                .stream()
                .map(entry -> entry.replaceAll("\\s", ""))
                .toList();
    }

    @Test
    void theWaitingTasksOfAPersonAreThoseThatAskThemByName() {
        Change change = fixture.beforeTheBoard(inAWeek());
        TaskFilter mine = new TaskFilter(change.number(), "CastVote", null, true);

        assertThat(CARLA.does(() -> list.list(mine, page())).items())
                .extracting(TaskSummary::groups)
                .containsExactly(new TreeSet<>(Set.of("board:cab:business")));
        assertThat(THEO.does(() -> list.list(mine, page())).items()).isEmpty();
    }

    private static PageQuery page() {
        return new PageQuery(null, 50);
    }

    private boolean holds(Change change) {
        return authorization.holds(changes.find(change.number()));
    }

    private void approveByAll(Change change) {
        List.of(CHRIS, OSKAR, CARLA, SASHA).forEach(who -> fixture.vote(change, who, Vote.APPROVE));
    }

    private BallotView last(Change change) {
        List<BallotView> all = ballots.viewsOf(change.number());
        return all.get(all.size() - 1);
    }

    private Approval.Decision seat(Change change) {
        return approvals.of(changes.find(change.number())).stream()
                .filter(approval -> approval.seat().equals("board:" + VoteFixture.BOARD))
                .map(Approval::decision)
                .findFirst()
                .orElseThrow();
    }

    /** Who is asked for a vote, as the Tasklist finds them. */
    private List<String> voters(Change change) {
        return waiting(change).stream()
                .flatMap(task -> engineTasks.getIdentityLinksForTask(task.getId()).stream())
                .map(IdentityLink::getUserId)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<String> taskIds(Change change) {
        return waiting(change).stream().map(Task::getId).sorted().toList();
    }

    private List<Task> waiting(Change change) {
        return engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(change.number())
                .taskDefinitionKey("Activity_CastVote")
                .list();
    }

    private void passDeadline(Change change) {
        clock.advance(Duration.ofDays(3));
        fire(change, "CabReview", "Event_DeadlinePassed");
    }

    private void openWindow(Change change) {
        clock.advance(Duration.ofMinutes(61));
        fire(change, "NormalChange", "Event_WindowOpened");
    }

    private void fire(Change change, String model, String event) {
        String instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(change.number())
                .processDefinitionKey(model)
                .singleResult()
                .getId();
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(instance)
                .activityId(event)
                .singleResult()
                .getId());
    }

    private ChangeState state(Change change) {
        return changes.find(change.number()).state();
    }

    private Window inAWeek() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofDays(7));
    }

    private Window soon() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1));
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }
}
