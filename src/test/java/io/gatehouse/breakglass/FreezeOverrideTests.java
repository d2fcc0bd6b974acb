package io.gatehouse.breakglass;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.calendar.FreezeExemption;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Clearance;
import io.gatehouse.change.Objection;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.Repair;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A change is made in a freeze that a break-glass names: that change, that freeze, as long as it says, and on record. */
@ProcessTest
@OnH2
class FreezeOverrideTests extends BreakGlassFixture {

    @Autowired
    Freezes freezes;

    @Autowired
    Changes changes;

    @Autowired
    Clearance clearance;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource database;

    @Test
    void aChangeStartsInTheFreezeItNamesAndGoesOnUntilItExpires() throws SQLException {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        clock.advance(Duration.ofMinutes(50));
        String number = driver.granted(change, override);

        driver.use(OSKAR, number, override);
        assertThat(driver.stateOf(number)).isEqualTo(State.ENDED);
        clock.advance(Duration.ofMinutes(11));
        driver.run(change);

        assertThat(changes.find(change).state()).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(clearance.look(change, null).objection()).isNull();
        clock.advance(Duration.ofMinutes(19));
        assertThat(clearance.look(change, null).objection())
                .extracting(Objection::reason)
                .isEqualTo(Objection.Reason.FROZEN);

        MONA.runs(() -> driver.review(number));
        assertThat(driver.trail(number))
                .containsExactly(
                        "breakglass.Asked",
                        "breakglass.Granted",
                        "breakglass.Used",
                        "breakglass.Ended",
                        "breakglass.Reviewed");
        assertThat(exempted(number)).hasSize(1).allSatisfy(entry -> assertThat(entry)
                .contains(change));
        assertThat(differences(number)).isEmpty();
        jdbc.update("update freeze_exemption set until_at = ? where because = ?", "2099-01-01 00:00:00", number);
        assertThat(differences(number)).containsExactly("ALTERED");
    }

    @Test
    void aChangeThatNobodyExemptedIsSentBack() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        clock.advance(Duration.ofMinutes(50));
        driver.granted(change, override);

        clock.advance(Duration.ofMinutes(11));
        driver.run(change);

