package io.gatehouse.change;

import static io.gatehouse.tool.ToolFixture.ADAM;
import static io.gatehouse.tool.ToolFixture.ALAN;
import static io.gatehouse.tool.ToolFixture.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.access.ToolAuthentication;
import io.gatehouse.access.ToolTokens;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.calendar.Slots;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolFixture;
import io.gatehouse.tool.Tools;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

/** What a tool did counts as done by the people who answer for it. */
@ProcessTest
@OnH2
class ToolChangeDutiesTests {

    private static final SignedIn TINA = new SignedIn("tina", "technical-approver");
    private static final SignedIn MONA = new SignedIn("mona", "change-manager");
    private static final Map<String, Object> APPROVE = Map.of("decision", "APPROVE", "reason", "sound");

    @Autowired
    private Tools tools;

    @Autowired
    private Tokens tokens;

    @Autowired
    private ToolTokens signIn;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Slots slots;

    @Autowired
    private TableFixture tables;

    @Autowired
    private Tasks tasks;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private ToolFixture fixture;
    private String tool;

    @BeforeEach
    void teams() {
        fixture = new ToolFixture(jdbc, identities, tools, tokens);
        fixture.teams();
        clock.enterUntouchedTime();
        tool = fixture.tool("alpha-app");
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void keepsTheToolAsRequester() {
        Change change = raisedBy(fixture.token(ANNA, tool));

        assertThat(change.requester()).isEqualTo("tool:" + tool);
        assertThat(lastActor(change, "change.Raised")).isEqualTo("tool:" + tool);
    }

    @Test
    void countsThePersonResponsibleAsRequester() {
        Change change = raisedBy(fixture.token(ADAM, tool));

        assertRefused(() -> reviewTechnically(change, ANNA), "answer for a tool that did");
        reviewTechnically(change, ALAN);
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.AUTHORIZE);
    }

    @Test
    void countsWhoeverMadeTheTokenAsRequester() {
        Change change = raisedBy(fixture.token(ALAN, tool));

        assertRefused(() -> reviewTechnically(change, ALAN), "answer for a tool that did");
        assertRefused(() -> reviewTechnically(change, ANNA), "answer for a tool that did");
        reviewTechnically(change, TINA);
    }

    @Test
    void countsThoseResponsibleBeforeAndAfterAHandover() {
        Change change = raisedBy(fixture.token(ADAM, tool));
        handOverTo("alan");

        assertRefused(() -> reviewTechnically(change, ANNA), "answer for a tool that did");
        assertRefused(() -> reviewTechnically(change, ALAN), "answer for a tool that did");
        reviewTechnically(change, TINA);
    }

    @Test
    void forgetsNobodyWhoAnsweredForTheToolInBetween() {
        Change change = raisedBy(fixture.token(ADAM, tool));
        handOverTo("alan");
        handOverTo("anna");

        assertRefused(() -> reviewTechnically(change, ALAN), "answer for a tool that did");
    }

    @Test
    void countsWhoeverMadeAnotherTokenMeanwhile() {
        Change change = raisedBy(fixture.token(ADAM, tool));
        Tokens.Issued later = fixture.token(ALAN, tool);
        ALAN.runs(() -> tokens.revoke(tool, later.token().id()));

        assertRefused(() -> reviewTechnically(change, ALAN), "answer for a tool that did");
    }

    @Test
    void doesNotStartWhenAnApproverHasComeToAnswerForTheTool() {
        Change change = raisedBy(fixture.token(ADAM, tool));
        reviewTechnically(change, ALAN);
        approve(change, MONA, "change-manager");
        approve(change, new SignedIn("oskar", "ops-lead"), "ops-lead");
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.SCHEDULED);

        handOverTo("alan");
        clock.advance(Duration.ofMinutes(61));

