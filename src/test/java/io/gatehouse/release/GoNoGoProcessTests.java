package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.ChangeFixture;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every path of {@code GoNoGo.bpmn} and {@code GoCondition.bpmn}: quality votes, and security has a veto. */
@ProcessTest
@OnH2
class GoNoGoProcessTests {

    private static final SignedIn QUINN = new SignedIn("quinn", "qa-lead");

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    Freezes freezes;

    @Autowired
    Tasks tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService jobs;

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
        AbstractAssertions.init(engine);
        ChangeFixture.catalog(jdbc);
        BoardFixture.people(identities);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        BoardFixture.person(identities, "alma.auditor", "auditor");
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    /** As it follows from the lines, which grow in number with what is looked at. */
    private static String score(GoNoGo decision) {
        List<String> lines = decision.readiness().text().lines().toList();
        long ready = lines.stream().filter(line -> line.startsWith("ready: ")).count();
        long missing =
                lines.stream().filter(line -> line.startsWith("missing: ")).count();
        assertThat(missing).isPositive();
        return "Readiness " + 100 * ready / (ready + missing) + " of 100\n";
    }

    @Test
    void goesWhenNobodySaysNo() {
        String number = asked();
        vote(QUINN, number, "GO", "");
        assertThat(newest(number).outcome()).as("security has not voted").isNull();

        vote(SASHA, number, "GO", "");

        GoNoGo decided = newest(number);
        assertThat(decided.outcome()).isEqualTo(GoNoGoOutcome.GO);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);
        assertThat(instance(number, "Release")).isWaitingAtExactly("Activity_RaiseProductionChange");
        assertThat(decided.readiness().text())
                .startsWith(score(decided))
                .contains("ready: freeze-clear, no freeze is in its window");
    }

    @Test
    void comesBackIfItsWindowPassesWhileItWaitsForConditions() {
        String number = asked();
        Instant due = clock.instant().plus(Duration.ofHours(25));
        vote(QUINN, number, "CONDITIONAL_GO", "Repeat the load test | ops-lead | " + due);
        vote(SASHA, number, "GO", "");
        meet(OSKAR, conditions(number).get(0));

        clock.advance(Duration.ofHours(27));
        goOn(number);

        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause()).isEqualTo("It could go, but window.endsAt must be in the future");
        assertThat(newest(number).outcome()).isEqualTo(GoNoGoOutcome.CONDITIONAL_GO);
    }

    @Test
    void isOverAtOnceWithAVeto() {
        String number = asked();

        vote(SASHA, number, "NO_GO", "");

        GoNoGo decided = newest(number);
        assertThat(decided.outcome()).isEqualTo(GoNoGoOutcome.NO_GO);
        assertThat(decided.reason()).isEqualTo("The seat security-officer has a veto and says no.");
        assertThat(instance(number, "Release")).isWaitingAtExactly("Activity_ConfirmPackage");
        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause()).isEqualTo("No-go: " + decided.reason());
        assertThatThrownBy(() -> vote(QUINN, number, "GO", "")).isInstanceOf(ProblemException.class);
    }

    @Test
    void keepsMinutesWithWhoDisagreedAndWhatAllSaw() {
        Instant now = clock.instant();
        MONA.runs(() -> freezes.declare(
                "Summit",
                "everybody travels",
                now.plus(Duration.ofHours(20)),
                now.plus(Duration.ofDays(2)),
                null,
                null));
        String number = asked();
        vote(QUINN, number, "NO_GO", "");
        vote(SASHA, number, "GO", "");

        GoNoGo decided = newest(number);
        GoNoGo.Frozen minutes = Objects.requireNonNull(decided.minutes());
        assertThat(minutes.text())
                .contains(
                        "# Go/No-Go on " + number + ": Gazpacho",
                        "NO_GO: 1 of 2 seats say go\\, 1 no\\.",
                        "**qa-lead:** NO_GO (quinn, ",
                        "that is how I see it",
                        "**security-officer (veto):** GO (sasha, ",
                        "missing\\: freeze\\-clear\\, in its window is the freeze Summit",
                        decided.readiness().sha256());
        assertThat(minutes.sha256()).isEqualTo(Fingerprint.ofText(minutes.text()));
        assertThat(decided.readiness().sha256())
                .isEqualTo(Fingerprint.ofText(decided.readiness().text()));
        assertThat(decided.readiness().text()).startsWith(score(decided));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SASHA | GO    | 1 of 2 seats say go, 0 no.",
                "QUINN | NO_GO | The seat security-officer has a veto and has not voted in time.",
                "-     | NO_GO | The seat security-officer has a veto and has not voted in time."
            })
    void isDecidedWhenTheTimeIsUp(String who, GoNoGoOutcome outcome, String because) {
        String number = asked();
        Stream.of(SASHA, QUINN)
                .filter(person -> person.id().equalsIgnoreCase(who))
                .forEach(person -> vote(person, number, "GO", ""));
        assertThat(newest(number).closesAt())
                .as("until the window opens")
                .isEqualTo(releases.find(number).content().window().startsAt());

        clock.advance(Duration.ofDays(1));
        fire(number, "GoNoGo", "Event_DeadlinePassed");

        assertThat(newest(number).outcome()).isEqualTo(outcome);
        assertThat(newest(number).reason()).isEqualTo(because);
    }

    @Test
    void goesOnceEveryConditionIsMet() {
        String number = asked();
        voteOnTwoConditions(number);
        assertThat(conditions(number)).as("nothing to do before it is decided").allSatisfy(condition -> assertThat(
                        instance(condition, "GoCondition"))
                .isNull());
        vote(SASHA, number, "GO", "");

        assertThat(newest(number).outcome()).isEqualTo(GoNoGoOutcome.CONDITIONAL_GO);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        List<String> conditions = conditions(number);
        assertThat(conditions).hasSize(2);
        assertThatThrownBy(() -> meet(OSKAR, conditions.get(1))).isInstanceOf(ProblemException.class);
        meet(OSKAR, conditions.get(0));
        assertThat(releases.find(number).state()).as("one is left").isEqualTo(ReleaseState.DECIDING);
        meet(MONA, conditions.get(1));
        goOn(number);

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);
        assertThat(newest(number).minutes()).isNotNull().satisfies(minutes -> assertThat(minutes.text())
                .contains("Repeat the load test (qa-lead; by ops\\-lead until", "MET, Did it"));
        assertThatThrownBy(() -> meet(MONA, conditions.get(1))).isInstanceOf(ProblemException.class);
    }

    @Test
    void doesNotGoWhenAConditionIsNotMetInTime() {
        String number = asked();
        voteOnTwoConditions(number);
        vote(SASHA, number, "GO", "");
        List<String> conditions = conditions(number);
        meet(MONA, conditions.get(1));

        clock.advance(Duration.ofHours(5));
        fire(conditions.get(0), "GoCondition", "Event_ConditionLapsed");
        goOn(number);

        GoNoGo decided = newest(number);
        assertThat(decided.outcome()).isEqualTo(GoNoGoOutcome.NO_GO);
        assertThat(decided.reason()).isEqualTo("Condition 1 was not met in time: Repeat the load test");
        assertThat(decided.conditions())
                .extracting(GoCondition::state)
                .containsExactly(GoCondition.State.LAPSED, GoCondition.State.MET);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
    }

    @Test
    void dropsWhatNobodyWaitsForAnyMore() {
        String number = asked();
        voteOnTwoConditions(number);
        vote(SASHA, number, "GO", "");
        List<String> conditions = conditions(number);
        ProcessInstance other = instance(conditions.get(1), "GoCondition");

        clock.advance(Duration.ofHours(5));
        fire(conditions.get(0), "GoCondition", "Event_ConditionLapsed");

        assertThat(other).isEnded().hasPassed("Event_NothingLeftToMeet");
        assertThat(newest(number).conditions())
                .extracting(GoCondition::state)
                .containsExactly(GoCondition.State.LAPSED, GoCondition.State.DROPPED);
    }

    @Test
    void dropsTheConditionsOfWhoIsOutvoted() {
        String number = asked();
        vote(
                QUINN,
                number,
                "CONDITIONAL_GO",
                "Repeat the load test | ops-lead | " + clock.instant().plus(Duration.ofHours(5)));

        vote(SASHA, number, "NO_GO", "");

        assertThat(newest(number).conditions())
                .extracting(GoCondition::state)
                .containsExactly(GoCondition.State.DROPPED);
    }

    /** As a redrawn model would that leaves a step out. */
    @Test
    void isNeitherCountedNorConcludedTooEarly() {
        String number = asked();
        vote(
                QUINN,
                number,
                "CONDITIONAL_GO",
                "Look again | ops-lead | " + clock.instant().plus(Duration.ofHours(5)));

        assertThatThrownBy(() -> decisions.count(number)).hasMessageContaining("still voting");
        assertThatThrownBy(() -> decisions.conclude(number)).hasMessageContaining("not decided yet");
        vote(SASHA, number, "GO", "");
        assertThatThrownBy(() -> decisions.conclude(number))
                .as("a condition is left")
                .hasMessageContaining("not decided yet");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(newest(number).minutes()).isNull();
    }

    @Test
    void takesOneVoteOfAPersonAndOfASeat() {
        String number = asked();
        SignedIn both = new SignedIn("quinn", "qa-lead", "security-officer");
        assertThatThrownBy(() -> vote(RITA, number, "GO", "")).isInstanceOf(ProblemException.class);

        vote(both, number, "GO", "");

        assertThatThrownBy(() -> vote(both, number, "GO", "")).hasMessageContaining("a person fills one seat");
        assertThat(newest(number).votes()).hasSize(1);
    }

    @Test
    void takesOneVoteOfASeatAtTheSameTime() {
        String number = asked();
        SignedIn other = new SignedIn("quentin", "qa-lead");
        CyclicBarrier together = new CyclicBarrier(2);

        List<Optional<Throwable>> refused = Stream.of(QUINN, other)
                .map(who -> CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
                    together.await();
                    vote(who, number, "GO", "");
                })))
                .toList()
                .stream()
                .map(vote -> Optional.ofNullable(vote.join()))
                .toList();

        assertThat(refused.stream().flatMap(Optional::stream))
                .singleElement()
                .isInstanceOfAny(ProblemException.class, OptimisticLockingException.class);
        assertThat(newest(number).votes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CONDITIONAL_GO; ''; must say on which conditions",
                "GO; Look again|ops-lead|2031-01-01T00:00:00Z; must be empty unless",
                "CONDITIONAL_GO; Look again|ops-lead; who does it",
                "CONDITIONAL_GO; Look again|ops-lead|tomorrow; with an offset",
                "CONDITIONAL_GO; Look again|gone.away|2040-01-01T00:00:00Z; somebody who can sign in",
                "CONDITIONAL_GO; Look again|nobody|2040-01-01T00:00:00Z; somebody who can sign in",
                "CONDITIONAL_GO; Look again|alma.auditor|2040-01-01T00:00:00Z; which never may",
                "CONDITIONAL_GO; Look again|auditor|2040-01-01T00:00:00Z; a role that may",
                "CONDITIONAL_GO; Look again|ops-lead|2020-01-01T00:00:00Z; must be in the future",
                "CONDITIONAL_GO; Look again|ops-lead|2090-01-01T00:00:00Z; not after the window"
            })
    void saysWhatIsWrongWithConditions(String vote, String conditions, String said) {
        String number = asked();

        assertThatThrownBy(() -> vote(QUINN, number, vote, conditions))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().toString()).contains("conditions", said));

        assertThat(newest(number).votes()).isEmpty();
    }

    @Test
    void asksItsSeatsAgainWhenItsProcessIsDeleted() {
        String number = asked();
        vote(QUINN, number, "GO", "");
        delete(number);

        LostProcessesDriver.find(beans);

        assertThat(decisions.of(number)).hasSize(2);
        assertThat(decisions.of(number).get(0).outcome()).isEqualTo(GoNoGoOutcome.NO_GO);
        assertThat(newest(number).openSeats()).hasSize(2);
        vote(QUINN, number, "GO", "");
        vote(SASHA, number, "GO", "");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    @Test
    void asksForAConditionAgainWhoseProcessIsDeleted() {
        String number = asked();
        vote(
                QUINN,
                number,
                "CONDITIONAL_GO",
                "Repeat the load test | ops-lead | " + clock.instant().plus(Duration.ofHours(5)));
        vote(SASHA, number, "GO", "");
        String condition = conditions(number).get(0);
        InsideTheEngine.run(
                engine,
                () -> runtime.deleteProcessInstance(
                        instance(condition, "GoCondition").getId(), "by mistake"));

        LostProcessesDriver.find(beans);

        meet(OSKAR, condition);
        goOn(number);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    private String asked() {
        String number = ROLF.does(() -> releases.start(
                        releases.plan(ReleaseFixture.content(clock.instant())).number())
                .number());
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        return number;
    }

    private void vote(SignedIn who, String number, String vote, String conditions) {
        who.runs(() -> tasks.submit(
                number,
                ReleaseModel.VOTE,
                null,
                Map.of("vote", vote, "reason", "that is how I see it", "conditions", conditions)));
    }

    /** Operations and mona have five hours. */
    private void voteOnTwoConditions(String number) {
        Instant due = clock.instant().plus(Duration.ofHours(5));
        vote(
                QUINN,
                number,
                "CONDITIONAL_GO",
                "Repeat the load test | ops-lead | " + due + "\nTell the users|mona|" + due);
    }

    private void meet(SignedIn who, String condition) {
        who.runs(() -> tasks.submit(condition, ReleaseModel.MEET_CONDITION, null, Map.of("note", "Did it")));
    }

    private GoNoGo newest(String number) {
        List<GoNoGo> all = decisions.of(number);
        return all.get(all.size() - 1);
    }

    private List<String> conditions(String number) {
        return newest(number).conditions().stream().map(GoCondition::number).toList();
    }

    /** What follows the last condition is done in a transaction of its own. */
    private void goOn(String number) {
        fire(number, "GoNoGo", "Event_ConditionsSettled");
    }

    private void fire(String number, String process, String activity) {
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(instance(number, process).getId())
                .activityId(activity)
                .singleResult()
                .getId());
    }

    private ProcessInstance instance(String number, String process) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number, process)
                .singleResult();
    }

    private void delete(String number) {
        InsideTheEngine.run(
                engine,
                () -> runtime.deleteProcessInstance(instance(number, "Release").getId(), "by mistake"));
    }
}
