package io.gatehouse.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.PasswordCheck;
import io.gatehouse.access.People;
import io.gatehouse.access.PersonStates;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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

@ProcessTest
@OnH2
class FirstAdministratorTests {

    private static final String PASSWORD = "teapot rudder violin";
    private static int people;

    @Autowired
    private FirstAdministrator first;

    @Autowired
    private RefusedLinks refusals;

    @Autowired
    private Administrators administrators;

    @Autowired
    private PasswordCheck passwords;

    @Autowired
    private People known;

    @Autowired
    private PersonStates states;

    @Autowired
    private IdentityService identities;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    private NoAdministrators nobody;
    private String id = "";

    @BeforeEach
    void nobodyYet() {
        nobody = new NoAdministrators(identities, states, administrators);
        nobody.begin();
        id = "first-" + ++people;
    }

    @AfterEach
    void theOthersAreBack() {
        clock.reset();
        nobody.end();
    }

    private String offer() {
        return first.offer().orElseThrow().secret().text();
    }

    @Test
    void makesWhoeverHasTheLinkAnAdministrator() {
        assertThat(first.appoint(offer(), id, "Ada First", PASSWORD)).isEmpty();

        assertThat(passwords.passes(id, PASSWORD)).isTrue();
        assertThat(known.groupsOf(id)).containsExactly("admin");
        assertThat(administrators.exist()).isTrue();
        assertThat(jdbc.queryForList(
                        "select action from audit_entry where object = " + TrailNames.PERSON, String.class, id))
                .containsExactly("people.FirstAdministratorAdded");
    }

    @Test
    void keepsNothingOfTheSecretOrThePassword() {
        String link = offer();
        first.appoint(link, id, "Ada First", PASSWORD);

        assertThat(jdbc.queryForList("select payload from audit_entry where action like 'people.%'", String.class))
                .isNotEmpty()
                .noneMatch(text -> text.contains(link) || text.contains(PASSWORD));
        assertThat(jdbc.queryForList("select link_hash from people_link", byte[].class))
                .allSatisfy(hash -> assertThat(hash).hasSize(32));
    }

    @Test
    void worksOnceAndOnlyWhileThereIsNoAdministrator() {
        String used = offer();
        String other = offer();
        first.check(used);
        first.check(other);

        first.appoint(used, id, "Ada First", PASSWORD);

        assertOver(() -> first.check(used));
        assertOver(() -> first.appoint(used, id + "-2", "Eve Late", PASSWORD));
        assertOver(() -> first.appoint(other, id + "-2", "Eve Late", PASSWORD));
        assertThat(first.offer()).isEmpty();
        assertThat(identities.createUserQuery().userId(id + "-2").count()).isZero();
    }

    @Test
    void staysUsedWhenTheAdministratorIsGone() {
        String used = offer();
        first.appoint(used, id, "Ada First", PASSWORD);
        states.save(id, states.version(id), true);

        assertOver(() -> first.check(used));
        assertThat(first.offer()).isPresent();
    }

    @Test
    void endsAfterADay() {
        String link = offer();

        clock.advance(FirstAdministrator.LIFE.minusSeconds(1));
        first.check(link);
        clock.advance(Duration.ofSeconds(1));
        assertOver(() -> first.check(link));
    }

    @Test
    void tellsTheLinkOfALaterStartFromOneThatNeverWas() {
        offer();
        first.check(offer());

        assertNeverWas("x".repeat(43));
        assertNeverWas("");
        assertNeverWas("' or 1=1 --");
        assertNeverWas("é".repeat(43));
    }

    @Test
    void letsExactlyOneOfManyWhoChooseAtOnce() throws Exception {
        List<String> links = List.of(offer(), offer());
        ExecutorService browsers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<String>>> attempts = IntStream.range(0, 6)
                    .<Callable<List<String>>>mapToObj(
                            i -> () -> first.appoint(links.get(i % 2), id + "-" + i, "Ada First", PASSWORD))
                    .toList();
            int appointed = 0;
            for (Future<List<String>> attempt : browsers.invokeAll(attempts)) {
                appointed += succeeded(attempt) ? 1 : 0;
            }
            assertThat(appointed).isEqualTo(1);
        } finally {
            browsers.shutdown();
        }

        assertThat(identities.createUserQuery().userIdIn(ids()).count()).isEqualTo(1);
        assertThat(jdbc.queryForObject(
                        "select count(*) from audit_entry where action = 'people.FirstAdministratorAdded' and object in (select"
                                + " concat('person-', lpad(p.n, 9, '0')) from audit_person p where p.person like ?)",
                        Long.class,
                        id + "-%"))
                .isEqualTo(1);
    }

    private String[] ids() {
        return IntStream.range(0, 6).mapToObj(i -> id + "-" + i).toArray(String[]::new);
    }

    private static boolean succeeded(Future<List<String>> attempt) throws InterruptedException {
        try {
            assertThat(attempt.get()).isEmpty();
            return true;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(LinkRefused.class);
            return false;
        }
    }

    @Test
    void takesNoNameTwiceAndNoWeakPassword() {
        String link = offer();
        InsideTheEngine.run(identities, () -> identities.saveUser(identities.newUser(id)));

        assertThat(first.appoint(link, id, "Ada First", PASSWORD))
                .singleElement()
                .asString()
                .contains("has or had");
        assertThat(first.appoint(link, "nobody", " ", "short")).hasSize(3);
        assertThat(first.appoint(link, "Ada ", "Ada", PASSWORD))
                .singleElement()
                .asString()
                .contains("must be 1 to 64");
        first.check(link);
    }

    @Test
    void writesARefusalDownOnce() {
        String link = offer();
        first.appoint(link, id, "Ada First", PASSWORD);
        long before = refused();

        IntStream.range(0, 5).forEach(i -> refuse(link));
        assertThat(refused() - before).isEqualTo(1);

        clock.advance(RefusedLinks.PAUSE);
        IntStream.range(0, 5).forEach(i -> refuse("x".repeat(43)));
        assertThat(refused() - before).isEqualTo(2);
        clock.advance(RefusedLinks.PAUSE);
        refuse("y".repeat(43));
        assertThat(refused() - before).isEqualTo(3);
    }

    private void refuse(String link) {
        Optional<LinkRefused> refusal = Optional.empty();
        try {
            first.check(link);
        } catch (LinkRefused e) {
            refusal = Optional.of(e);
        }
        refusals.record(refusal.orElseThrow());
    }

    private long refused() {
        return jdbc.queryForList("select action from audit_entry where action = 'people.LinkRefused'")
                .size();
    }

    private void assertNeverWas(String link) {
        assertThatThrownBy(() -> first.check(link))
                .isInstanceOfSatisfying(LinkRefused.class, refusal -> assertThat(refusal.isOver())
                        .isFalse());
    }

    private static void assertOver(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(LinkRefused.class, refusal -> assertThat(refusal.isOver())
                .isTrue());
    }
}