        assertThat(slots.start(change.number(), true)).isEqualTo(Slots.Start.SENT_BACK);
        assertThat(changes.find(change.number()).returnedBecause()).contains("no longer count");
    }

    @Test
    void doesNotStartWhenAnAuthorOfThePolicyHasComeToAnswerForTheTool() {
        tables.releaseWantingNoEvidence();
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "alan", "paul");
        Change change = raisedBy(fixture.token(ADAM, tool));
        tables.release("ChooseApprovers");
        tables.release("RequireEvidence");
        reviewTechnically(change, TINA);
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.SCHEDULED);

        handOverTo("alan");
        clock.advance(Duration.ofMinutes(61));

        assertThat(slots.start(change.number(), true)).isEqualTo(Slots.Start.SENT_BACK);
    }

    @Test
    void approvesNothingItself() {
        Change change = raisedBySomebody();
        Tokens.Issued issued = fixture.token(ADAM, tool);

        assertRefused(
                () -> asTool(issued, () -> {
                    tasks.submit(change.number(), "ReviewTechnically", null, APPROVE);
                    return true;
                }),
                "");
        assertThat(approvals.of(changes.find(change.number())))
                .allMatch(approval -> approval.decision() == Approval.Decision.PENDING);
    }

    @Test
    void raisesNothingOutsideItsScope() {
        Tokens.Issued issued = fixture.token(ADAM, tool);

        assertRefused(() -> raise(issued, "beta-app"), "");
        assertThat(raise(issued, "alpha-app").services()).containsExactly("alpha-app");
    }

    @Test
    void countsWhoeverRewroteAChangeAsRequester() {
        Change change = SignedIn.RITA.does(() -> process.raise(person(SignedIn.RITA), content("alpha-app")));
        MONA.runs(() -> rewrite(change, "Another title"));
        SignedIn.RITA.runs(() -> process.submit(person(SignedIn.RITA), change.number()));
        reviewTechnically(change, TINA);

        assertRefused(() -> approve(change, MONA, "change-manager"), "wrote in it");
    }

    @Test
    void doesNotCountWhoeverRewroteNothing() {
        Change change = SignedIn.RITA.does(() -> process.raise(person(SignedIn.RITA), content("alpha-app")));
        MONA.runs(() -> rewrite(change, change.title()));
        SignedIn.RITA.runs(() -> process.submit(person(SignedIn.RITA), change.number()));
        reviewTechnically(change, TINA);

        approve(change, MONA, "change-manager");
    }

    private void rewrite(Change change, String title) {
        transaction(() -> {
            ChangeContent old = changes.find(change.number()).content();
            return changes.rewrite(
                    changes.lock(change.number()),
                    new ChangeContent(
                            title,
                            old.description(),
                            old.services(),
                            old.environment(),
                            old.window(),
                            old.plans(),
                            old.questionnaire(),
                            old.links(),
                            old.artifacts()));
        });
    }

    private <T> T transaction(Supplier<T> action) {
        return Objects.requireNonNull(transactions.execute(status -> action.get()));
    }

    private Change raisedBy(Tokens.Issued issued) {
        Change change = raise(issued, "alpha-app");
        return asTool(issued, () -> process.submit(caller(), change.number()));
    }

    private Change raise(Tokens.Issued issued, String service) {
        return asTool(issued, () -> process.raise(caller(), content(service)));
    }

    private ChangeContent content(String service) {
        return ChangeFixture.content(
                service, "production", ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1)));
    }

    private Change raisedBySomebody() {
        return SignedIn.RITA.does(() -> process.submit(
                person(SignedIn.RITA),
                process.raise(person(SignedIn.RITA), content("alpha-app")).number()));
    }

    private void handOverTo(String responsible) {
        long version = tools.get(tool).version();
        ADAM.runs(() -> tools.put(
                tool,
                ToolFixture.description("alpha-app", responsible),
                Precondition.parse("\"" + version + "\"", null)));
    }

    private void reviewTechnically(Change change, SignedIn by) {
        by.runs(() -> tasks.submit(change.number(), "ReviewTechnically", null, APPROVE));
    }

    private void approve(Change change, SignedIn by, @Nullable String seat) {
        by.runs(() -> tasks.submit(change.number(), "ApproveChange", seat, APPROVE));
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }

    private Person caller() {
        return ((ToolAuthentication) SecurityContextHolder.getContext().getAuthentication()).person();
    }

    private <T> T asTool(Tokens.Issued issued, Supplier<T> action) {
        SecurityContextHolder.getContext().setAuthentication(signIn.signIn(issued.text()));
        try {
            return action.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private String lastActor(Change change, String action) {
        return jdbc.queryForObject(
                "select " + TrailNames.ACTOR + " from audit_entry where object = ? and action = ?",
                String.class,
                change.number(),
                action);
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(ProblemException.class).hasMessageContaining(reason);
    }
}
