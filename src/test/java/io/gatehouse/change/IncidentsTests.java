package io.gatehouse.change;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Who may say that a change caused an incident, when, and what it does to what comes next. */
@ProcessTest
@OnH2
@Transactional
class IncidentsTests {

    @Autowired
    private Incidents incidents;

    @Autowired
    private Changes changes;

    @Autowired
    private PastOutcomes outcomes;

    @Autowired
    private TemplateUses uses;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void isLinkedToAClosedChange() {
        String number = change("CLOSED");

        Incident linked = link(MONA, number, "INC-4711");

        assertThat(incidents.of(number)).containsExactly(linked);
        assertThat(linked.linkedBy()).isEqualTo("mona");
        assertThat(linked.openedAt()).isEqualTo(opened());
    }

    @ParameterizedTest
    @EnumSource(ChangeState.class)
    void isLinkedOnceTheChangeHasTouchedSomething(ChangeState state) {
        String number = change(state.name());
        if (Set.of(ChangeState.IMPLEMENT, ChangeState.REVIEW, ChangeState.CLOSED)
                .contains(state)) {
            assertThat(link(OSKAR, number, "INC-1").reference()).isEqualTo("INC-1");
        } else {
            assertThatThrownBy(() -> link(OSKAR, number, "INC-1")).hasMessageContaining("touched nothing");
            assertThat(incidents.of(number)).isEmpty();
        }
    }

    @Test
    void isLinkedOnce() {
        String number = change("CLOSED");
        link(MONA, number, "INC-1");

        assertThatThrownBy(() -> link(OSKAR, number, "inc-1")).hasMessageContaining("already");
        link(OSKAR, change("CLOSED"), "INC-1");
    }

