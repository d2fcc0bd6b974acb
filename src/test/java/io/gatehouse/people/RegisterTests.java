package io.gatehouse.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.access.PersonStates;
import io.gatehouse.access.Roles;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.audit.verify.AuditVerifierRun;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ProcessTest
@OnH2
class RegisterTests {

    private static int people;

    @Autowired
    private Register register;

    @Autowired
    private PersonWriter writer;

    @Autowired
    private PersonStates states;

    @Autowired
    private People known;

    @Autowired
    private Permissions permissions;

    @Autowired
    private Administrators administrators;

    @Autowired
    private IdentityService identities;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    private NoAdministrators others;
    private SignedIn ada = new SignedIn("");
    private SignedIn bea = new SignedIn("");
    private String id = "";

    @BeforeEach
    void twoAdministratorsAndNoOther() {
        others = new NoAdministrators(identities, states, administrators);
        others.begin();
        people++;
        ada = administrator("ada-" + people);
        bea = administrator("bea-" + people);
        id = "nora-" + people;
    }

    @AfterEach
    void theOthersAreBack() {
        others.end();
    }

    private SignedIn administrator(String name) {
        writer.add(name, described("admin"));
        return new SignedIn(name, "admin");
    }

    private static PersonDescription described(String... roles) {
        return new PersonDescription("Nora Berg", "nora@example.com", Set.of(roles), Set.of());
    }

    private RegisteredPerson add(String name, String... roles) {
        return ada.does(() -> register.add(name, described(roles)));
    }

    private RegisteredPerson change(SignedIn by, String whom, String... roles) {
        return by.does(() -> register.change(whom, described(roles), Precondition.parse("*", null)));
    }

    @Test
    void erasesSomebodyButForTheirId() throws Exception {
        add(id, "requester", "ops-lead");
        bea.does(() -> register.disable(id));
        ada.does(() -> register.enable(id));

        RegisteredPerson erased = ada.does(() -> register.erase(id));

        long number = jdbc.queryForObject("select n from audit_person where person = ?", Long.class, id);
        assertThat(erased.name()).isEqualTo("Erased person " + number);
        assertThat(erased.email()).isNull();
        assertThat(erased.enabled()).isFalse();
        assertThat(erased.roles()).isEmpty();
        assertThat(register.list(new PageQuery(null, 200)).items())
                .filteredOn(person -> person.id().equals(id))
                .extracting(RegisteredPerson::name)
                .containsExactly("Erased person " + number);
        assertThat(known.isActive(id)).isFalse();
        assertThat(jdbc.queryForList("select * from ACT_ID_USER where ID_ = ?", id)
                        .toString())
                .doesNotContain("Nora", "Berg", "example.com");
        assertThat(differences(id)).isEmpty();
        assertThat(lastEntry(id)).isEqualTo("people.Erased");
        assertThat(AuditVerifierRun.of(database.unwrap(HikariDataSource.class))).startsWith("0 ");
    }

    @Test
    void anErasedPersonDoesNotComeBack() {
        add(id, "requester");
        ada.does(() -> register.erase(id));

        assertThat(ada.does(() -> register.erase(id)).enabled()).isFalse();
        assertThatThrownBy(() -> ada.does(() -> register.enable(id))).hasMessageContaining("was erased");
        assertThatThrownBy(() -> change(ada, id, "requester")).hasMessageContaining("was erased");
        assertThatThrownBy(() -> add(id, "requester")).hasMessageContaining("no id is given twice");
        assertThatThrownBy(() -> ada.does(() -> register.erase(ada.id())))
                .hasMessageContaining("Another administrator");
    }

    @Test
    void findsWhoeverIsBroughtBackPastTheProduct() throws Exception {
        add(id, "requester");
        ada.does(() -> register.erase(id));

        jdbc.update("update access_person set erased = null where person = ?", id);

        assertThat(differences(id)).containsExactly("ALTERED");
    }

