package io.gatehouse.change.process;

import static io.gatehouse.change.TemplateDriver.MAX;
import static io.gatehouse.change.TemplateDriver.content;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.change.CatalogueEntry;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.OpenDetails;
import io.gatehouse.change.TemplateDriver;
import io.gatehouse.change.TemplateSuspensions;
import io.gatehouse.change.TemplateVersion.State;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code StandardTemplateLifecycle.bpmn}. */
@ProcessTest
@OnH2
class StandardTemplateLifecycleProcessTests {

    @Autowired
    BeanFactory beans;

    @Autowired
    TemplateSuspensions suspensions;

    @Autowired
    Changes changes;

    @Autowired
    TestClock clock;

    @Autowired
    ProcessEngine engine;

    @Autowired
    RuntimeService runtime;

    @Autowired
    DataSource database;

    private TemplateDriver driver;

    @BeforeEach
    void begin() {
        AbstractAssertions.init(engine);
        clock.enterUntouchedTime();
        driver = new TemplateDriver(beans);
    }

    @AfterEach
    void present() throws SQLException {
        clock.reset();
        try (Connection connection = database.getConnection()) {
            Assertions.assertThat(new Reconciliation(connection).templates())
                    .filteredOn(found -> found.object().contains(driver.key))
                    .isEmpty();
        }
    }

    @Test
    void isInForceOnceSomebodyElseHasLetItIn() {
        String number = driver.proposed(content("Restart"));
        ProcessInstance instance = instance(number);
        assertThat(instance).isWaitingAt("Activity_ReviewTemplate");
        Assertions.assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.PROPOSED);
        assertThatThrownBy(() -> driver.submitted(RITA)).isInstanceOf(ProblemException.class);

        driver.review(MONA, number, "LET_IN");

