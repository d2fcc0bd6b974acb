package io.gatehouse.change;

import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.PolicyDecisions.PolicyDecision;
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
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nobody acts under a rule of their own making: neither who proposed the version that decides nor who let it in. */
@ProcessTest
@OnH2
class PolicyDutiesTests {

    private static final Map<String, Object> APPROVE = Map.of("decision", "APPROVE", "reason", "sound");
    private static final Map<String, Object> DONE = Map.of("result", "SUCCESSFUL");
    private static final Map<String, Object> FINE = Map.of("closeCode", "SUCCESSFUL", "lessons", "none");
    private static final SignedIn THEO = new SignedIn("theo", "technical-approver");
    private static final SignedIn MONA = new SignedIn("mona", "change-manager");
    private static final SignedIn OSKAR = new SignedIn("oskar", "ops-lead");

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private PolicyDecisions decisions;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TableFixture tables;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void begin() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        tables.releaseAll();
        tables.releaseWantingNoEvidence();
    }

    @AfterEach
    void present() {
        tables.releaseAll();
        clock.reset();
    }

    @Test
    void whatShipsHasNoAuthor() {
        Change change = submitted(Duration.ofHours(1));

        review(change, THEO);
        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.SCHEDULED);
        assertThat(decisions.of(change)).hasSize(3).allMatch(decision -> decision.authors()
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AssessChangeRisk", "RequireEvidence", "ChooseApprovers", "RequireReview"})
    void whoHadAHandInATableNeitherApprovesNorImplementsNorReviews(String table) {
        tables.bringIn(table, TableFixture.shipped(table), "ann", "ben");
        Change change = submitted(Duration.ofMinutes(-1));

        assertRefused(() -> review(change, as("ann", "technical-approver")), "somebody else has to approve it");
        review(change, THEO);
        assertRefused(() -> approve(change, as("ann", "change-manager"), "change-manager"), "policy table");
        assertRefused(() -> approve(change, as("ben", "change-manager"), "change-manager"), "policy table");
        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");
        assertRefused(() -> implement(change, as("ben", "ops-lead")), "somebody else has to implement it");
        implement(change, OSKAR);
        assertRefused(() -> close(change, as("ann", "change-manager")), "somebody else has to review it");
        close(change, MONA);
    }

    @Test
    void theVersionThatDecidesCountsAndNotTheNewest() {
        tables.bringIn("ChooseApprovers", TableFixture.shipped("ChooseApprovers"), "ann", "ben");
        Change early = submitted(Duration.ofHours(1));
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "cat", "dan");
        Change late = submitted(Duration.ofHours(1));

        assertRefused(() -> review(early, as("ann", "technical-approver")), "policy table");
        assertRefused(() -> review(late, as("cat", "technical-approver")), "policy table");
        review(early, as("cat", "technical-approver"));
        review(late, as("ann", "technical-approver"));

        assertThat(seats(early)).containsExactly("technical-approver", "change-manager", "ops-lead");
        assertThat(seats(late)).containsExactly("technical-approver");
        assertThat(last(early).authors()).containsExactly("ann", "ben");
        assertThat(last(late).authors()).containsExactly("cat", "dan");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTableOfTheRequestersMakingDoesNotApproveByItself(boolean proposed) {
        tables.bringIn(
                "ChooseApprovers", TableFixture.approvesItself(), proposed ? "rita" : "ann", proposed ? "ann" : "rita");
        Change change = submitted(Duration.ofHours(1));

        review(change, THEO);

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.AUTHORIZE);
        assertThat(seats(change)).containsExactly("technical-approver", "change-manager", "ops-lead");
        assertThat(decisions.of(change))
                .filteredOn(decision -> decision.table().equals("ChooseApprovers"))
                .extracting(PolicyDecision::authors)
                .containsExactly(new TreeSet<>(Set.of("ann", "rita")), new TreeSet<>());
    }

    @Test
    void aTableOfOthersMakingDoes() {
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "ann", "ben");
        Change change = submitted(Duration.ofHours(1));

        review(change, THEO);

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void aVersionOfTheRequestersMakingIsNoWayRoundAStricterOneByOthers() {
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "ann", "ben");
        tables.bringIn("ChooseApprovers", TableFixture.shipped("ChooseApprovers"), "rita", "cat");
        Change change = submitted(Duration.ofHours(1));

        review(change, THEO);

        assertThat(seats(change)).containsExactly("technical-approver", "change-manager", "ops-lead");
    }

    @Test
    void theWorstRiskAndTheReviewOfEitherVersionHold() {
        tables.bringIn("AssessChangeRisk", TableFixture.fearsNothing(), "rita", "ann");
        tables.bringIn("RequireReview", TableFixture.reviewsNothing(), "ann", "rita");
        Change change = submitted(Duration.ofMinutes(-1));
        assertThat(changes.find(change.number()).risk()).isEqualTo(Risk.MODERATE);

        review(change, THEO);
        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");
        implement(change, OSKAR);

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.REVIEW);
    }

    @Test
    void whoWroteInItCountsAsItsRequester() {
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "mona", "ann");
        Change change = submitted(Duration.ofHours(1));
        MONA.runs(() -> process.revise(person(MONA), change.number(), "another plan"));
        MONA.runs(() -> tasks.submit(
                change.number(),
                "ReviseChange",
                null,
                Map.of("action", "RESUBMIT", "implementationPlan", "unpack twice")));

        review(change, THEO);

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.AUTHORIZE);
    }

    @Test
    void whatIsPinnedIsInTheAuditTrail() {
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "rita", "ann");
        Change change = submitted(Duration.ofHours(1));

        assertThat(jdbc.queryForObject(
                        "select payload from audit_entry where object = ? and action = 'change.Submitted'",
                        String.class,
                        change.number()))
                .matches("(?s).*\"ChooseApprovers\":\\s*\\[\\d+,\\s*\\d+\\].*");
    }

    private Change submitted(Duration pause) {
        return RITA.does(() -> process.submit(
                person(RITA),
                process.raise(
                                person(RITA),
                                ChangeFixture.content(
                                        "nova", "production", ChangeFixture.windowIn(clock.instant(), pause)))
                        .number()));
    }

    private void review(Change change, SignedIn by) {
        by.runs(() -> tasks.submit(change.number(), "ReviewTechnically", null, APPROVE));
    }

    private void approve(Change change, SignedIn by, String seat) {
        by.runs(() -> tasks.submit(change.number(), "ApproveChange", seat, APPROVE));
    }

    private void implement(Change change, SignedIn by) {
        by.runs(() -> tasks.submit(change.number(), "ImplementChange", null, DONE));
    }

    private void close(Change change, SignedIn by) {
        by.runs(() -> tasks.submit(change.number(), "ReviewChange", null, FINE));
    }

    private List<String> seats(Change change) {
        return approvals.of(changes.find(change.number())).stream()
                .map(Approval::seat)
                .toList();
    }

    private PolicyDecision last(Change change) {
        List<PolicyDecision> all = decisions.of(change);
        return all.get(all.size() - 1);
    }

    private static SignedIn as(String person, String role) {
        return new SignedIn(person, role);
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(ProblemException.class).hasMessageContaining(reason);
    }
}
