package io.gatehouse.change;

import static io.gatehouse.change.TemplateDriver.content;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What counts as a use and as a failure, who is eligible, what is fixed, and what becomes of a deleted process. */
@ProcessTest
@OnH2
class TemplateSuspensionTests {

    private static final int ROUNDS = 15;

    @Autowired
    private Changes changes;

    @Autowired
    private Completion completion;

    @Autowired
    private PolicyDecisions decisions;

    @Autowired
    private BeanFactory beans;

    @Autowired
    private TemplateAdoption adoption;

    @Autowired
    private ChangeTemplates templates;

    @Autowired
    private TemplateSuspensions suspensions;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void time() {
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void twoFailuresThatAreClosedInTheSameInstantAreBothCounted() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                TemplateDriver driver = new TemplateDriver(beans);
                String number = driver.inForce(content("Restart"));
                List<String> failed = List.of(failed(driver), failed(driver));
                clock.advance(Duration.ofSeconds(1));
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<?>> closing = failed.stream()
                        .<Future<?>>map(change -> two.submit(() -> {
                            start.await();
                            completion.close(change);
                            return null;
                        }))
                        .toList();
                for (Future<?> each : closing) {
                    each.get();
                }

                assertThat(driver.stateOf(number)).as("round " + round).isEqualTo(TemplateVersion.State.SUSPENDED);
                assertThat(trail(number))
                        .filteredOn("change.TemplateSuspended"::equals)
                        .hasSize(1);
                assertThat(runtime.createProcessInstanceQuery()
                                .processInstanceBusinessKey(number)
                                .activityIdIn("Activity_DecideOnSuspendedTemplate")
                                .count())
                        .isOne();
            }
        } finally {
            two.shutdown();
        }
    }

    /** What failed more than n uses ago no longer counts; what failed n uses ago does. */
    @ParameterizedTest
    @CsvSource({"2, 5", "3, 7"})
    void failuresCountAmongAsManyUsesAsTheRuleSays(int failures, int uses) {
        TemplateDriver border = new TemplateDriver(beans);
        String within = border.inForce(suspendedAfter(failures, uses));
        TemplateDriver beyond = new TemplateDriver(beans);
        String outside = beyond.inForce(suspendedAfter(failures, uses));

        closed(border, "UNSUCCESSFUL", failures - 1);
        closed(border, "SUCCESSFUL", uses - failures);
        closed(beyond, "UNSUCCESSFUL", failures - 1);
        closed(beyond, "SUCCESSFUL", uses - failures + 1);
        assertThat(border.stateOf(within)).isEqualTo(TemplateVersion.State.ACTIVE);

        closed(border, "UNSUCCESSFUL", 1);
        closed(beyond, "UNSUCCESSFUL", 1);

        assertThat(border.stateOf(within))
                .as("%d failures in %d uses", failures, uses)
                .isEqualTo(TemplateVersion.State.SUSPENDED);
        assertThat(beyond.stateOf(outside))
                .as("%d failures in %d uses", failures, uses + 1)
                .isEqualTo(TemplateVersion.State.ACTIVE);
    }

    private static TemplateContent suspendedAfter(int failures, int uses) {
        TemplateContent usual = content("Restart");
        return new TemplateContent(
                usual.title(),
                usual.service(),
                usual.environment(),
                usual.plans(),
                usual.open(),
                new SuspensionRule(failures, uses));
    }

    private void closed(TemplateDriver driver, String result, int times) {
        for (int i = 0; i < times; i++) {
            String change = driver.raised(RITA, OpenDetails.NONE);
            jdbc.update(
                    "update change_request set state = 'REVIEW', close_code = ? where id = ?",
                    result,
                    ChangeNumber.idOf(change).orElseThrow());
            clock.advance(Duration.ofSeconds(1));
            completion.close(change);
        }
    }

    /** The table is told how the changes of the template went, and by that alone refuses it. */
    @Test
    void isToldHowTheChangesOfTheTemplateWent() {
        TemplateDriver driver = new TemplateDriver(beans);
        driver.inForce(suspendedAfter(9, 9));
        closed(driver, "UNSUCCESSFUL", 3);
        Change atTheBorder = driver.submitted(RITA);
        assertThat(told(atTheBorder)).containsEntry("templateScore", 50).containsEntry("failures", 3);
        assertThat(atTheBorder.state()).isEqualTo(ChangeState.IMPLEMENT);

        closed(driver, "UNSUCCESSFUL", 1);
        Change refused = driver.submitted(RITA);

        assertThat(told(refused)).containsEntry("templateScore", 43).containsEntry("failures", 4);
        assertThat(refused.state()).isEqualTo(ChangeState.NEW);
        assertThat(refused.returnedBecause()).contains("went badly");
    }

    private Map<String, Object> told(Change change) {
        return decisions.of(change).get(0).inputs();
    }

    /** Two changes of one service are never under way at once, so they are only said to have failed. */
    private String failed(TemplateDriver driver) {
        String change = driver.raised(RITA, OpenDetails.NONE);
        jdbc.update(
                "update change_request set state = 'REVIEW', close_code = 'UNSUCCESSFUL' where id = ?",
                ChangeNumber.idOf(change).orElseThrow());
        return change;
    }

    @Test
    void anotherRequesterIsNotEligibleOnceItHasFailedOnACriticalService() {
        TemplateDriver driver = new TemplateDriver(beans);
        driver.inForce(content("Restart", "keystone", "production"));
        driver.used("UNSUCCESSFUL");

        Change refused = driver.submitted(RITA);
        assertThat(refused.state()).isEqualTo(ChangeState.NEW);
        assertThat(refused.returnedBecause()).contains("failed lately on a most critical service");
        assertThat(decisions.of(refused)).singleElement().satisfies(decision -> assertThat(decision.ruleIds())
                .containsExactly("Eligible_FailedOnACriticalService"));

        Change byTheTeam = driver.submitted(new SignedIn("kim", "requester", "keystone"));
        assertThat(byTheTeam.state()).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void whatTheTemplateFixesCannotBeRewritten() {
        TemplateDriver driver = new TemplateDriver(beans);
        driver.inForce(content("Restart", OpenField.ARTIFACTS));
        OpenDetails version = new OpenDetails(null, List.of(), List.of(new Artifact("oslo-config", "2.0", null)));
        OpenDetails link = new OpenDetails(null, List.of(new Link("Ticket", "https://t.example/1")), List.of());

        assertThatThrownBy(() -> driver.raised(RITA, link))
                .satisfies(refused -> assertThat(fieldsOf(refused)).containsExactly("details.links"));
        String number = driver.raised(RITA, version);
        Change change = changes.find(number);
        assertThat(change.artifacts()).hasSize(1);
        ChangeContent was = change.content();

        assertThatThrownBy(() -> rewrite(
                        number,
                        new ChangeContent(
                                "Something else",
                                null,
                                Set.of("keystone"),
                                "production",
                                was.window(),
                                Plans.NONE,
                                was.questionnaire(),
                                List.of(),
                                List.of())))
                .satisfies(refused ->
                        assertThat(fieldsOf(refused)).containsExactly("title", "services", "environment", "plans"));
        rewrite(
                number,
                new ChangeContent(
                        was.title(),
                        null,
                        was.services(),
                        was.environment(),
                        ChangeFixture.windowIn(clock.instant(), Duration.ofHours(3)),
                        was.plans(),
                        was.questionnaire(),
                        List.of(),
                        List.of(new Artifact("oslo-config", "2.1", null))));
        assertThat(changes.find(number).artifacts().get(0).version()).isEqualTo("2.1");
    }

    private void rewrite(String number, ChangeContent content) {
        beans.getBean(TransactionTemplate.class)
                .executeWithoutResult(
                        status -> RITA.runs(() -> changes.rewrite(changes.withDetails(changes.lock(number)), content)));
    }

    private static List<String> fieldsOf(Throwable refused) {
        return ((ProblemException) refused)
                .problem().fields().stream().map(field -> field.field()).toList();
    }

    @Test
    void aVersionWhoseProcessIsDeletedGetsAnother() {
        TemplateDriver driver = new TemplateDriver(beans);
        String inForce = driver.inForce(content("Restart"));
        String inReview = driver.proposed(content("Restart twice"));
        delete(inForce);
        delete(inReview);

        LostProcessesDriver.find(beans);
        LostProcessesDriver.find(beans);

        assertThat(trail(inForce))
                .filteredOn("change.TemplateProcessLost"::equals)
                .hasSize(1);
        driver.review(MONA, inReview, "LET_IN");
        assertThat(driver.stateOf(inForce)).isEqualTo(TemplateVersion.State.REPLACED);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(inForce)
                        .count())
                .isZero();
    }

    private void delete(String number) {
        String instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
        InsideTheEngine.run(engine, () -> runtime.deleteProcessInstance(instance, "by mistake"));
    }

    @Test
    void aTemplateFromBeforeThereWereReviewsStaysInForce() {
        TemplateDriver driver = new TemplateDriver(beans);
        templates.save(content("Restart").inForce(driver.key, 0, true));

        adoption.run(new DefaultApplicationArguments());
        adoption.run(new DefaultApplicationArguments());

        assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.ACTIVE);
        assertThat(driver.entry().inForce()).isOne();
        driver.used("UNSUCCESSFUL");
        driver.used("UNSUCCESSFUL");
        assertThat(driver.entry().state()).isEqualTo(CatalogueEntry.State.SUSPENDED);
        assertThat(trail(suspensions.suspendedVersion(driver.key)))
                .containsExactly("change.TemplateAdopted", "change.TemplateSuspended");
    }

    private List<String> trail(String number) {
        return jdbc.queryForList("select action from audit_entry where object = ? order by n", String.class, number);
    }
}
