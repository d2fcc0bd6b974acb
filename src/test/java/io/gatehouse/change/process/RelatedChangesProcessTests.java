package io.gatehouse.change.process;

import static io.gatehouse.change.RelationKind.CONFLICTS_WITH;
import static io.gatehouse.change.RelationKind.DEPENDS_ON;
import static io.gatehouse.change.RelationKind.SUPERSEDES;
import static io.gatehouse.change.process.RelatedChangesDriver.MONA_HERSELF;
import static io.gatehouse.change.process.RelatedChangesDriver.RITA_HERSELF;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Relation;
import io.gatehouse.change.Relations;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Changes wait for one another, are told when the wait is over, and are given up when another made them needless. */
@ProcessTest
@OnH2
class RelatedChangesProcessTests {

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private Relations relations;

    @Autowired
    private SupersededChanges sweep;

    @Autowired
    private ChangePicture picture;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ApplicationContext application;

    private RelatedChangesDriver driver;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        driver = new RelatedChangesDriver(application);
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void startsOnceWhatItDependsOnIsClosedSuccessfully() {
        String first = driver.draft("oslo-config", "staging");
        String second = dependent(first);
        driver.submit(first);

        assertThat(driver.submit(second)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(driver.waits(second)).isTrue();
        assertThat(only(second).waits()).hasValue("waits for " + first + " (IMPLEMENT), on which it depends");

        driver.implement(first, "SUCCESSFUL");
        assertThat(driver.state(first)).isEqualTo(ChangeState.CLOSED);
        assertThat(driver.isTold(second)).isTrue();

        driver.lookAgain(second);
        assertThat(driver.state(second)).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(only(second).waits()).isEmpty();
    }

    @Test
    void startsAtOnceIfThatWasClosedBefore() {
        String first = driver.draft("oslo-config", "staging");
        driver.submit(first);
        driver.implement(first, "SUCCESSFUL");

        assertThat(driver.submit(dependent(first))).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void goesOnWaitingWhenThatEndsWithoutSuccess() {
        String first = driver.draft("oslo-config", "staging");
        String second = dependent(first);
        driver.submit(first);
        driver.submit(second);

        driver.implement(first, "UNSUCCESSFUL");
        driver.review(first, "UNSUCCESSFUL");

        assertThat(driver.isTold(second)).isFalse();
        assertThat(only(second).waits().orElseThrow())
                .contains(first + " (CLOSED, UNSUCCESSFUL)", "ended without success: remove the relation");
        MONA.does(() -> relations.remove(MONA_HERSELF, second, only(second).id(), "Not needed after all"));
        driver.lookAgain(second);
        assertThat(driver.state(second)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void goesOnWaitingWhenThatIsGivenUp() {
        String first = driver.draft("oslo-config", "staging");
        String second = dependent(first);
        driver.submit(second);

        RITA.does(() -> process.cancel(RITA_HERSELF, first));

        assertThat(driver.isTold(second)).isFalse();
        assertThat(driver.waits(second)).isTrue();
        // Whoever gives that up too sends it back, and its relations stay.
        RITA.does(() -> process.revise(RITA_HERSELF, second, "without it"));
        assertThat(driver.state(second)).isEqualTo(ChangeState.NEW);
        assertThat(only(second).isInForce()).isTrue();
    }

    @Test
    void looksAgainAfterTheLastOfSeveral() {
        String first = driver.draft("oslo-config", "staging");
        String other = driver.draft("oslo-config", "dev");
        String second = dependent(first);
        driver.relate(second, DEPENDS_ON, other);
        driver.submit(first);
        driver.submit(other);
        driver.submit(second);

        driver.implement(first, "SUCCESSFUL");
        driver.lookAgain(second);
        assertThat(driver.state(second)).isEqualTo(ChangeState.SCHEDULED);
        driver.implement(other, "SUCCESSFUL");
        driver.lookAgain(second);
        assertThat(driver.state(second)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void isNotUnderWayTogetherWithWhatItConflictsWith() {
        String one = driver.draft("oslo-config", "staging");
        String other = driver.draft("nova", "staging");
        driver.relate(other, CONFLICTS_WITH, one);
        driver.submit(one);

        assertThat(driver.submit(other)).isEqualTo(ChangeState.SCHEDULED);
        driver.implement(one, "UNSUCCESSFUL");
        assertThat(driver.state(one)).isEqualTo(ChangeState.REVIEW);

        driver.lookAgain(other);
        assertThat(driver.state(other)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void isCanceledWhenWhatSupersedesItIsClosedSuccessfully() {
        String old = driver.draft("nova", "staging", driver.soon());
        String better = driver.draft("oslo-config", "staging");
        driver.relate(better, SUPERSEDES, old);
        driver.submit(old);
        driver.submit(better);
        clock.advance(Duration.ofMinutes(61));
        driver.openWindow(old);
        assertThat(driver.state(old)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(only(old).waits()).hasValue("waits for " + better + " (IMPLEMENT), which supersedes it");
        sweep.cancel();
        assertThat(driver.state(old)).isEqualTo(ChangeState.SCHEDULED);

        driver.implement(better, "SUCCESSFUL");
        sweep.cancel();

        Change canceled = changes.find(old);
        assertThat(canceled.state()).isEqualTo(ChangeState.CANCELED);
        assertThat(canceled.returnedBecause()).isEqualTo(better + " supersedes it and was closed successfully.");
        assertThat(driver.isOver(old)).isTrue();
    }

    @Test
    void isCanceledAlsoIfNobodyHadSubmittedIt() {
        String old = driver.draft("nova", "staging");
        String better = driver.draft("oslo-config", "staging");
        driver.relate(better, SUPERSEDES, old);
        driver.submit(better);
        driver.implement(better, "SUCCESSFUL");

        sweep.cancel();

        assertThat(driver.state(old)).isEqualTo(ChangeState.CANCELED);
    }

    @Test
    void startsWhenWhatSupersedesItIsGivenUp() {
        String old = driver.draft("nova", "staging");
        String better = normal();
        driver.relate(better, SUPERSEDES, old);
        driver.submit(better);

        assertThat(driver.submit(old)).isEqualTo(ChangeState.SCHEDULED);
        RITA.does(() -> process.revise(RITA_HERSELF, better, "think again"));
        driver.lookAgain(old);
        assertThat(driver.state(old)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void waitsForWhatItSupersedesIfThatIsUnderWay() {
        String old = driver.draft("nova", "staging");
        String better = driver.draft("oslo-config", "staging");
        driver.submit(old);
        driver.relate(better, SUPERSEDES, old);

        assertThat(driver.submit(better)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(only(better).waits().orElseThrow()).endsWith("which it supersedes and which is under way");
        driver.implement(old, "SUCCESSFUL");
        driver.lookAgain(better);
        assertThat(driver.state(better)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void keepsAnEmergencyWaitingToo() {
        String first = driver.draft("oslo-config", "staging");
        String emergency = RITA.does(() -> process.raiseEmergency(
                        RITA_HERSELF, ChangeFixture.content("nova", "production", driver.openNow()))
                .number());
        driver.relate(emergency, DEPENDS_ON, first);
        driver.submit(first);

        assertThat(driver.submit(emergency)).isEqualTo(ChangeState.SCHEDULED);
        driver.implement(first, "SUCCESSFUL");
        driver.lookAgain(emergency);
        assertThat(driver.state(emergency)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void saysSoToWhoeverApproves() {
        String first = driver.draft("oslo-config", "staging");
        String second = normal();
        assertThat(picture.of(second)).containsEntry("relations", "none");
        driver.relate(second, DEPENDS_ON, first);
        driver.submit(second);

        assertThat(picture.of(second))
                .containsEntry("relations", "waits for " + first + " (NEW), on which it depends: Restart oslo-config");
        assertThat(picture.of(first)).containsEntry("relations", "is needed by " + second + " (ASSESS): Upgrade nova");
    }

    private String dependent(String first) {
        String second = driver.draft("nova", "staging");
        driver.relate(second, DEPENDS_ON, first);
        return second;
    }

    private String normal() {
        return RITA.does(() -> process.raise(RITA_HERSELF, ChangeFixture.content("nova", "production", driver.soon()))
                .number());
    }

    private Relation only(String number) {
        return relations.of(number).get(0);
    }
}
