package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
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
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Every path of {@code ReleaseCriterion.bpmn}, and what it makes of the readiness. */
@ProcessTest
@OnH2
class CriteriaProcessTests {

    private static final SignedIn QUINN = new SignedIn("quinn", "qa-lead");

    @Autowired
    BeanFactory beans;

    @Autowired
    Criteria criteria;

    @Autowired
    Releases releases;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskService engineTasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identities;

    @Autowired
    ProcessEngine engine;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    private String release;

    @BeforeEach
    void begin() {
        AbstractAssertions.init(engine);
        ChangeFixture.catalog(jdbc);
        BoardFixture.people(identities);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        BoardFixture.person(identities, "alma.auditor", "auditor");
        clock.enterUntouchedTime();
        release = ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void asksItsOwnerFromWhenTheReleaseIsStarted() {
        String criterion = added("oskar", null);
        assertThat(instance(criterion))
                .as("nobody is asked of a release that is planned")
                .isNull();
        assertThat(items()).extracting(ReadinessItem::met).containsExactly(false);

        ROLF.runs(() -> releases.start(release));

        assertThat(instance(criterion)).isWaitingAtExactly("Activity_ConfirmCriterion");
        assertThat(engineTasks
                        .createTaskQuery()
                        .processInstanceBusinessKey(criterion)
                        .taskCandidateUser("oskar")
                        .singleResult()
                        .getDueDate())
                .isEqualTo(due());
        String later = added(null, "qa-lead");
        assertThat(instance(later)).as("of one that is under way at once").isWaitingAt("Activity_ConfirmCriterion");
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(criterion)
                        .count())
                .as("and nobody twice")
                .isOne();
    }

    @Test
    void isConfirmedByItsOwnerAndStaysReadable() {
        String criterion = asked("oskar", null);
        ProcessInstance instance = instance(criterion);
        assertThat(items()).singleElement().satisfies(item -> {
            assertThat(item.about()).isEqualTo(criterion);
            assertThat(item.sentence()).contains("\"The load test is green\" is not confirmed, though it should be by");
            assertThat(item.owner()).isEqualTo("oskar");
            assertThat(item.since()).isEqualTo(clock.instant());
        });
        clock.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> answer(MONA, criterion, "MET", "I think so")).isInstanceOf(ProblemException.class);
        answer(OSKAR, criterion, "MET", "Run 4711");

