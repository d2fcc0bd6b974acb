package io.gatehouse.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.PasswordCheck;
import io.gatehouse.access.PersonStates;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ProcessTest
@OnH2
class PasswordLinksTests {

    private static final String FIRST = "teapot rudder violin";
    private static final String SECOND = "glacier postman tulips";
    private static int people;

    @Autowired
    private PasswordLinks links;

    @Autowired
    private OwnPassword own;

    @Autowired
    private Register register;

    @Autowired
    private PersonWriter writer;

    @Autowired
    private PasswordCheck passwords;

    @Autowired
    private PersonStates states;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    private SignedIn ada = new SignedIn("");
    private String id = "";

    @BeforeEach
    void somebodyWithoutAPassword() {
        clock.reset();
        clock.advance(Duration.ZERO); // the engine's stands still from here on too
        String administrator = "ada-links-" + ++people;
        writer.add(administrator, new PersonDescription("Ada First", null, Set.of("admin"), Set.of()));
        ada = new SignedIn(administrator, "admin");
        id = "lina-" + people;
        ada.runs(() -> register.add(id, new PersonDescription("Lina Holm", null, Set.of("requester"), Set.of())));
    }

    /** Other tests count on being alone with their administrators. */
    @AfterEach
    void present() {
        clock.reset();
        states.save(ada.id(), states.version(ada.id()), true);
    }

    private String link() {
        return ada.does(() -> links.make(id)).secret();
    }

    @Test
    void letsSomebodyChooseAPasswordThatTheAdministratorNeverKnew() {
        String link = link();
        assertThat(links.check(link)).isEqualTo(new PasswordLinks.Chooser(id, "Lina Holm"));
        assertThat(links.choose(link, "lina holm's password").orElseThrow()).contains("your name");
        assertThat(links.choose(link, FIRST)).isEmpty();

        assertThat(passwords.passes(id, FIRST)).isTrue();
        assertOver(link);
        assertThat(trail())
                .containsExactly(
                        "people.Added",
                        "people.PasswordLinkMade",
                        "people.PasswordSet {\"linkMadeBy\":\""
                                + jdbc.queryForObject("select " + TrailNames.PERSON, String.class, ada.id())
                                + "\"}");
    }

    @Test
    void storesNothingOfALinkButItsHash() {
        PasswordLinks.Made made = ada.does(() -> links.make(id));

        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(jdbc.queryForList("select * from people_link where person = ?", id))
                .singleElement()
                .satisfies(row -> assertThat(row.toString()).doesNotContain(made.secret()));
        assertThat(trail().toString()).doesNotContain(made.secret());
    }

    @Test
    void endsThePasswordOfUntilNowAndWhatWasSignedInToByIt() {
        links.choose(link(), FIRST);
        long era = states.era(id);

        String link = link();
        assertThat(passwords.passes(id, FIRST)).isFalse();
        assertThat(states.era(id)).isEqualTo(era + 1);

        links.choose(link, SECOND);
        assertThat(states.era(id)).isEqualTo(era + 2);
        assertThat(passwords.passes(id, SECOND))
                .as("without waiting for the wrong try")
                .isTrue();
    }

    @Test
    void isReplacedByTheNextOneAndEndsAfterThreeDays() {
        String first = link();
        clock.advance(Duration.ofSeconds(1));
        String second = link();
        assertOver(first);

        clock.advance(PasswordLinks.LIFE.minusSeconds(1));
        links.check(second);
        clock.advance(Duration.ofSeconds(1));
        assertOver(second);
        assertThatThrownBy(() -> links.choose(second, FIRST)).isInstanceOf(LinkRefused.class);
    }

    @Test
    void opensNothingForSomebodyWhoIsDisabled() {
        String link = link();
        ada.runs(() -> register.disable(id));

        assertOver(link);
        assertProblem("person-disabled", () -> ada.does(() -> links.make(id)));
    }

    @Test
    void isNoLinkForTheFirstAdministrator(@Autowired FirstAdministrator first) {
        String link = link();

        assertThatThrownBy(() -> first.check(link))
                .isInstanceOfSatisfying(LinkRefused.class, refusal -> assertThat(refusal.isOver())
                        .isFalse());
        links.check(link);
    }

    @Test
    void isMadeByAdministratorsForOthers() {
        assertProblem("own-password", () -> ada.does(() -> links.make(ada.id())));
        assertProblem("person-not-found", () -> ada.does(() -> links.make("nobody")));
        assertThatThrownBy(() -> new SignedIn(id, "admin").does(() -> links.make(ada.id())))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(403));
    }

    @Test
    void letsPeopleChangeTheirOwnPasswordIfTheyKnowIt() {
        links.choose(link(), FIRST);
        long era = states.era(id);

        assertThat(own.change(id, FIRST, "too short").orElseThrow()).contains("at least 15");
        assertThat(own.change(id, FIRST, FIRST).orElseThrow()).contains("the one you have");
        assertThat(own.change(id, SECOND, SECOND + "!").orElseThrow()).contains("not right");
        assertThat(own.change(id, FIRST, SECOND).orElseThrow()).as("too soon").contains("not right");
        clock.advance(Duration.ofSeconds(2));
        assertThat(states.era(id)).isEqualTo(era);
        assertThat(own.change(id, FIRST, SECOND)).isEmpty();

        assertThat(passwords.passes(id, SECOND)).isTrue();
        assertThat(passwords.passes(id, FIRST)).isFalse();
        assertThat(states.era(id)).isEqualTo(era + 1);
        assertThat(trail()).contains("people.PasswordChanged {}");
        assertThat(jdbc.queryForObject(
                        "select count(*) from audit_entry where object = " + TrailNames.PERSON
                                + " and action = 'access.SignInFailed'",
                        Long.class,
                        id))
                .as("wrong passwords that were looked at: the guess, and the old one afterwards")
                .isEqualTo(2);
    }

    private List<String> trail() {
        return jdbc
                .query(
                        "select action, payload from audit_entry where object = " + TrailNames.PERSON + " order by n",
                        (row, i) -> row.getString(1) + " "
                                + row.getString(2)
                                        .replaceAll(",?\"row\":\"[0-9a-f]{64}\"", "")
                                        .replace("{,", "{"),
                        id)
                .stream()
                .map(line ->
                        line.startsWith("people.Password") && !line.contains("LinkMade") ? line : line.split(" ")[0])
                .toList();
    }

    private void assertOver(String link) {
        assertThatThrownBy(() -> links.check(link))
                .isInstanceOfSatisfying(LinkRefused.class, refusal -> assertThat(refusal.isOver())
                        .isTrue());
    }

    private static void assertProblem(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                        refusal.problem().type().toString())
                .isEqualTo("urn:gatehouse:problem:" + code));
    }
}
