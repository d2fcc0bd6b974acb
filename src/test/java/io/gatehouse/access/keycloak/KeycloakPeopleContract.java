package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.access.AccountBound;
import io.gatehouse.access.AccountRefused;
import io.gatehouse.access.Person;
import io.gatehouse.access.keycloak.RefusedPerson.Reason;
import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who of the accounts that Keycloak vouches for is let in; the same on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KeycloakPeopleContract {

    private final List<Object> events = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private HikariDataSource dataSource;
    private KeycloakPeople people;

    abstract MySqlDatabase database();

    @BeforeAll
    void open() {
        MySqlDatabase database = database();
        dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(database.url());
        dataSource.setUsername(database.username());
        dataSource.setPassword(database.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    @BeforeEach
    void forgetEverything() {
        JdbcClient.create(dataSource).sql("delete from access_account").update();
        events.clear();
        clock.reset();
        people = freshly();
    }

    /** As another node sees it, or this one after a restart: nothing remembered. */
    private KeycloakPeople freshly() {
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        Accounts accounts = new Accounts(JdbcClient.create(dataSource), transactions, this::heard, clock);
        return new KeycloakPeople(accounts, this::heard, transactions, clock);
    }

    private synchronized void heard(Object event) {
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isTrue();
        events.add(event);
    }

    @AfterAll
    void close() {
        clock.reset();
        dataSource.close();
    }

    @Test
    void takesRolesFromTheGroupsAtTheTop() {
        TokenSubject rita = TokenSubject.of(Map.of(
                "sub", "s-1",
                "preferred_username", "rita",
                "sid", "x",
                "groups", List.of("/requester", "/team-storage", "/teams/admin", "cab-member", "/camunda-admin", 7)));

        assertThat(people.admit(rita)).isEqualTo(new Person("rita", Set.of("requester", "team-storage")));
    }

    @Test
    void bindsANameToTheFirstAccountThatComesWithIt() {
        people.admit(person("s-1", "rita"));
        people.admit(person("s-1", "rita"));
        freshly().admit(person("s-1", "rita"));

        assertThat(events).containsExactly(new AccountBound("rita", "s-1", clock.instant()));
    }

    @Test
    void refusesANameThatComesWithAnotherAccount() {
        people.admit(person("s-1", "rita"));

        assertRefused(people, person("s-2", "rita"), Reason.NAME_OF_ANOTHER_ACCOUNT);
        assertRefused(freshly(), person("s-2", "rita"), Reason.NAME_OF_ANOTHER_ACCOUNT);
        assertThat(people.admit(person("s-1", "rita")).id()).isEqualTo("rita");
        assertThat(events).contains(new AccountRefused("s-2", "rita", "NAME_OF_ANOTHER_ACCOUNT"));
    }

    @Test
    void refusesAnAccountThatComesWithAnotherName() {
        people.admit(person("s-1", "rita"));

        assertRefused(people, person("s-1", "margarita"), Reason.ACCOUNT_RENAMED);
        assertRefused(freshly(), person("s-1", "margarita"), Reason.ACCOUNT_RENAMED);
        assertThat(people.admit(person("s-1", "rita")).id()).isEqualTo("rita");
    }

    @Test
    void givesANameToOneOnlyOfManyWhoComeAtOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> attempts = IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(i -> () -> admits(freshly(), person("s-" + i % 8, "rita")))
                    .toList();
            int admitted = 0;
            for (var attempt : callers.invokeAll(attempts)) {
                admitted += attempt.get() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(5);
        } finally {
            callers.shutdown();
        }
        assertThat(events).filteredOn(AccountBound.class::isInstance).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gatehouse",
                "nobody",
                "tool:ci",
                "Rita",
                "rita rich",
                "rita\n",
                "../rita",
                "rità",
                "-rita",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesNamesThatCannotBeIds(String name) {
        assertRefused(people, person("s-1", name), Reason.NAME_UNFIT);
        assertThat(events).containsExactly(new AccountRefused("s-1", "", "NAME_UNFIT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rita", "r", "rita.rich", "rita_rich-2@example.com", "0815"})
    void takesNamesAsPeopleHaveThem(String name) {
        assertThat(people.admit(person("s-1", name)).id()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "technical-approver",
                "cab-member",
                "cab-chair",
                "change-manager",
                "release-manager",
                "product-owner",
                "qa-lead",
                "ops-lead",
                "security-officer"
            })
    void refusesAdministrationAndApprovalInOneHand(String role) {
        assertRefused(people, person("s-1", "adam", "admin", role), Reason.ADMIN_AND_APPROVER);
        assertRefused(people, program("s-2", "service-account-ci", role), Reason.PROGRAM_WITH_POWERS);
        assertThat(people.admit(person("s-1", "adam", "admin", "requester", "auditor"))
                        .groups())
                .containsExactlyInAnyOrder("admin", "requester", "auditor");
    }

    @Test
    void refusesAProgramThatAdministers() {
        assertRefused(people, program("s-1", "service-account-ci", "admin"), Reason.PROGRAM_WITH_POWERS);
        assertRefused(people, person("s-1", "service-account-ci", "admin"), Reason.PROGRAM_WITH_POWERS);
        assertThat(people.admit(program("s-1", "service-account-ci", "requester"))
                        .groups())
                .containsExactly("requester");
    }

    @Test
    void writesTheSameRefusalDownOnceAMinute() {
        for (int i = 0; i < 5; i++) {
            assertRefused(people, person("s-1", "adam", "admin", "qa-lead"), Reason.ADMIN_AND_APPROVER);
        }
        assertThat(events).hasSize(1);

        clock.advance(Duration.ofSeconds(61));
        assertRefused(people, person("s-1", "adam", "admin", "qa-lead"), Reason.ADMIN_AND_APPROVER);
        assertThat(events).hasSize(2);
    }

    private static boolean admits(KeycloakPeople people, TokenSubject who) {
        try {
            people.admit(who);
            return true;
        } catch (RefusedPerson refused) {
            return false;
        }
    }

    private static void assertRefused(KeycloakPeople people, TokenSubject who, Reason reason) {
        assertThatExceptionOfType(RefusedPerson.class)
                .isThrownBy(() -> people.admit(who))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static TokenSubject person(String subject, String name, String... groups) {
        return new TokenSubject(subject, name, Set.of(groups), name.startsWith("service-account-"));
    }

    private static TokenSubject program(String subject, String name, String... groups) {
        return new TokenSubject(subject, name, Set.of(groups), true);
    }
}
