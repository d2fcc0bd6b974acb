package io.gatehouse.change;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Evidence.Result;
import io.gatehouse.change.EvidenceFile.Requirement;
import io.gatehouse.change.EvidenceFile.State;
import io.gatehouse.change.EvidenceFile.Status;
import io.gatehouse.change.process.ChangeProcess;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nothing is approved by policy alone unless everything it wants is on file, and what was on file must stay so. */
@ProcessTest
@OnH2
class EvidenceTests {

    private static final Map<String, Object> APPROVE = Map.of("decision", "APPROVE", "reason", "sound");

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private EvidenceFiles files;

    @Autowired
    private EvidenceToApprove shown;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TableFixture tables;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    /** A policy that approves everything by itself, and wants a test report of everything. */
    @BeforeEach
    void begin() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        tables.releaseAll();
        tables.bringIn("RequireEvidence", TableFixture.requiresTests(), "ann", "ben");
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "ann", "ben");
    }

    @AfterEach
    void present() {
        tables.releaseAll();
        clock.reset();
    }

    @Test
    void aPolicyApprovesByItselfWhenEverythingIsOnFile() {
        Change change = submitted("oslo-config", "dev");
        provide(change, EvidenceKind.TEST_REPORT, Result.PASSED);

        review(change);

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(seats(change)).containsExactly("technical-approver");
    }

    @Test
    void peopleDecideWhenNothingIsOnFile() {
        Change change = submitted("oslo-config", "dev");

        review(change);

        assertAsksPeople(change, Status.MISSING);
    }

    @Test
    void peopleDecideWhenSomethingIsOnFile() {
        Change change = submitted("nova", "production");
        provide(change, EvidenceKind.TEST_REPORT, Result.PASSED);

        review(change);

        assertAsksPeople(change, Status.PARTIAL);
        assertThat(states(change)).containsExactly(State.ON_FILE, State.MISSING);
        assertThat(shown.about(changes.find(change.number())))
                .contains(
                        "PARTIAL",
                        "required: CODE_REVIEW, missing (",
                        "on file: TEST_REPORT PASSED https://ci.example/");
    }

    @Test
    void peopleDecideWhenTheLastReportFailed() {
        Change change = submitted("oslo-config", "dev");
        provide(change, EvidenceKind.TEST_REPORT, Result.PASSED);
        provide(change, EvidenceKind.TEST_REPORT, Result.FAILED);

        review(change);

        assertAsksPeople(change, Status.MISSING);
        assertThat(states(change)).containsExactly(State.FAILED);
    }

    @Test
    void peopleDecideWhenTheReportIsAboutAnotherVersion() {
        Change change = RITA.does(() -> process.raise(
                person(RITA),
                ChangeFixture.content(
                        "oslo-config", "dev", ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1)))));
        provide(change, EvidenceKind.TEST_REPORT, Result.PASSED);
        ChangeContent before = changes.find(change.number()).content();
        ChangeContent after = new ChangeContent(
                before.title(),
                before.description(),
                before.services(),
                before.environment(),
                before.window(),
                before.plans(),
                before.questionnaire(),
                before.links(),
                List.of(new Artifact("oslo-config", "2.0.1", "sha256:0123456789abcdef")));
        RITA.runs(() -> process.rewrite(person(RITA), changes.find(change.number()), after));
        RITA.runs(() -> process.submit(person(RITA), change.number()));

        review(change);

        assertAsksPeople(change, Status.MISSING);
        assertThat(states(change)).containsExactly(State.VOID);
    }

    @Test
    void peopleDecideWhenThePolicyWasNeverAskedForEvidence() {
        Change change = submitted("oslo-config", "dev");
        jdbc.update(
                "delete from policy_decision where table_key = 'RequireEvidence' and change_id = ?",
                ChangeNumber.idOf(change.number()).orElseThrow());

        review(change);

        assertAsksPeople(change, Status.MISSING);
    }

    @Test
    void doesNotStartWhenAReportFailedAfterTheApproval() {
        Change change = submitted("oslo-config", "dev");
        provide(change, EvidenceKind.TEST_REPORT, Result.PASSED);
        review(change);
        clock.advance(Duration.ofMinutes(1));
        provide(change, EvidenceKind.TEST_REPORT, Result.FAILED);

        openWindow(change);

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause())
                .contains("no longer what was approved: TEST_REPORT");
    }

    @Test
    void doesNotStartWhenWhatWasOnFileIsGone() {
        Change change = submitted("oslo-config", "dev");
        provide(change, EvidenceKind.TEST_REPORT, Result.PASSED);
        review(change);
        jdbc.update(
                "update change_service set new_digest = 'sha256:evil' where change_id = ?",
                ChangeNumber.idOf(change.number()).orElseThrow());

        openWindow(change);

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause()).contains("TEST_REPORT (void)");
    }

    @Test
    void startsWithoutWhatPeopleKnewToBeMissing() {
        Change change = submitted("oslo-config", "dev");
        review(change);
        MONA.runs(() -> tasks.submit(change.number(), "ApproveChange", "change-manager", APPROVE));

        openWindow(change);

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void whoFilesEvidenceDoesNotApprove() {
        Change change = submitted("oslo-config", "dev");
        SignedIn mona = new SignedIn("mona", "change-manager", "technical-approver", "oslo");
        mona.runs(() -> files.provide(
                new Person("mona", Set.of("oslo", "change-manager")),
                change.number(),
                EvidenceKind.CODE_REVIEW,
                "https://review.example/1",
                null,
                Result.PASSED));

        assertThatThrownBy(() -> mona.runs(() -> tasks.submit(change.number(), "ReviewTechnically", null, APPROVE)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody else has to approve");
    }

    @Test
    void nothingIsFiledOnceItIsImplemented() {
        Change change = submitted("oslo-config", "dev");
        provide(change, EvidenceKind.TEST_REPORT, Result.PASSED);
        review(change);
        openWindow(change);

        assertThatThrownBy(() -> provide(change, EvidenceKind.TEST_REPORT, Result.PASSED))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("before the implementation begins");
    }

    private void assertAsksPeople(Change change, Status status) {
        assertThat(files.of(changes.find(change.number())).status()).isEqualTo(status);
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
        assertThat(seats(change)).containsExactly("technical-approver", "change-manager");
        assertThat(jdbc.queryForObject(
                        "select count(*) from audit_entry where object = ? and action ="
                                + " 'change.ApprovalByPolicyWithheld'",
                        Integer.class,
                        change.number()))
                .isEqualTo(1);
    }

    private Change submitted(String service, String environment) {
        return RITA.does(() -> process.submit(
                person(RITA),
                process.raise(
                                person(RITA),
                                ChangeFixture.content(
                                        service,
                                        environment,
                                        ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1))))
                        .number()));
    }

    private void provide(Change change, EvidenceKind kind, Result result) {
        RITA.runs(() ->
                files.provide(person(RITA), change.number(), kind, "https://ci.example/" + kind, "sha256:00", result));
    }

    private void review(Change change) {
        THEO.runs(() -> tasks.submit(change.number(), "ReviewTechnically", null, APPROVE));
    }

    private void openWindow(Change change) {
        clock.set(change.window().startsAt().plusSeconds(1));
        jobs.executeJob(jobs.createJobQuery().activityId("Event_WindowOpened").list().stream()
                .filter(job -> changeOf(job.getProcessInstanceId()).equals(change.number()))
                .findFirst()
                .orElseThrow()
                .getId());
    }

    private String changeOf(String instance) {
        return jdbc.queryForObject("select BUSINESS_KEY_ from ACT_RU_EXECUTION where ID_ = ?", String.class, instance);
    }

    private List<State> states(Change change) {
        return files.of(changes.find(change.number())).required().stream()
                .map(Requirement::state)
                .toList();
    }

    private ChangeState state(Change change) {
        return changes.find(change.number()).state();
    }

    private List<String> seats(Change change) {
        return approvals.of(changes.find(change.number())).stream()
                .map(Approval::seat)
                .toList();
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }
}
