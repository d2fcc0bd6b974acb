package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Differences;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
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
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Dirk answers for nadia, and for arno who writes releases, as head of quality; he has another role himself. */
@ProcessTest
@OnH2
class SeatDelegationsTests {

    private static final SignedIn NADIA = new SignedIn("nadia", "qa-lead");
    private static final SignedIn DIRK = new SignedIn("dirk", "ops-lead");
    private static final SignedIn ARNO = new SignedIn("arno", "release-manager", "requester", "qa-lead");

    @Autowired
    BeanFactory beans;

    @Autowired
    SeatDelegations delegations;

    @Autowired
    OfferedSeats offered;

    @Autowired
    Releases releases;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    Stages stages;

    @Autowired
    StageSignOffs signOffs;

    @Autowired
    Differences differences;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskService engineTasks;

    @Autowired
    IdentityService identities;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    private StageDriver driver;

    @BeforeEach
    void begin() {
        driver = new StageDriver(beans);
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        BoardFixture.person(identities, "nadia", "qa-lead");
        BoardFixture.person(identities, "dirk", "ops-lead");
        BoardFixture.person(identities, "arno", "release-manager", "requester", "qa-lead");
        BoardFixture.person(identities, "alma.auditor", "auditor");
        clock.enterUntouchedTime();
    }

    /** What one test gives is nothing to another, whose time may be the same. */
    @AfterEach
    void present() {
        delegations.list(new PageQuery(null, 20)).items().stream()
                .filter(one -> one.isOpenAt(clock.instant()))
                .forEach(one -> ROLF.runs(() -> delegations.withdraw(one.id())));
        clock.reset();
    }

    @Test
    void votesInThePlaceOfWhoHasTheRole() {
        String number = asked(ROLF);
        give(NADIA, "dirk");
        offered.offer();

        vote(DIRK, number, "qa-lead", "GO");
        vote(SASHA, number, "security-officer", "NO_GO");

        GoNoGo decided = newest(number);
        assertThat(decided.votes().get(0))
                .extracting(SeatVote::seat, SeatVote::person, SeatVote::inPlaceOf)
                .containsExactly("qa-lead", "dirk", "nadia");
        assertThat(Objects.requireNonNull(decided.minutes()).text())
                .contains("- **qa-lead:** GO (dirk in the place of nadia, ");
        assertThat(payload("release.SeatVoted", AuditTrail.numbered("go-no-go", decided.id())))
                .contains("\"member\":\"person-");
    }

    @Test
    void fillsOneSeatAndSoDoesWhoeverIsRepresented() {
        String number = asked(ROLF);
        give(NADIA, "dirk");
        offered.offer();
        vote(DIRK, number, "qa-lead", "GO");

        SignedIn everything = new SignedIn("dirk", "ops-lead", "security-officer");
        assertThatThrownBy(() -> vote(everything, number, "security-officer", "GO"))
                .hasMessageContaining("You have voted as qa-lead");
        SignedIn both = new SignedIn("nadia", "qa-lead", "security-officer");
        assertThatThrownBy(() -> vote(both, number, "security-officer", "GO"))
                .hasMessageContaining("dirk has voted as qa-lead in your place");
        assertThat(newest(number).votes()).hasSize(1);
    }

    @Test
    void votesForNobodyWhoHasVotedThemselves() {
        String number = asked(ROLF);
        SignedIn both = new SignedIn("nadia", "qa-lead", "security-officer");
        vote(both, number, "security-officer", "GO");
        give(NADIA, "dirk");
        offered.offer();

        assertThatThrownBy(() -> vote(DIRK, number, "qa-lead", "GO"))
                .hasMessageContaining("has filled a seat; a person fills one");
    }

    @Test
    void votesForThemselvesWhoHaveTheRole() {
        String number = asked(ROLF);
        give(NADIA, "arno");
        offered.offer();

        vote(ARNO, number, "qa-lead", "GO");

        assertThat(newest(number).votes()).singleElement().satisfies(vote -> assertThat(vote.inPlaceOf())
                .isNull());
    }

