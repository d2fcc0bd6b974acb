package io.gatehouse.change;

import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.catalog.Services;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** What the table of risks is told beside the questionnaire; everything here is taken back after each test. */
@ProcessTest
@OnH2
@Transactional
class RiskInputsTests {

    private static final SignedIn RED = new SignedIn("ruth", "requester", "red");
    private static final SignedIn BLUE = new SignedIn("bob", "requester", "blue");

    @Autowired
    private RiskInputs inputs;

    @Autowired
    private ChangeSurroundings surroundings;

    @Autowired
    private Services services;

    @Autowired
    private PastChanges past;

    @Autowired
    private Collisions collisions;

    @Autowired
    private Changes changes;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    /** Three services in a row of dependencies that end in a cycle, and one more of the first one's team. */
    @BeforeEach
    void services() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        jdbc.batchUpdate(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, ?, ?, 1)",
                List.of(
                        new Object[] {"risk-store", "Store", 3, "blue"},
                        new Object[] {"risk-shop", "Shop", 1, "red"},
                        new Object[] {"risk-front", "Front", 2, "red"},
                        new Object[] {"risk-index", "Index", 4, "blue"}));
        jdbc.batchUpdate(
                "insert into service_dependency (service_key, depends_on) values (?, ?)",
                List.of(
                        new Object[] {"risk-shop", "risk-store"},
                        new Object[] {"risk-front", "risk-shop"},
                        new Object[] {"risk-shop", "risk-front"}));
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void tellNothingToFearOfAnUnknownService() {
        assertThat(told("risk-index"))
                .containsEntry("tier", 4)
                .containsEntry("environmentKind", "PRODUCTION")
                .containsEntry("dependentCount", 0)
                .containsEntry("dependentTier", 5)
                .containsEntry("windowHours", 2)
                .containsEntry("familiarity", 0)
                .containsEntry("serviceScore", 100)
                .containsEntry("teamScore", 100)
                .containsEntry("teamFamiliarity", 0)
                .containsEntry("incidents", 0)
                .containsEntry("collision", "NONE");
    }

    @Test
    void tellWhatDependsOnItThroughOthers() {
        assertThat(told("risk-store")).containsEntry("dependentCount", 2).containsEntry("dependentTier", 1);
        assertThat(told("risk-front")).containsEntry("dependentCount", 1).containsEntry("dependentTier", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "risk-store, production, SCHEDULED, 0, SAME_SERVICE",
        "risk-store, production, ASSESS, 119, SAME_SERVICE",
        "risk-store, production, IMPLEMENT, -119, SAME_SERVICE",
        "risk-store, production, SCHEDULED, 120, NONE",
        "risk-store, production, SCHEDULED, -120, NONE",
        "risk-store, production, NEW, 0, NONE",
        "risk-store, production, CLOSED, 0, NONE",
        "risk-store, staging, SCHEDULED, 0, NONE",
        "risk-front, production, SCHEDULED, 0, RELATED_SERVICE",
        "risk-index, production, SCHEDULED, 0, NONE",
    })
    void tellOtherChangesMeanwhile(String service, String environment, String state, int minutes, String collision) {
        Instant start = start().plus(Duration.ofMinutes(minutes));
        other(service, environment, state, start, "sam", null, false, null);

        assertThat(told("risk-store")).containsEntry("collision", collision);
    }

    @Test
    void tellThatWhatItNeedsIsChangedMeanwhile() {
        other("risk-store", "production", "SCHEDULED", start(), "sam", null, false, null);

        assertThat(told("risk-shop")).containsEntry("collision", "RELATED_SERVICE");
    }

    @Test
    void tellHowOftenTheRequesterDidWell() {
        past("risk-store", "rita", "SUCCESSFUL", false, 1);
        past("risk-store", "rita", "SUCCESSFUL_WITH_ISSUES", false, 179);
        past("risk-store", "rita", "SUCCESSFUL", false, 181);
        past("risk-store", "rita", "UNSUCCESSFUL", true, 1);
        past("risk-store", "sam", "SUCCESSFUL", false, 1);
        past("risk-index", "rita", "SUCCESSFUL", false, 1);

        assertThat(told("risk-store")).containsEntry("familiarity", 2).containsEntry("teamFamiliarity", 3);
    }

    @Test
    void tellNothingOfWhatOtherTeamsDid() {
        past("risk-store", "bea", "SUCCESSFUL", false, 1, "blue");
        past("risk-store", "bo", "SUCCESSFUL", false, 2, "blue", "green");

        assertThat(told(RED, "risk-store")).containsEntry("teamFamiliarity", 0).containsEntry("familiarity", 0);
        assertThat(told(BLUE, "risk-store")).containsEntry("teamFamiliarity", 2);
        assertThat(told(RITA, "risk-store"))
                .as("in no team, so it is of the one that owns the service")
                .containsEntry("teamFamiliarity", 2);
    }

    @Test
    void tellWhatAnybodyOfTheTeamDidWell() {
        past("risk-store", "rosa", "SUCCESSFUL", false, 1, "red");
        past("risk-store", "ralf", "SUCCESSFUL", false, 2, "red", "green");
        past("risk-store", "ralf", "UNSUCCESSFUL", false, 3, "red");
        past("risk-index", "rosa", "SUCCESSFUL", false, 1, "red");
        past("risk-store", "bea", "SUCCESSFUL", false, 1, "blue");

        assertThat(told(RED, "risk-store")).containsEntry("teamFamiliarity", 2).containsEntry("familiarity", 0);
        assertThat(told(new SignedIn("rob", "requester", "red", "blue"), "risk-store"))
                .containsEntry("teamFamiliarity", 3);
    }

    /** What a group is that owns nothing, or a role, makes nobody a colleague of anybody. */
    @Test
    void tellOfTeamsAndNotOfOtherGroups() {
        past("risk-store", "sam", "SUCCESSFUL", false, 1, "green");

        assertThat(told(new SignedIn("gil", "requester", "green"), "risk-store"))
                .containsEntry("teamFamiliarity", 0);
    }

    @Test
    void countAChangeAsOfTheTeamThatSubmittedItLast() {
        Window window = new Window(start(), start().plus(Duration.ofHours(2)));
        Change change = RED.does(() -> {
            Change raised = changes.raise(ChangeType.NORMAL, RED.id(), null, content(window, "risk-store"));
            changes.submit(raised);
            return raised;
        });
        assertThat(teamsOf(change)).containsExactly("red");

        BLUE.runs(() -> changes.submit(change));

        assertThat(teamsOf(change)).containsExactly("blue");
    }

    private List<String> teamsOf(Change change) {
        return jdbc.queryForList("select team from change_team where change_id = ?", String.class, change.id());
    }

    @Test
    void tellIncidentsThatItsChangesCaused() {
        past("risk-store", "rita", "SUCCESSFUL", false, 0);
        caused("MINOR");
        caused("MAJOR");
        past("risk-index", "sam", "SUCCESSFUL", false, 0);
        caused("CRITICAL");

        assertThat(told("risk-store"))
                .containsEntry("incidents", 2)
                .containsEntry("serviceScore", 81)
                .containsEntry("teamScore", 65)
                .containsEntry("familiarity", 0)
                .containsEntry("teamFamiliarity", 0);
    }

    @Test
    void tellNothingOfIncidentsOfOtherServicesAndOfLongAgo() {
        past("risk-shop", "sam", "SUCCESSFUL", false, 0);
        caused("CRITICAL");
        past("risk-store", "sam", "SUCCESSFUL", false, 181);
        caused("CRITICAL");

        assertThat(told("risk-store")).containsEntry("incidents", 0).containsEntry("serviceScore", 100);
    }

    @Test
    void tellNothingOfIncidentsThatWereTakenBack() {
        past("risk-store", "rita", "SUCCESSFUL", false, 0);
        caused("CRITICAL");
        assertThat(told("risk-store")).containsEntry("incidents", 1).containsEntry("familiarity", 0);

        jdbc.update("update change_incident set in_force = null, removed_by = 'mona' where reference = 'INC-CRITICAL'");

        assertThat(told("risk-store"))
                .containsEntry("incidents", 0)
                .containsEntry("serviceScore", 100)
                .containsEntry("teamScore", 100)
                .containsEntry("familiarity", 1);
    }

    /** By the change that was written last. */
    private void caused(String severity) {
        jdbc.update(
                """
                insert into change_incident (change_id, reference, severity, opened_at, linked_by, linked_at)
                select max(id), ?, ?, ?, 'oskar', ? from change_request""",
                "INC-" + severity,
                severity,
                utc(clock.instant()),
                utc(clock.instant()));
    }

    @Test
    void tellHowItsLastChangesAndThoseOfItsTeamWent() {
        past("risk-store", "sam", "UNSUCCESSFUL", true, 0);
        past("risk-index", "sam", "UNSUCCESSFUL", false, 0);
        past("risk-shop", "sam", "UNSUCCESSFUL", false, 0);

        assertThat(told("risk-store")).containsEntry("serviceScore", 75).containsEntry("teamScore", 60);
    }

    /** Nobody is reassured by what else is changed along with the worst. */
    @Test
    void tellTheWorstOfSeveralServices() {
        past("risk-store", "rita", "SUCCESSFUL", false, 0);
        past("risk-store", "rita", "SUCCESSFUL", false, 0);
        past("risk-index", "sam", "SUCCESSFUL", false, 0);
        past("risk-shop", "sam", "UNSUCCESSFUL", false, 0);
        caused("MINOR");

        assertThat(told(RITA, "risk-store", "risk-index", "risk-shop"))
                .as("as of the shop, of the shop, and of everybody")
                .containsEntry("serviceCount", 3)
                .containsEntry("tier", 1)
                .containsEntry("dependentCount", 1)
                .containsEntry("dependentTier", 2)
                .containsEntry("familiarity", 0)
                .containsEntry("teamFamiliarity", 0)
                .containsEntry("serviceScore", 75)
                .containsEntry("teamScore", 75)
                .containsEntry("incidents", 1);
        assertThat(told(RITA, "risk-store", "risk-index"))
                .as("the least that is known of either")
                .containsEntry("serviceCount", 2)
                .containsEntry("tier", 3)
                .containsEntry("familiarity", 0)
                .containsEntry("teamFamiliarity", 1)
                .containsEntry("serviceScore", 100);
    }

    /** What is Monday night by one clock is a working morning by another. */
    @ParameterizedTest
    @CsvSource({
        "UTC, 2099-01-05T21:00:00Z, NIGHT",
        "Asia/Tokyo, 2099-01-05T23:30:00Z, WORKING_HOURS",
        "Asia/Tokyo, 2099-01-05T10:00:00Z, NIGHT",
        "UTC, 2099-01-05T10:00:00Z, WORKING_HOURS",
        "America/Los_Angeles, 2099-01-05T05:00:00Z, WEEKEND",
    })
    void tellTheTimeOfTheWindowByTheClockThatIsConfigured(String zone, Instant opens, String time) {
        RiskInputs there = new RiskInputs(
                surroundings,
                services,
                past,
                collisions,
                new Binder(new MapConfigurationPropertySource(Map.of("gatehouse.policy.time-zone", zone)))
                        .bind("gatehouse.policy", PolicyProperties.class)
                        .get(),
                clock);
        Window window = new Window(opens, opens.plus(Duration.ofHours(1)));

        assertThat(there.of(RITA.does(() -> changes.raise(
                        ChangeType.NORMAL, "rita", null, ChangeFixture.content("risk-index", "production", window)))))
                .containsEntry("windowTime", time)
                .containsEntry("windowHours", 1);
    }

    @ParameterizedTest
    @CsvSource({"true, false, false", "false, true, false", "false, false, true"})
    void tellEachAnswerOfTheRequesterAsItself(boolean migration, boolean downtime, boolean tested) {
        Window window = new Window(start(), start().plus(Duration.ofHours(2)));
        ChangeContent said = ChangeFixture.content("risk-index", "production", window);
        Change change = changes.raise(
                ChangeType.NORMAL,
                "rita",
                null,
                new ChangeContent(
                        said.title(),
                        said.description(),
                        said.services(),
                        said.environment(),
                        said.window(),
                        said.plans(),
                        new Questionnaire(migration, downtime, tested),
                        said.links(),
                        said.artifacts()));

        assertThat(inputs.of(change))
                .containsEntry("dataMigration", migration)
                .containsEntry("downtime", downtime)
                .containsEntry("backoutTested", tested);
    }

    @Test
    void tellNothingOfOtherEnvironmentsAndOfWhatIsLongPast() {
        other("risk-store", "staging", "CLOSED", start(), "sam", "UNSUCCESSFUL", true, clock.instant());
        past("risk-store", "sam", "UNSUCCESSFUL", true, 181);

        assertThat(told("risk-store")).containsEntry("serviceScore", 100).containsEntry("teamScore", 100);
    }

    @Test
    void tellOnlyOfTheNewestChanges() {
        past("risk-store", "sam", "UNSUCCESSFUL", true, 1);
        for (int i = 0; i < PastChanges.NEWEST; i++) {
            past("risk-store", "sam", "SUCCESSFUL", false, 1);
        }

        assertThat(told("risk-store")).containsEntry("serviceScore", 100);
    }

    @Test
    void tellOfFewerChangesOfWhatTheTeamsHaveBesides() {
        past("risk-index", "sam", "UNSUCCESSFUL", true, 1);
        for (int i = 0; i < PastChanges.NEWEST_OF_OTHERS; i++) {
            past("risk-index", "sam", "SUCCESSFUL", false, 1);
        }

        assertThat(told("risk-store")).containsEntry("teamScore", 100);
        assertThat(told("risk-index").get("teamScore")).isNotEqualTo(100);
    }

    /** As rita is told, who is in no team. */
    private Map<String, Object> told(String service) {
        return told(RITA, service);
    }

    private Map<String, Object> told(SignedIn requester, String... services) {
        Window window = new Window(start(), start().plus(Duration.ofHours(2)));
        return requester.does(() -> {
            Change change = changes.raise(ChangeType.NORMAL, requester.id(), null, content(window, services));
            changes.submit(change);
            return inputs.of(change);
        });
    }

    private Instant start() {
        return clock.instant().plus(Duration.ofHours(24));
    }

    private static ChangeContent content(Window window, String... services) {
        ChangeContent one = ChangeFixture.content(services[0], "production", window);
        return new ChangeContent(
                one.title(),
                one.description(),
                Set.of(services),
                one.environment(),
                one.window(),
                one.plans(),
                one.questionnaire(),
                one.links(),
                List.of());
    }

    /** Of the team that owns the service. */
    private void past(String service, String requester, String closeCode, boolean rolledBack, int daysAgo) {
        past(
                service,
                requester,
                closeCode,
                rolledBack,
                daysAgo,
                jdbc.queryForObject("select owner_group from service where service_key = ?", String.class, service));
    }

    private void past(
            String service, String requester, String closeCode, boolean rolledBack, int daysAgo, String... teams) {
        Instant closed = clock.instant().minus(Duration.ofDays(daysAgo));
        other(service, "production", "CLOSED", closed, requester, closeCode, rolledBack, closed);
        for (String team : teams) {
            jdbc.update("insert into change_team (change_id, team) select max(id), ? from change_request", team);
        }
    }

    private void other(
            String service,
            String environment,
            String state,
            Instant startsAt,
            String requester,
            String closeCode,
            boolean rolledBack,
            Instant closedAt) {
        jdbc.update(
                """
                insert into change_request (version, type, state, title, environment_key, requester, window_starts_at,
                  window_ends_at, data_migration, downtime, backout_tested, approval_round, rolled_back, created_at,
                  close_code, closed_at)
                values (1, 'NORMAL', ?, 'Another', ?, ?, ?, ?, false, false, true, 1, ?, ?, ?, ?)""",
                state,
                environment,
                requester,
                utc(startsAt),
                utc(startsAt.plus(Duration.ofHours(2))),
                rolledBack,
                utc(startsAt),
                closeCode,
                closedAt == null ? null : utc(closedAt));
        jdbc.update(
                "insert into change_service (change_id, service_key) select max(id), ? from change_request", service);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
