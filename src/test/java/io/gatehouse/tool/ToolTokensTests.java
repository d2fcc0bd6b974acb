package io.gatehouse.tool;

import static io.gatehouse.tool.ToolFixture.ADAM;
import static io.gatehouse.tool.ToolFixture.ALAN;
import static io.gatehouse.tool.ToolFixture.ANNA;
import static io.gatehouse.tool.ToolFixture.BEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.ToolAction;
import io.gatehouse.access.ToolAuthentication;
import io.gatehouse.access.ToolScope;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.AuthenticationException;

@ProcessTest
@OnH2
class ToolTokensTests {

    @Autowired
    private Tools tools;

    @Autowired
    private Tokens tokens;

    @Autowired
    private TokenSignIn signIn;

    @Autowired
    private LastUses lastUses;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    private ToolFixture fixture;
    private String tool;

    @BeforeEach
    void teams() {
        fixture = new ToolFixture(jdbc, identities, tools, tokens);
        fixture.teams();
        tool = fixture.tool("alpha-app");
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void signsItsToolInWithNoGroups() {
        ToolAuthentication caller = signIn.signIn(fixture.token(ANNA, tool).text());

        assertThat(caller.getName()).isEqualTo("tool:" + tool);
        assertThat(caller.getAuthorities()).isEmpty();
    }

    @Test
    void storesNothingThatWouldSignSomebodyIn() {
        Tokens.Issued issued = fixture.token(ANNA, tool);

        assertThat(jdbc.queryForList("select * from tool_token where tool_key = ?", tool))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.values().toString())
                        .doesNotContain(issued.text().substring(17, 50)));
        assertThat(issued.toString()).doesNotContain(issued.text().substring(17, 50));
    }

    @Test
    void letsOwnersAndAdministratorsMakeTokensAndNobodyElse() {
        assertThat(fixture.token(ALAN, tool).token().createdBy()).isEqualTo("alan");
        assertThat(fixture.token(ADAM, tool).token().createdBy()).isEqualTo("adam");

        assertRefused(() -> fixture.token(BEN, tool), "Tools and their tokens are kept by");
        assertRefused(() -> put(BEN, "alpha-app", "ben"), "Tools and their tokens are kept by");
    }

    @Test
    void letsOwnersNameOnlyTheirServicesAndTheirPeople() {
        assertThat(put(ANNA, "alpha-app", "alan").responsible()).isEqualTo("alan");

        assertRefused(() -> put(ANNA, "beta-app", "anna"), "Tools and their tokens are kept by");
        assertRefused(() -> put(ANNA, "alpha-app", "ben"), "Correct the listed fields");
        assertRefused(() -> put(ANNA, "alpha-app", "nobody-of-that-name"), "Correct the listed fields");
        assertRefused(() -> put(ADAM, "no-such-service", "adam"), "Correct the listed fields");
        assertThat(put(ADAM, "beta-app", "adam").services()).containsExactly("beta-app");
    }

    @Test
    void letsNobodyGiveAToolAViewOfTheInstallationThatTheyDoNotHave() {
        ToolDescription watching =
                new ToolDescription("Watches", Set.of(ToolAction.MONITOR), Set.of("alpha-app"), Set.of(), "anna", true);
        String name = "t-" + UUID.randomUUID();

        assertRefused(
                () -> ANNA.runs(() -> tools.put(name, watching, Precondition.parse(null, "*"))),
                "Correct the listed fields");
        ADAM.runs(() -> tools.put(name, watching, Precondition.parse(null, "*")));
        ANNA.runs(() -> tools.put(name, watching, Precondition.parse("\"1\"", null)));
        assertThat(tools.get(name).version()).isEqualTo(2);
    }

    @Test
    void expiresAndCannotBeMadeToLiveLongerThanAllowed() {
        Tokens.Issued issued = fixture.token(ANNA, tool);
        assertThat(Duration.between(issued.token().createdAt(), issued.token().expiresAt()))
                .isEqualTo(Duration.ofDays(90));
        assertRefused(
                () -> ANNA.does(() -> tokens.issue(
                        tool, clock.instant().plus(Duration.ofDays(90).plusSeconds(1)))),
                "Correct the listed fields");
        assertRefused(() -> ANNA.does(() -> tokens.issue(tool, clock.instant())), "Correct the listed fields");

        clock.advance(Duration.ofDays(90).minusSeconds(1));
        assertThat(signIn.signIn(issued.text()).getName()).isEqualTo("tool:" + tool);
        clock.advance(Duration.ofSeconds(1));
        assertNotAccepted(issued.text());
        assertThat(refusals(tool)).containsExactly("EXPIRED");
    }

    @Test
    void isRevokedAtOnce() {
        Tokens.Issued issued = fixture.token(ANNA, tool);
        signIn.signIn(issued.text());

        ALAN.runs(() -> tokens.revoke(tool, issued.token().id()));
        ALAN.runs(() -> tokens.revoke(tool, issued.token().id()));

        assertNotAccepted(issued.text());
        assertThat(actions(tool))
                .containsExactly("tool.Added", "tool.TokenIssued", "tool.TokenRevoked", "tool.TokenRefused");
    }

    @Test
    void writesARefusedUseDownOnceAMinute() {
        Tokens.Issued issued = fixture.token(ANNA, tool);
        ANNA.runs(() -> tokens.revoke(tool, issued.token().id()));

        IntStream.range(0, 50).forEach(i -> assertNotAccepted(issued.text()));
        assertThat(refusals(tool)).containsExactly("REVOKED");

        clock.advance(Duration.ofMinutes(1));
        assertNotAccepted(issued.text());
        assertThat(refusals(tool)).containsExactly("REVOKED", "REVOKED");
    }

    @Test
    void isNotAcceptedWithTheIdOfAnother() {
        Tokens.Issued issued = fixture.token(ANNA, tool);
        jdbc.update(
                "update tool_token set token_hash = ? where token_id = ?",
                new byte[32],
                issued.token().id());

        assertNotAccepted(issued.text());
        assertNotAccepted(TokenText.random().text());
        assertThat(refusals(tool)).containsExactly("WRONG_SECRET");
    }

    @Test
    void allowsTwoAtATimeAndAThirdOnlyAfterARevocation() {
        Tokens.Issued first = fixture.token(ANNA, tool);
        Tokens.Issued second = fixture.token(ANNA, tool);
        assertRefused(() -> fixture.token(ANNA, tool), "at most two tokens");
        assertRefused(() -> ANNA.does(() -> tokens.rotate(tool, first.token().id(), null, null)), "at most two tokens");

        ANNA.runs(() -> tokens.revoke(tool, first.token().id()));
        Tokens.Issued third = fixture.token(ANNA, tool);

        assertNotAccepted(first.text());
        assertThat(signIn.signIn(second.text())).isEqualTo(signIn.signIn(third.text()));
    }

    @Test
    void neverHasThreeHoweverManyAskAtOnce() throws Exception {
        int askers = 8;
        CyclicBarrier start = new CyclicBarrier(askers);
        ExecutorService threads = Executors.newFixedThreadPool(askers);
        List<Future<Boolean>> answers = IntStream.range(0, askers)
                .mapToObj(i -> threads.submit(() -> {
                    start.await();
                    try {
                        fixture.token(ANNA, tool);
                        return true;
                    } catch (ProblemException refused) {
                        return false;
                    }
                }))
                .toList();
        threads.shutdown();

        int made = 0;
        for (Future<Boolean> answer : answers) {
            made += answer.get() ? 1 : 0;
        }
        assertThat(made).isEqualTo(2);
        assertThat(tokens.of(tool)).hasSize(2);
    }

    @Test
    void overlapsWithItsSuccessorForAsLongAsAsked() {
        Tokens.Issued old = fixture.token(ANNA, tool);
        Tokens.Issued young = ANNA.does(() -> tokens.rotate(tool, old.token().id(), Duration.ofHours(1), null));
        assertThat(signIn.signIn(old.text())).isEqualTo(signIn.signIn(young.text()));

        clock.advance(Duration.ofHours(1));
        assertNotAccepted(old.text());
        assertThat(signIn.signIn(young.text()).getName()).isEqualTo("tool:" + tool);
        assertRefused(
                () -> ANNA.does(() -> tokens.rotate(tool, old.token().id(), null, null)), "revoked or has expired");
        assertRefused(
                () -> ANNA.does(() -> tokens.rotate(tool, young.token().id(), Duration.ofDays(8), null)),
                "Correct the listed fields");
    }

    @Test
    void endsWithItsPredecessorWhenNoOverlapIsAsked() {
        Tokens.Issued old = fixture.token(ANNA, tool);
        ANNA.does(() -> tokens.rotate(tool, old.token().id(), null, null));

        assertNotAccepted(old.text());
        assertThat(actions(tool)).contains("tool.TokenRotated");
    }

    @Test
    void remembersWhenItWasLastUsedWithoutWritingOnEveryCall() {
        Tokens.Issued issued = fixture.token(ANNA, tool);
        signIn.signIn(issued.text());
        signIn.signIn(issued.text());
        assertThat(tokens.of(tool).get(0).lastUsedAt()).isNull();

        lastUses.write();
        assertThat(tokens.of(tool).get(0).lastUsedAt()).isEqualTo(clock.instant());
    }

    @Test
    void stopsWithItsTool() {
        Tokens.Issued issued = fixture.token(ANNA, tool);
        ToolDescription described = ToolFixture.description("alpha-app", "anna");
        ANNA.does(() -> tools.put(
                tool,
                new ToolDescription("Retired", described.actions(), described.services(), Set.of(), "anna", false),
                Precondition.parse("\"1\"", null)));

        assertNotAccepted(issued.text());
        assertRefused(() -> fixture.token(ANNA, tool), "is disabled");
        assertThat(refusals(tool)).containsExactly("TOOL_DISABLED");
    }

    @Test
    void stopsWithinAMinuteWhenThePersonResponsibleIsGone() {
        InsideTheEngine.run(identities, () -> {
            identities.saveUser(identities.newUser("leaver"));
            identities.createMembership("leaver", "alpha");
        });
        String theirs = put(ADAM, "alpha-app", "leaver").name();
        Tokens.Issued issued = fixture.token(ANNA, theirs);
        signIn.signIn(issued.text());

        InsideTheEngine.run(identities, () -> identities.deleteUser("leaver"));
        clock.advance(Duration.ofSeconds(60));

        assertNotAccepted(issued.text());
        assertThat(refusals(theirs)).containsExactly("RESPONSIBLE_DISABLED");
    }

    @Test
    void coversWhatItsToolIsAllowedAndNothingElse() {
        ToolScope scope = Objects.requireNonNull(
                signIn.signIn(fixture.token(ALAN, tool).text()).person().scope());

        assertThat(scope.covers(ToolAction.RAISE_CHANGES, List.of("alpha-app"), "production"))
                .isTrue();
        assertThat(scope.covers(ToolAction.RAISE_CHANGES, List.of("beta-app"), "production"))
                .isFalse();
        assertThat(scope.covers(ToolAction.RAISE_CHANGES, List.of("alpha-app", "beta-app"), "production"))
                .isFalse();
        assertThat(scope.covers(ToolAction.RAISE_CHANGES, List.of(), "production"))
                .isFalse();
        assertThat(scope.people()).containsExactlyInAnyOrder("anna", "alan");
    }

    private Tool put(SignedIn by, String service, String responsible) {
        String name = "t-" + UUID.randomUUID();
        return by.does(
                () -> tools.put(name, ToolFixture.description(service, responsible), Precondition.parse(null, "*")));
    }

    private void assertNotAccepted(String token) {
        assertThatThrownBy(() -> signIn.signIn(token)).isInstanceOf(AuthenticationException.class);
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(ProblemException.class).hasMessageContaining(reason);
    }

    private List<String> actions(String of) {
        return jdbc.queryForList(
                "select action from audit_entry where object in (?, ?) or payload like ? order by n",
                String.class,
                "tool:" + of,
                "tool-" + of,
                "%\"tool\":\"" + of + "\"%");
    }

    private List<String> refusals(String of) {
        return jdbc
                .queryForList(
                        "select payload from audit_entry where object = ? and action = 'tool.TokenRefused' order by n",
                        String.class,
                        "tool:" + of)
                .stream()
                .map(payload -> payload.replaceAll(".*\"reason\":\"([A-Z_]+)\".*", "$1"))
                .toList();
    }
}