    @Test
    void answersOnlyWhileItHolds() {
        String number = asked(ROLF);
        Instant now = clock.instant();
        NADIA.runs(() -> delegations.give(
                "qa-lead", null, "dirk", now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(2))));
        assertThatThrownBy(() -> decisions.admit(number, "qa-lead", person(DIRK)))
                .hasMessageContaining("nobody who is has you vote in their place now");

        clock.advance(Duration.ofHours(1));
        decisions.admit(number, "qa-lead", person(DIRK));

        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> decisions.admit(number, "qa-lead", person(DIRK)))
                .hasMessageContaining("nobody who is has you vote in their place now");
    }

    @Test
    void answersNoMoreForWhoHasLostTheRole() {
        String number = asked(ROLF);
        give(NADIA, "dirk");
        decisions.admit(number, "qa-lead", person(DIRK));

        InsideTheEngine.run(identities, () -> identities.deleteMembership("nadia", "qa-lead"));
        try {
            assertThatThrownBy(() -> decisions.admit(number, "qa-lead", person(DIRK)))
                    .hasMessageContaining("nobody who is has you vote in their place now");
        } finally {
            InsideTheEngine.run(identities, () -> identities.createMembership("nadia", "qa-lead"));
        }
    }

    @Test
    void answersNoMoreOnceItIsWithdrawn() {
        String number = asked(ROLF);
        SeatDelegation given = give(NADIA, "dirk");
        offered.offer();
        assertThat(askedByName(number)).containsExactly("dirk");

        NADIA.runs(() -> delegations.withdraw(given.id()));

        assertThatThrownBy(() -> vote(DIRK, number, "qa-lead", "GO"))
                .as("though the task still asks")
                .hasMessageContaining("nobody who is has you vote in their place now");
        offered.offer();
        assertThat(askedByName(number)).isEmpty();
        assertThatThrownBy(() -> NADIA.runs(() -> delegations.withdraw(given.id())))
                .hasMessageContaining("has ended already");
    }

    @Test
    void isNotAskedInATaskThatSomebodyHasClaimed() {
        String number = asked(ROLF);
        String task = task(number);
        NADIA.runs(() -> engineTasks.claim(task, "nadia"));
        give(ARNO, "dirk");

        offered.offer();

        assertThat(askedByName(number)).isEmpty();
    }

    @Test
    void signsOffInThePlaceOfWhoHasTheRole() {
        String number = deployed(ROLF);
        give(NADIA, "dirk");
        offered.offer();

        driver.signOff(DIRK, number, "PASS");

        assertThat(stages.runs(number)).singleElement().satisfies(run -> {
            assertThat(run.signedOffBy()).isEqualTo("dirk");
            assertThat(run.signedOffInPlaceOf()).isEqualTo("nadia");
        });
        assertThat(decisions.readinessOf(number).items())
                .anySatisfy(item -> assertThat(item.sentence()).contains("signed off by dirk in the place of nadia"));
    }

    @Test
    void signsNothingOffThatEitherOfThemWrote() {
        String ofArno = deployed(ARNO);
        give(ARNO, "dirk");
        offered.offer();
        assertThatThrownBy(() -> driver.signOff(DIRK, ofArno, "PASS"))
                .hasMessageContaining("In whose place you could sign off has written something of " + ofArno);

        give(NADIA, "dirk");
        driver.signOff(DIRK, ofArno, "PASS");
        assertThat(stages.runs(ofArno).get(0).signedOffInPlaceOf())
                .as("nadia wrote nothing")
                .isEqualTo("nadia");

        String ofRolf = deployed(ROLF);
        give(NADIA, "rolf");
        offered.offer();
        assertThatThrownBy(() -> driver.signOff(ROLF, ofRolf, "PASS"))
                .hasMessageContaining("You have written something of " + ofRolf);
        assertThatThrownBy(() -> driver.signOff(new SignedIn("oskar", "ops-lead"), ofRolf, "PASS"))
                .as("who is no delegate")
                .hasMessageContaining("you are not in that group");
    }

    /** Quality and security sign the stage off; nadia has said her word through dirk. */
    @Test
    void signsOneOfTwoApprovalsInThePlaceOfWhoHasTheRole() {
        String number = deployed(ROLF, "qa-lead", "security-officer");
        give(NADIA, "dirk");
        offered.offer();

        driver.signOff(DIRK, number, "PASS");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.TESTING);
        StageSignOff signOff = stages.runs(number).get(0).standing().get(0);
        assertThat(signOff)
                .extracting(StageSignOff::seat, StageSignOff::person, StageSignOff::inPlaceOf)
                .containsExactly("qa-lead", "dirk", "nadia");
        assertThat(payload("release.StageSignedOff", AuditTrail.numbered("stage-sign-off", signOff.id())))
                .contains("\"member\":\"person-");
        assertThatThrownBy(() ->
                        signOffs.admit(number, "security-officer", person("dirk", "ops-lead", "security-officer")))
                .hasMessageContaining("You have signed as qa-lead; a person fills one seat.");
        assertThatThrownBy(() ->
                        signOffs.admit(number, "security-officer", person("nadia", "qa-lead", "security-officer")))
                .hasMessageContaining("dirk has signed as qa-lead in your place; a person fills one seat.");

        driver.signOff(SASHA, number, "PASS");

        assertThat(stages.runs(number)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(StageRun.Outcome.PASSED);
            assertThat(run.signedOffBy()).isEqualTo("sasha");
            assertThat(run.signedOffInPlaceOf())
                    .as("the last word was nobody's but hers")
                    .isNull();
        });
        assertThat(decisions.readinessOf(number).items()).anySatisfy(item -> assertThat(item.sentence())
                .contains("signed off by dirk in the place of nadia (qa-lead), sasha (security-officer)"));
        assertThat(differences.compareAll())
                .filteredOn(found -> found.object().equals(AuditTrail.numbered("stage-sign-off", signOff.id()))
                        || found.object().startsWith("stage-run-"))
                .isEmpty();
    }

    /** Whoever has signed for a seat has no other, though somebody else would sign in their place. */
    @Test
    void signsForNobodyWhoHasSignedForAnotherSeat() {
        String number = deployed(ROLF, "qa-lead", "security-officer");
        driver.signOff(new SignedIn("nadia", "qa-lead", "security-officer"), number, "security-officer", "PASS");
        give(NADIA, "dirk");
        offered.offer();

        assertThatThrownBy(() -> driver.signOff(DIRK, number, "PASS"))
                .hasMessageContaining("In whose place you could sign off has filled a seat; a person fills one.");
    }

    @Test
    void isGivenForOthersByReleaseManagersOnly() {
        Instant until = clock.instant().plus(Duration.ofHours(1));
        assertThatThrownBy(() -> DIRK.runs(() -> delegations.give("qa-lead", "nadia", "dirk", null, until)))
                .hasMessageContaining("themselves or by a release manager");
        SeatDelegation given = ROLF.does(() -> delegations.give("qa-lead", "nadia", "dirk", null, until));
        assertThatThrownBy(() -> DIRK.runs(() -> delegations.withdraw(given.id())))
                .hasMessageContaining("themselves or by a release manager");

        NADIA.runs(() -> delegations.withdraw(given.id()));

        assertThat(delegations.list(new PageQuery(null, 1)).items())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.givenBy()).isEqualTo("rolf");
                    assertThat(one.withdrawnBy()).isEqualTo("nadia");
                });
    }

    @Test
    void countsForNothingThatWhoSaidItForAnotherHasToDoWith() {
        Instant until = clock.instant().plus(Duration.ofHours(1));
        String number = asked(ROLF);
        ROLF.runs(() -> delegations.give("qa-lead", "nadia", "dirk", null, until));
        offered.offer();

        assertThat(askedByName(number)).isEmpty();
        assertThatThrownBy(() -> vote(DIRK, number, "qa-lead", "GO"))
                .hasMessageContaining("This task is for qa-lead; you are not in that group.");
        assertThatThrownBy(() -> decisions.admit(number, "qa-lead", person(DIRK)))
                .hasMessageContaining("What its manager and authors have said for others does not count.");

        ARNO.runs(() -> delegations.give("qa-lead", "nadia", "dirk", null, until));
        offered.offer();
        assertThat(askedByName(number)).containsExactly("dirk");
        vote(DIRK, number, "qa-lead", "GO");

        assertThat(newest(number).votes())
                .singleElement()
                .extracting(SeatVote::inPlaceOf)
                .isEqualTo("nadia");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    nobody,    nadia, dirk,         1,    seat
                    requester, nadia, dirk,         1,    seat
                    alpha,     nadia, dirk,         1,    seat
                    ops-lead,  nadia, dirk,         1,    person
                    qa-lead,   ghost, dirk,         1,    person
                    qa-lead,   nadia, nadia,        1,    delegate
                    qa-lead,   nadia, ghost,        1,    delegate
                    qa-lead,   nadia, rolf,         1,    delegate
                    qa-lead,   nadia, alma.auditor, 1,    delegate
                    qa-lead,   nadia, dirk,         0,    until
                    qa-lead,   nadia, dirk,         -1,   until
                    qa-lead,   nadia, dirk,         9000, until
                    """)
    void isRefusedWhereItMakesNoSense(String seat, String person, String delegate, int hours, String field) {
        Instant until = clock.instant().plus(Duration.ofHours(hours));

        assertThatThrownBy(() -> ROLF.runs(() -> delegations.give(seat, person, delegate, null, until)))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().fields())
                        .singleElement()
                        .satisfies(one -> assertThat(one.field()).isEqualTo(field)));
    }

    private SeatDelegation give(SignedIn who, String delegate) {
        return who.does(() -> delegations.give(
                "qa-lead", null, delegate, null, clock.instant().plus(Duration.ofDays(2))));
    }

    private String asked(SignedIn author) {
        return confirmed(author, List.of());
    }

    private String deployed(SignedIn author, String... approvals) {
        String environment = "stood-in-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
        ReleaseStage stage = ReleaseFixture.stage(clock.instant(), "staging", environment);
        String number = confirmed(
                author, List.of(approvals.length == 0 ? stage : ReleaseFixture.signedOffBy(stage, approvals)));
        driver.deploy(number);
        return number;
    }

    private String confirmed(SignedIn author, List<ReleaseStage> wanted) {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        String number =
                author.does(() -> releases.start(releases.plan(ReleaseFixture.with(content, content.items(), wanted))
                                .number())
                        .number());
        author.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
        return number;
    }

    private void vote(SignedIn who, String number, String seat, String vote) {
        who.runs(() ->
                tasks.submit(number, ReleaseModel.VOTE, seat, Map.of("vote", vote, "reason", "that is how I see it")));
    }

    private GoNoGo newest(String number) {
        List<GoNoGo> all = decisions.of(number);
        return all.get(all.size() - 1);
    }

    /** Whom the task of quality asks by name. */
    private List<String> askedByName(String number) {
        return engineTasks.getIdentityLinksForTask(task(number)).stream()
                .filter(link -> link.getType().equals(IdentityLinkType.CANDIDATE))
                .map(IdentityLink::getUserId)
                .filter(Objects::nonNull)
                .toList();
    }

    private String task(String number) {
        return engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey("Activity_VoteGoOrNoGo")
                .taskCandidateGroup("qa-lead")
                .includeAssignedTasks()
                .singleResult()
                .getId();
    }

    private String payload(String action, String object) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select payload from audit_entry where action = ? and object = ? order by n limit 1",
                String.class,
                action,
                object));
    }

    private static Person person(SignedIn who) {
        return person(who.id(), who.groups());
    }

    private static Person person(String id, String... groups) {
        return new Person(id, Set.of(groups));
    }
}