        assertThat(instance).isWaitingAt("Gateway_HowLong");
        Assertions.assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.ACTIVE);
        Assertions.assertThat(driver.submitted(RITA).state()).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void isNotReviewedByWhoeverProposedIt() {
        SignedIn both = new SignedIn("rolf", "change-manager");
        String number = driver.proposed(content("Restart"));

        assertThatThrownBy(() -> driver.review(both, number, "LET_IN"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody else has to review it");
        assertThatThrownBy(() -> driver.review(OSKAR, number, "LET_IN")).isInstanceOf(ProblemException.class);

        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.IN_REVIEW);
    }

    @Test
    void endsWhenItIsRefused() {
        String number = driver.proposed(content("Restart"));
        ProcessInstance instance = instance(number);

        driver.review(MONA, number, "REFUSE");

        assertThat(instance).isEnded().hasPassed("Event_TemplateRefused");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.REFUSED);
    }

    @Test
    void staysInForceUntilTheNextVersionIsLetIn() {
        String first = driver.inForce(content("Restart"));
        ProcessInstance instance = instance(first);
        Change raisedBefore = driver.submitted(RITA);

        String second = driver.proposed(content("Restart twice"));
        Assertions.assertThat(driver.stateOf(first)).isEqualTo(State.ACTIVE);
        Assertions.assertThat(driver.entry().content().title()).isEqualTo("Restart");
        driver.review(MONA, second, "LET_IN");

        assertThat(instance).isEnded().hasPassed("Event_LifeEnded");
        Assertions.assertThat(driver.stateOf(first)).isEqualTo(State.REPLACED);
        Assertions.assertThat(driver.entry().content().title()).isEqualTo("Restart twice");
        Assertions.assertThat(changes.find(raisedBefore.number()).title()).isEqualTo("Restart");
        Assertions.assertThat(changes.find(raisedBefore.number()).state()).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void isSuspendedWhenItsChangesFailAndComesBackAfterAnotherReview() {
        String number = driver.inForce(content("Restart"));
        driver.used("UNSUCCESSFUL");
        driver.used("SUCCESSFUL");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.ACTIVE);
        driver.used("UNSUCCESSFUL");

        assertThat(instance(number)).isWaitingAt("Activity_DecideOnSuspendedTemplate");
        Assertions.assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.SUSPENDED);
        assertThatThrownBy(() -> driver.submitted(RITA)).isInstanceOf(ProblemException.class);
        driver.decide(MONA, number, "REINSTATE");
        assertThat(instance(number)).isWaitingAt("Activity_ReviewTemplate");
        assertThatThrownBy(() -> driver.review(MONA, number, "LET_IN"))
                .hasMessageContaining("somebody else has to review it");
        driver.review(MAX, number, "LET_IN");

        assertThat(instance(number)).isWaitingAt("Gateway_HowLong");
        driver.used("UNSUCCESSFUL");
        Assertions.assertThat(driver.stateOf(number))
                .as("what failed before it came back does not count")
                .isEqualTo(State.ACTIVE);
    }

    @Test
    void staysSuspendedWhenItIsNotLetInAgainUntilItIsRetired() {
        String number = suspended();
        ProcessInstance instance = instance(number);
        driver.decide(MONA, number, "REINSTATE");

        driver.review(MAX, number, "REFUSE");
        assertThat(instance).isWaitingAt("Activity_DecideOnSuspendedTemplate");
        driver.decide(MONA, number, "RETIRE");

        assertThat(instance).isEnded().hasPassed("Event_TemplateRetired");
        Assertions.assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.RETIRED);
    }

    @Test
    void givesWayToItsRevision() {
        String number = suspended();
        ProcessInstance instance = instance(number);

        // The team of the service decides as well as a change manager.
        driver.decide(new SignedIn("ola", "requester", "oslo"), number, "REVISE");
        assertThat(instance).isWaitingAt("Event_RevisionInForce");
        Assertions.assertThat(driver.entry().proposed()).isEqualTo(2);
        driver.inForce(content("Restart gently"));

        assertThat(instance).isEnded().hasPassed("Event_TemplateRevised");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.REPLACED);
        Assertions.assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.ACTIVE);
    }

    @Test
    void endsWhenItIsRetired() {
        String number = driver.inForce(content("Restart"));
        ProcessInstance instance = instance(number);

        MONA.runs(() -> suspensions.retire(driver.key, "No longer needed"));

        assertThat(instance).isEnded().hasPassed("Event_LifeEnded");
        Assertions.assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.RETIRED);
        assertThatThrownBy(() -> driver.submitted(RITA)).isInstanceOf(ProblemException.class);
    }

    @Test
    void canBeRetiredWhileItsOwnerIsAsked() {
        String number = suspended();
        ProcessInstance instance = instance(number);

        MONA.runs(() -> suspensions.retire(driver.key, "No longer needed"));

        assertThat(instance).isEnded().hasPassed("Event_NothingLeftToDecide");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.RETIRED);
    }

    @Test
    void givesWayWhileItIsReviewedAgain() {
        String number = driver.inForce(content("Restart"));
        String next = driver.proposed(content("Restart twice"));
        MONA.runs(() -> suspensions.suspend(driver.key, "It hurts"));
        ProcessInstance instance = instance(number);
        driver.decide(MONA, number, "REINSTATE");

        driver.review(MAX, next, "LET_IN");

        assertThat(instance).isEnded().hasPassed("Event_NothingLeftToReview");
        Assertions.assertThat(driver.stateOf(number)).isEqualTo(State.REPLACED);
    }

    @Test
    void stopsWhatIsUnderWayWhenItIsSuspended() {
        driver.inForce(content("Restart"));
        String draft = driver.raised(RITA, OpenDetails.NONE);

        OSKAR.runs(() -> suspensions.suspend(driver.key, "It hurts"));
        RITA.runs(() -> beans.getBean(ChangeProcess.class).submit(TemplateDriver.person(RITA), draft));

        Assertions.assertThat(changes.find(draft).state()).isEqualTo(ChangeState.NEW);
        Assertions.assertThat(changes.find(draft).returnedBecause()).contains("no longer active");
    }

    private String suspended() {
        String number = driver.inForce(content("Restart"));
        ROLF.runs(() -> suspensions.suspend(driver.key, "It hurts"));
        return number;
    }

    private ProcessInstance instance(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult();
    }
}