    private List<String> differences(String whom) throws SQLException {
        long number = jdbc.queryForObject("select n from audit_person where person = ?", Long.class, whom);
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of("person-%09d".formatted(number))).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }

    private String lastEntry(String whom) {
        long number = jdbc.queryForObject("select n from audit_person where person = ?", Long.class, whom);
        return jdbc.queryForObject(
                "select action from audit_entry where object = ? order by n desc limit 1",
                String.class,
                "person-%09d".formatted(number));
    }

    @Test
    void addsSomebodyWhoCannotComeInYet() {
        RegisteredPerson nora = ada.does(() -> register.add(
                id, new PersonDescription(" Nora  van Berg", null, Set.of("requester"), Set.of("blue-team"))));

        assertThat(nora)
                .isEqualTo(new RegisteredPerson(
                        id, "Nora van Berg", null, Set.of("requester"), Set.of("blue-team"), true, 1));
        assertThat(register.get(id)).isEqualTo(nora);
        assertThat(known.groupsOf(id)).containsExactlyInAnyOrder("requester", "blue-team");
        assertThat(identities.checkPassword(id, "")).isFalse();
        assertThat(trail(id))
                .containsExactly(ada.id() + " people.Added {\"roles\":[\"requester\"],\"teams\":[\"blue-team\"]}");
    }

    @Test
    void givesNoIdTwiceNotEvenAfterSomebodyTookARowAway() {
        add(id, "requester");
        assertProblem("person-exists", () -> add(id, "requester"));

        InsideTheEngine.run(identities, () -> identities.deleteUser(id));
        assertProblem("person-exists", () -> add(id, "requester"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nora", "nora ", "n\u043era", "nobody", "gatehouse", "camunda-admin", "tool:ci"})
    void addsNobodyWhoCouldBeTakenForAnother(String other) {
        assertProblem("invalid-request", () -> add(other, "requester"));
    }

    @ParameterizedTest
    @CsvSource({
        "emperor, blue, nora@example.com",
        "camunda-admin, blue, nora@example.com",
        "admin, camunda-admin, nora@example.com",
        "requester, admin, nora@example.com",
        "requester, Blue Team, nora@example.com",
        "requester, blue, nora@sample.gatehouse.invalid",
        "requester, blue, nora@SAMPLE.Gatehouse.INVALID"
    })
    void takesRolesForRolesAndTeamsForTeams(String role, String team, String mail) {
        PersonDescription wanted = new PersonDescription("Nora Berg", mail, Set.of(role), Set.of(team));

        assertProblem("invalid-request", () -> ada.does(() -> register.add(id, wanted)));
        assertProblem("person-not-found", () -> register.get(id));
    }

    @Test
    void writesDownWhatGroupsSomebodyHadAndHas() {
        add(id, "requester", "qa-lead");
        RegisteredPerson changed = change(bea, id, "requester", "ops-lead");

        assertThat(changed.roles()).containsExactly("ops-lead", "requester");
        assertThat(changed.version()).isEqualTo(2);
        assertThat(trail(id))
                .last()
                .asString()
                .isEqualTo(bea.id() + " people.Changed {\"emailChanged\":false,"
                        + "\"nameChanged\":false,\"roles\":[\"ops-lead\",\"requester\"],"
                        + "\"rolesBefore\":[\"qa-lead\",\"requester\"],\"teams\":[],\"teamsBefore\":[]}");
    }

    @Test
    void losesNobodysUpdate() {
        add(id, "requester");
        Precondition first = Precondition.parse("\"1\"", null);
        ada.runs(() -> register.change(id, described("qa-lead"), first));

        assertProblem("precondition-failed", () -> bea.does(() -> register.change(id, described("ops-lead"), first)));
        assertThat(register.get(id).roles()).containsExactly("qa-lead");
    }

    @Test
    void disablesAndEnablesWithoutForgettingAnything() {
        add(id, "requester");
        long era = states.era(id);

        assertThat(ada.does(() -> register.disable(id)).enabled()).isFalse();
        ada.runs(() -> register.disable(id));
        assertThat(known.isActive(id)).isFalse();
        assertThat(states.era(id)).as("what they were signed in to is over").isEqualTo(era + 1);
        RegisteredPerson again = ada.does(() -> register.enable(id));
        ada.runs(() -> register.enable(id));

        assertThat(again.enabled()).isTrue();
        assertThat(again.roles()).containsExactly("requester");
        assertThat(again.version()).isEqualTo(3);
        assertThat(actions(id)).containsExactly("people.Added", "people.Disabled", "people.Enabled");
    }

    @Test
    void endsWhatSomebodyIsSignedInTo() {
        add(id, "requester");
        long era = states.era(id);

        ada.runs(() -> register.signOut(id));

        assertThat(states.era(id)).isEqualTo(era + 1);
        assertThat(known.isActive(id)).isTrue();
        assertThat(actions(id)).containsExactly("people.Added", "people.SignedOut");
    }

    @Test
    void letsNobodyTouchWhatIsNoPerson() {
        Stream.<ThrowingCallable>of(
                        () -> register.get("nobody"),
                        () -> change(ada, "nobody", "admin"),
                        () -> ada.does(() -> register.enable("nobody")),
                        () -> ada.runs(() -> register.signOut("nobody")),
                        () -> register.get(ada.id() + " "))
                .forEach(call -> assertProblem("person-not-found", call));
        assertThat(all()).contains(ada.id()).doesNotContain("nobody");
    }

    @Test
    void letsNobodyButAdministratorsOfThisMomentChangeAnything() {
        add(id, "requester", "change-manager");
        SignedIn nora = new SignedIn(id, "admin"); // as if signed in when it was still so
        SignedIn auditor = administrator("alma-" + people);
        change(ada, auditor.id(), "admin", "auditor");

        Stream.of(nora, auditor, new SignedIn("nobody-of-that-name", "admin")).forEach(other -> {
            assertForbidden(() -> other.does(() -> register.add(id + "-2", described("requester"))));
            assertForbidden(() -> change(other, id, "admin"));
            assertForbidden(() -> other.does(() -> register.disable(bea.id())));
            assertForbidden(() -> other.does(() -> register.enable(bea.id())));
            assertForbidden(() -> other.runs(() -> register.signOut(bea.id())));
        });
        assertThat(actions(bea.id())).isEmpty();
    }

    @Test
    void letsNoAdministratorPutAnEndToBeingOne() {
        assertProblem("own-administration", () -> ada.does(() -> register.disable(ada.id())));
        assertProblem("own-administration", () -> change(ada, ada.id(), "change-manager"));
        assertProblem("own-administration", () -> change(ada, ada.id(), "admin", "auditor"));
        assertThat(register.get(ada.id()).roles()).containsExactly("admin");
    }

    @Test
    void letsNoAdministratorDecideWhateverRolesTheyGiveThemselves() {
        List<String> deciding = new ArrayList<>(Roles.APPROVING);
        deciding.add("admin");
        RegisteredPerson self = change(ada, ada.id(), deciding.toArray(String[]::new));

        Person person = new Person(self.id(), known.groupsOf(self.id()));
        assertThat(person.groups()).containsAll(Roles.APPROVING);
        permissions.names().stream()
                .filter(row -> row.matches("[A-Z]\\w+") || row.matches("POST .*(approvals|reviews|technical-reviews)"))
                .forEach(row -> assertThatThrownBy(() -> permissions.require(row, person))
                        .as(row)
                        .isInstanceOf(ProblemException.class));
        assertThat(trail(self.id())).singleElement().asString().startsWith(ada.id() + " people.Changed");
    }

    @Test
    void leavesOneOfTwoAdministratorsWhoDisableEachOtherAtOnce() throws Exception {
        List<Callable<Boolean>> attempts = List.of(
                () -> succeeds(ada, () -> register.disable(bea.id())),
                () -> succeeds(bea, () -> register.disable(ada.id())));

        assertThat(atOnce(attempts)).isEqualTo(1);
        assertThat(administrators.exist()).isTrue();
    }

    @Test
    void addsOneOfManyWithTheSameIdAtOnce() throws Exception {
        List<Callable<Boolean>> attempts = IntStream.range(0, 6)
                .<Callable<Boolean>>mapToObj(
                        i -> () -> succeeds(i % 2 == 0 ? ada : bea, () -> register.add(id, described("requester"))))
                .toList();

        assertThat(atOnce(attempts)).isEqualTo(1);
        assertThat(actions(id)).containsExactly("people.Added");
    }

    private static boolean succeeds(SignedIn by, Runnable action) {
        try {
            by.runs(action);
            return true;
        } catch (ProblemException refused) {
            return false;
        }
    }

    private static long atOnce(List<Callable<Boolean>> attempts) throws InterruptedException, ExecutionException {
        ExecutorService nodes = Executors.newFixedThreadPool(attempts.size());
        try {
            long succeeded = 0;
            for (Future<Boolean> attempt : nodes.invokeAll(attempts)) {
                succeeded += attempt.get() ? 1 : 0;
            }
            return succeeded;
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void listsEverybodyInPagesOfWhicheverSize() {
        IntStream.range(0, 5).forEach(i -> add(id + "-" + i, "requester"));

        assertThat(all()).isSorted().doesNotHaveDuplicates().contains(id + "-0", id + "-4");
    }

    private List<String> all() {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            var page = register.list(PageQuery.parse(cursor, "2"));
            page.items().forEach(person -> ids.add(person.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private List<String> trail(String object) {
        return jdbc.query(
                "select " + TrailNames.ACTOR + ", action, payload from audit_entry where object = " + TrailNames.PERSON
                        + " order by n",
                (row, i) -> row.getString(1) + " " + row.getString(2) + " "
                        + row.getString(3)
                                .replaceAll(",?\"row\":\"[0-9a-f]{64}\"", "")
                                .replace("{,", "{"),
                object);
    }

    private List<String> actions(String object) {
        return trail(object).stream().map(line -> line.split(" ")[1]).toList();
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                        refusal.problem().status())
                .isEqualTo(403));
    }

    private static void assertProblem(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                        refusal.problem().type().toString())
                .isEqualTo("urn:gatehouse:problem:" + code));
    }
}