        assertThat(changes.find(change).state()).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change).returnedBecause()).contains("Freeze \"of service-");
    }

    @Test
    void anotherChangeAndAnotherFreezeStayAsTheyAre() {
        String exempt = driver.scheduledChange();
        String other = driver.scheduledChange();
        Repair override = override(frozen(exempt));
        frozen(exempt);
        frozen(other);
        clock.advance(Duration.ofMinutes(50));
        driver.use(OSKAR, driver.granted(exempt, override), override);

        clock.advance(Duration.ofMinutes(11));
        driver.run(exempt);
        driver.run(other);

        assertThat(changes.find(exempt).state()).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(other).state()).isEqualTo(ChangeState.NEW);
    }

    @Test
    void nothingIsOverriddenAfterItExpired() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        driver.use(OSKAR, driver.granted(change, override), override);

        clock.advance(Duration.ofMinutes(61));
        driver.run(change);

        assertThat(changes.find(change).state()).isEqualTo(ChangeState.NEW);
    }

    @Test
    void theFreezeHoldsAgainForAChangeThatWaits() throws SQLException {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        clock.advance(Duration.ofMinutes(50));
        String number = driver.granted(change, override);
        driver.use(OSKAR, number, override);

        ROLF.runs(() -> breakGlasses.endOverride(number, "It can wait"));
        clock.advance(Duration.ofMinutes(11));
        driver.run(change);

        assertThat(changes.find(change).state()).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change).returnedBecause()).contains("Freeze \"of service-");
        assertThat(driver.stateOf(number)).as("its review is still due").isEqualTo(State.ENDED);
        assertThat(driver.trail(number)).endsWith("breakglass.OverrideEnded");
        assertThat(differences(number)).isEmpty();
    }

    @Test
    void theFreezeHoldsAgainForAChangeThatIsUnderWay() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        clock.advance(Duration.ofMinutes(50));
        String number = driver.granted(change, override);
        driver.use(OSKAR, number, override);
        clock.advance(Duration.ofMinutes(11));
        driver.run(change);
        assertThat(clearance.look(change, null).objection()).isNull();
        MONA.runs(() -> driver.review(number));

        OSKAR.runs(() -> breakGlasses.endOverride(number, "It goes wrong"));

        assertThat(clearance.look(change, null).objection())
                .extracting(Objection::reason)
                .isEqualTo(Objection.Reason.FROZEN);
        assertThat(driver.stateOf(number)).isEqualTo(State.REVIEWED);
    }

    @Test
    void whoEndedItWhenAndWhyStaysAndASecondTimeChangesNothing() throws SQLException {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        String number = driver.granted(change, override);
        driver.use(OSKAR, number, override);
        Instant ended = clock.instant();
        ROLF.runs(() -> breakGlasses.endOverride(number, "It can wait"));
        clock.advance(Duration.ofMinutes(1));

        MONA.runs(() -> breakGlasses.endOverride(number, "Again"));

        assertThat(breakGlasses.overridesOf(List.of(breakGlasses.find(number))))
                .extractingByKey(number)
                .extracting(FreezeExemption::endedBy, FreezeExemption::endedAt, FreezeExemption::endedBecause)
                .containsExactly("rolf", ended, "It can wait");
        assertThat(driver.trail(number)).containsOnlyOnce("breakglass.OverrideEnded");
        jdbc.update("update freeze_exemption set ended_by = null, ended_at = null where because = ?", number);
        assertThat(differences(number)).containsExactly("ALTERED");
    }

    @Test
    void anOverrideThatExpiredStaysAsItIs() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        String number = driver.granted(change, override);
        driver.use(OSKAR, number, override);
        clock.advance(Duration.ofMinutes(61));

        OSKAR.runs(() -> breakGlasses.endOverride(number, "Late"));

        assertThat(breakGlasses.overridesOf(List.of(breakGlasses.find(number))))
                .extractingByKey(number)
                .extracting(FreezeExemption::endedBy)
                .isNull();
        assertThat(driver.trail(number)).doesNotContain("breakglass.OverrideEnded");
    }

    @Test
    void nothingIsEndedThatWasNotOverridden() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        String number = driver.granted(change, override);

        assertThatThrownBy(() -> OSKAR.runs(() -> breakGlasses.endOverride(number, "Not needed")))
                .hasMessageContaining("No freeze was overridden by " + number);
        assertThatThrownBy(() -> OSKAR.runs(() -> breakGlasses.endOverride("BRG-999999", "Not needed")))
                .hasMessageContaining("BRG-999999");

        driver.use(OSKAR, number, override);
        assertThat(driver.stateOf(number)).isEqualTo(State.ENDED);
    }

    @Test
    void isEndedByWhoeverMayEndABreakGlass() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        String number = driver.granted(change, override);
        driver.use(OSKAR, number, override);

        assertThatThrownBy(() -> RITA.runs(() -> breakGlasses.endOverride(number, "Mine")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        new SignedIn("ann", "ops-lead", "auditor").runs(() -> breakGlasses.endOverride(number, "Seen")))
                .isInstanceOf(ProblemException.class);

        SASHA.runs(() -> breakGlasses.endOverride(number, "Enough"));
        assertThat(driver.trail(number)).endsWith("breakglass.OverrideEnded");
    }

    @Test
    void whoReviewsItSeesThatItWasEndedEarly() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        String number = driver.granted(change, override);
        driver.use(OSKAR, number, override);
        ROLF.runs(() -> breakGlasses.endOverride(number, "It <can> wait"));

        assertThat(String.valueOf(context.getBean("reviewBreakGlassForm", TaskForm.class)
                        .show(new OpenTask("ReviewBreakGlass", number, Set.of("change-manager"), null))
                        .get("actions")))
                .contains("holds again since", "by rolf", "&lt;can&gt; wait");
    }

    @Test
    void aFreezeThatWasLiftedNeedsNoOverride() {
        String change = driver.scheduledChange();
        long freeze = frozen(change);
        Repair override = override(freeze);
        String number = driver.granted(change, override);
        MONA.runs(() -> freezes.lift(freeze));

        assertThatThrownBy(() -> driver.use(OSKAR, number, override)).hasMessageContaining("No freeze " + freeze);

        assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
        assertThat(driver.trail(number)).endsWith("breakglass.UseRefused");
        assertThat(exempted(number)).isEmpty();
    }

    @Test
    void nobodyButWhoAskedUsesIt() {
        String change = driver.scheduledChange();
        Repair override = override(frozen(change));
        String number = driver.granted(change, override);

        assertThatThrownBy(() -> driver.use(ROLF, number, override)).hasMessageContaining("granted to oskar");

        assertThat(exempted(number)).isEmpty();
    }

    @Test
    void anAskNamesAFreezeThatThereIsAndAChange() {
        String change = driver.scheduledChange();
        long freeze = frozen(change);

        assertThatThrownBy(() -> driver.asked(change, override(999_999_999)))
                .hasMessageContaining("No freeze 999999999");
        assertThatThrownBy(() -> driver.asked("ROL-000001", override(freeze))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> driver.asked(
                        change, new Repair(Repair.Kind.OVERRIDE_FREEZE, BreakGlassDriver.WINDOW, null, null, null)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> driver.asked(
                        change, new Repair(Repair.Kind.SET_RETRIES, String.valueOf(freeze), null, null, null)))
                .isInstanceOf(ProblemException.class);
    }

    /** A freeze of the one service of a change, around its window. */
    private long frozen(String change) {
        String service = changes.find(change).services().first();
        return MONA.does(() -> freezes.declare(
                        "of " + service,
                        "Sale",
                        clock.instant(),
                        clock.instant().plus(Duration.ofHours(9)),
                        service,
                        null))
                .storedId();
    }

    private static Repair override(long freeze) {
        return new Repair(Repair.Kind.OVERRIDE_FREEZE, String.valueOf(freeze), null, null, null);
    }

    private List<String> exempted(String because) {
        return jdbc.queryForList(
                "select payload from audit_entry where action = 'calendar.ChangeExempted' and payload like ?",
                String.class,
                "%" + because + "%");
    }

    private List<String> differences(String because) throws SQLException {
        long id = jdbc.queryForObject("select id from freeze_exemption where because = ?", Long.class, because);
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of("exemption-%09d".formatted(id))).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }
}