    @Test
    void mayNotBeOfTheFutureOrNowhere() {
        String number = change("CLOSED");

        assertThatThrownBy(() -> MONA.does(() -> incidents.link(
                        person(MONA),
                        number,
                        "INC-1",
                        "ftp://here",
                        Incident.Severity.MINOR,
                        clock.instant().plusSeconds(1))))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                                refusal.problem().fields())
                        .extracting(field -> field.field())
                        .containsExactly("url", "openedAt"));
    }

    @Test
    void isForWhoeverRunsProductionAndForTheRequesterOfTheChange() {
        String number = change("CLOSED");

        assertThatThrownBy(() -> link(CARLA, number, "INC-1")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> link(new SignedIn("sam", "requester"), number, "INC-1"))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> link(new SignedIn("ann", "ops-lead", "auditor"), number, "INC-1"))
                .isInstanceOf(ProblemException.class);
        link(RITA, number, "INC-1");
    }

    @Test
    void isTakenBackAndStaysWithWhoWhenAndWhy() {
        String number = change("CLOSED");
        Incident wrong = link(MONA, number, "INC-1");
        Incident right = link(MONA, number, "INC-2");

        Incident removed = remove(OSKAR, number, wrong);

        assertThat(incidents.of(number)).containsExactly(removed, right);
        assertThat(removed)
                .extracting(
                        Incident::reference,
                        Incident::linkedBy,
                        Incident::removedBy,
                        Incident::removedAt,
                        Incident::removedBecause)
                .containsExactly("INC-1", "mona", "oskar", clock.instant(), "It was the neighbours");
    }

    @Test
    void isTakenBackOnceAndMayBeLinkedAgain() {
        String number = change("CLOSED");
        Incident first = link(MONA, number, "INC-1");
        remove(MONA, number, first);

        assertThatThrownBy(() -> remove(OSKAR, number, first))
                .hasMessageContaining("taken back")
                .hasMessageContaining("by mona");
        Incident again = link(MONA, number, "INC-1");
        remove(MONA, number, again);

        assertThat(incidents.of(number)).extracting(Incident::isInForce).containsExactly(false, false);
        assertThat(link(MONA, number, "INC-1").isInForce()).isTrue();
    }

    @Test
    void isTakenBackFromTheChangeItIsLinkedTo() {
        Incident linked = link(MONA, change("CLOSED"), "INC-1");

        assertThatThrownBy(() -> remove(MONA, change("CLOSED"), linked))
                .hasMessageContaining("No incident " + linked.id());
    }

    @Test
    void isTakenBackByWhoeverMayLinkIt() {
        String number = change("CLOSED");
        Incident linked = link(MONA, number, "INC-1");

        assertThatThrownBy(() -> remove(CARLA, number, linked)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> remove(new SignedIn("sam", "requester"), number, linked))
                .isInstanceOf(ProblemException.class);
        assertThat(remove(RITA, number, linked).removedBy()).isEqualTo("rita");
    }

    @Test
    void countsNoLongerWhenItIsTakenBack() {
        String number = change("CLOSED");
        Change next = changes.find(change("AUTHORIZE"));
        Incident major = link(MONA, number, "INC-1");
        Incident other = link(MONA, number, "INC-2");

        remove(MONA, number, major);
        assertThat(outcomes.about(next)).contains(number + ": SUCCESSFUL, caused 1 incident, the worst MAJOR: ");

        remove(MONA, number, other);
        assertThat(outcomes.about(next)).contains(number + ": SUCCESSFUL: ");
    }

    @Test
    void isShownToApproversOfTheNextChange() {
        String number = change("CLOSED");
        link(MONA, number, "INC-1");
        link(MONA, number, "INC-2");
        Change next = changes.find(change("AUTHORIZE"));

        assertThat(outcomes.about(next)).contains(number + ": SUCCESSFUL, caused 2 incidents, the worst MAJOR: ");
    }

    @Test
    void costsTheTemplateOfTheChange() {
        String template = "tpl-" + UUID.randomUUID();
        String number = change("CLOSED");
        jdbc.update(
                "insert into change_template (template_key, version, title, active, service_key, environment_key)"
                        + " values (?, 1, 'Restart', false, 'nova', 'production')",
                template);
        jdbc.update("update change_request set template_key = ? where id = ?", template, id(number));
        assertThat(uses.scoreOf(template, clock.instant())).isEqualTo(100);

        Incident linked = link(MONA, number, "INC-1");

        assertThat(uses.scoreOf(template, clock.instant())).isEqualTo(81);
        remove(MONA, number, linked);
        assertThat(uses.scoreOf(template, clock.instant())).isEqualTo(100);
    }

    private Incident remove(SignedIn who, String number, Incident linked) {
        return who.does(() -> incidents.remove(person(who), number, linked.id(), "It was the neighbours"));
    }

    private Incident link(SignedIn who, String number, String reference) {
        return who.does(() -> incidents.link(person(who), number, reference, null, Incident.Severity.MAJOR, opened()));
    }

    private Instant opened() {
        return clock.instant().minus(Duration.ofHours(1));
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }

    /** Of rita, in any state. Planted, because a change that was raised in this transaction is not read again. */
    private String change(String state) {
        boolean closed = state.equals("CLOSED");
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        jdbc.update(
                """
                insert into change_request (version, type, state, title, environment_key, requester, window_starts_at,
                  window_ends_at, data_migration, downtime, backout_tested, approval_round, rolled_back, created_at,
                  close_code, closed_at)
                values (1, 'NORMAL', ?, 'Another', 'production', 'rita', ?, ?, false, false, true, 1, false, ?, ?, ?)""",
                state,
                now,
                now.plusHours(2),
                now,
                closed ? "SUCCESSFUL" : null,
                closed ? now : null);
        long id = jdbc.queryForObject("select max(id) from change_request", Long.class);
        jdbc.update("insert into change_service (change_id, service_key) values (?, 'nova')", id);
        return ChangeNumber.of(id);
    }

    private static long id(String number) {
        return ChangeNumber.idOf(number).orElseThrow();
    }
}