        assertThat(instance).isEnded().hasPassed("Event_CriterionAnswered");
        Criterion confirmed = criteria.find(criterion);
        assertThat(confirmed.state()).isEqualTo(Criterion.State.CONFIRMED);
        assertThat(confirmed.answers())
                .containsExactly(
                        new CriterionAnswer(CriterionAnswer.Kind.CONFIRMED, "oskar", clock.instant(), "Run 4711"));
        assertThat(items())
                .extracting(ReadinessItem::met, ReadinessItem::owner, ReadinessItem::since)
                .containsExactly(tuple(true, "oskar", null));
        assertThatThrownBy(() -> answer(OSKAR, criterion, "NOT_MET", "After all"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void isMissingSinceItWasAddedIfItsOwnerSaysNo() {
        Instant added = clock.instant();
        String criterion = asked(null, "qa-lead");
        clock.advance(Duration.ofHours(1));
        answer(QUINN, criterion, "NOT_MET", "Two of\nthe tests fail");

        assertThat(items()).singleElement().satisfies(item -> {
            assertThat(item.sentence())
                    .isEqualTo("\"The load test is green\" is not met, says quinn: Two of the tests fail");
            assertThat(item.owner()).isEqualTo("qa-lead");
            assertThat(item.since()).isEqualTo(added);
        });

        reopen(criterion);
        assertThat(instance(criterion)).isWaitingAt("Activity_ConfirmCriterion");
        answer(QUINN, criterion, "MET", "They pass");
        assertThat(items()).extracting(ReadinessItem::met).containsExactly(true);
        assertThat(criteria.find(criterion).answers())
                .extracting(CriterionAnswer::kind, CriterionAnswer::by)
                .containsExactly(
                        tuple(CriterionAnswer.Kind.NOT_MET, "quinn"),
                        tuple(CriterionAnswer.Kind.REOPENED, "rolf"),
                        tuple(CriterionAnswer.Kind.CONFIRMED, "quinn"));
    }

    @Test
    void isMissingAgainFromWhenItIsReopened() {
        String criterion = asked("oskar", null);
        assertThatThrownBy(() -> reopen(criterion))
                .as("it is open")
                .hasMessageContaining("is OPEN and cannot be reopened");
        answer(OSKAR, criterion, "MET", "Run 4711");
        clock.advance(Duration.ofHours(2));

        assertThatThrownBy(() -> OSKAR.runs(() -> criteria.reopen(release, criterion, due(), "Not mine to say")))
                .isInstanceOf(ProblemException.class);
        reopen(criterion);

        assertThat(items())
                .extracting(ReadinessItem::met, ReadinessItem::owner, ReadinessItem::since)
                .containsExactly(tuple(false, "oskar", clock.instant()));
        assertThat(criteria.find(criterion).answers())
                .extracting(CriterionAnswer::kind)
                .as("what was confirmed stays on record")
                .containsExactly(CriterionAnswer.Kind.CONFIRMED, CriterionAnswer.Kind.REOPENED);
    }

    @Test
    void countsNoLongerOnceItIsWithdrawn() {
        String criterion = asked("oskar", null);
        ProcessInstance instance = instance(criterion);

        ROLF.runs(() -> criteria.withdraw(release, criterion, "Nobody tests that any more"));

        assertThat(instance).isEnded().hasPassed("Event_NothingLeftToConfirm");
        assertThat(items()).isEmpty();
        assertThat(criteria.of(release)).extracting(Criterion::state).containsExactly(Criterion.State.WITHDRAWN);
        assertThatThrownBy(() -> reopen(criterion)).hasMessageContaining("is WITHDRAWN");
    }

    @Test
    void asksNobodyOnceTheReleaseIsOver() {
        String open = asked("oskar", null);
        String confirmed = added(null, "qa-lead");
        answer(QUINN, confirmed, "MET", "Run 4711");
        ProcessInstance instance = instance(open);

        ROLF.runs(() -> tasks.submit(
                release, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "RETIRE", "reason", "Merged")));

        assertThat(instance).isEnded();
        assertThat(criteria.of(release))
                .extracting(Criterion::state)
                .containsExactly(Criterion.State.WITHDRAWN, Criterion.State.CONFIRMED);
        assertThat(criteria.find(open).answers())
                .extracting(CriterionAnswer::by, CriterionAnswer::note)
                .containsExactly(tuple(null, "The release is RETIRED."));
        assertThatThrownBy(() -> added("oskar", null)).hasMessageContaining("its criteria stay as they are");
    }

    @Test
    void isSeenByTheSeatsWithItsOwnerAndSinceWhen() {
        String criterion = asked("oskar", null);
        ROLF.runs(() -> tasks.submit(release, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));

        assertThat(decisions.of(release).get(0).readiness().text())
                .contains("missing: confirmed " + criterion + ", \"The load test is green\" is not confirmed")
                .containsPattern("; ask oskar, missing since \\d+ \\w+ \\d{4}")
                .contains("missing: rollout-plan, people deploy all of it by hand")
                .contains("; ask nova, missing since");
    }

    @Test
    void takesTheCriteriaOfATemplate() {
        transactions.executeWithoutResult(status -> criteria.add(
                releases.lock(release),
                List.of(
                        new CriterionContent("The load test is green", null, null, "qa-lead", due()),
                        new CriterionContent("No finding is open", null, null, "security-officer", due()))));

        assertThat(items()).extracting(ReadinessItem::owner).containsExactly("qa-lead", "security-officer");
        assertThat(decisions.readinessNotesOf(release).get(0).missing())
                .extracting(ReadinessNote.Missing::owner)
                .contains("qa-lead", "security-officer");
    }

    @Test
    void asksAgainAboutOneWhoseProcessIsDeleted() {
        String criterion = asked("oskar", null);
        InsideTheEngine.run(
                engine, () -> runtime.deleteProcessInstance(instance(criterion).getId(), "by mistake"));

        LostProcessesDriver.find(beans);

        answer(OSKAR, criterion, "MET", "Run 4711");
        assertThat(items()).extracting(ReadinessItem::met).containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, 0, must be given",
                "oskar, qa-lead, 0, not both",
                "nobody, -, 0, somebody who can sign in",
                "alma.auditor, -, 0, which never may",
                "-, auditor, 0, a role that may",
                "oskar, -, -200, must be in the future",
                "oskar, -, 200, not after the window"
            })
    void saysWhatIsWrong(@Nullable String owner, @Nullable String group, int hoursLater, String said) {
        assertThatThrownBy(() -> ROLF.runs(() -> criteria.add(
                        release,
                        new CriterionContent(
                                "The load test is green",
                                null,
                                owner,
                                group,
                                due().plus(Duration.ofHours(hoursLater))))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().toString()).contains(said));
        assertThat(criteria.of(release)).isEmpty();
    }

    private Instant due() {
        return releases.find(release).content().window().startsAt();
    }

    private String added(@Nullable String owner, @Nullable String group) {
        return ROLF.does(() -> criteria.add(
                        release, new CriterionContent("The load test is green", "A thousand", owner, group, due()))
                .number());
    }

    private String asked(@Nullable String owner, @Nullable String group) {
        ROLF.runs(() -> releases.start(release));
        return added(owner, group);
    }

    private void answer(SignedIn who, String criterion, String answer, String note) {
        who.runs(() -> tasks.submit(criterion, CriterionModel.CONFIRM, null, Map.of("answer", answer, "note", note)));
    }

    private void reopen(String criterion) {
        ROLF.runs(() -> criteria.reopen(release, criterion, due(), "Another version"));
    }

    private List<ReadinessItem> items() {
        return decisions.readinessOf(release).items().stream()
                .filter(item -> item.criterion().equals("confirmed"))
                .toList();
    }

    private @Nullable ProcessInstance instance(String criterion) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(criterion, "ReleaseCriterion")
                .singleResult();
    }
}
