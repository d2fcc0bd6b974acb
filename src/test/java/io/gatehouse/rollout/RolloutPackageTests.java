package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What tools are told of a version comes from what was approved with the change, and from nowhere else. */
@OnH2
@RolloutTest
class RolloutPackageTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    PlanToApprove shown;

    @Autowired
    Rollouts rollouts;

    @Autowired
    ChangeProcess process;

    @Autowired
    ChangeTemplates templates;

    @Autowired
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    JdbcTemplate jdbc;

    private final String service = "service-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
    }

    @Test
    void aToolIsToldTheVersionThatWasApproved() {
        Change change = started(planned("2.0.1", plan(deploy("${artifact.version}", "1.0"))));
        String rollout = driver.opened(change.number());
        driver.settle(rollout);

        assertThat(tools.callsOf(rollout))
                .extracting(ScriptedTools.Call::parameters)
                .containsExactly(Map.of("version", "2.0.1"));
        assertThat(rollouts.steps(rollout)).extracting(Step::target).containsExactly("web 2.0.1");
    }

    @Test
    void anUndoIsToldItToo() {
        Change change = started(planned("2.0.1", plan(deploy("2.0", "${artifact." + service + ".version}"))));
        String rollout = driver.opened(change.number());
        tools.answer(rollout, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 1"));
        driver.settle(rollout);

        assertThat(tools.callsOf(rollout))
                .extracting(ScriptedTools.Call::parameters)
                .containsExactly(Map.of("version", "2.0"), Map.of("version", "2.0.1"));
    }

    @Test
    void aProcessThatATeamHasDrawnIsToldItToo() {
        RolloutPlan drawn = new RolloutPlan(
                "SampleRollout",
                List.of(),
                Map.of("version", "${artifact.version}"),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK);
        Change change = started(planned("2.0.1", drawn));
        String rollout = driver.opened(change.number());
        driver.settle(rollout);

        assertThat(tools.callsOf(rollout))
                .hasSize(3)
                .allMatch(call -> call.parameters().get("version").equals("2.0.1"));
    }

    @Test
    void approversSeeWhatTheToolIsGoingToBeTold() {
        Change change = planned("2.0.1", plan(deploy("${artifact.version}", "1.0")));

        assertThat(shown.about(changes.find(change.number())))
                .contains("on web 2.0.1", "{version=2.0.1}")
                .doesNotContain("$");
    }

    @Test
    void approversReadWhatThePlanSaysToPeople() {
        PlannedStep check = new PlannedStep(
                Stage.VERIFY,
                "Look",
                "tool",
                "web",
                Map.of("version", "2.0"),
                null,
                null,
                true,
                "Compare the counts\nwith yesterday",
                Duration.ofMinutes(5));
        Change change = planned("2.0.1", plan(deploy("2.0", "1.0"), check));

        assertThat(shown.about(changes.find(change.number())))
                .endsWith("VERIFY: Look on web (tool {version=2.0}; changes nothing; takes about PT5M)\n"
                        + "    Compare the counts\n    with yesterday");
    }

    @Test
    void approversReadWhatPeopleAreToDo() {
        PlannedStep cable = RolloutDriver.manual(
                Stage.DEPLOY_APPLICATION,
                "Cable",
                new ManualWork("Call the hall.\nSwap it for ${artifact.version}.", List.of("It is in")));
        Change change = planned("2.0.1", plan(cable));

        assertThat(shown.about(changes.find(change.number())))
                .isEqualTo("DEPLOY_APPLICATION: Cable on web (by hand; undo: by hand)\n"
                        + "    by hand:\n    Call the hall.\n    Swap it for 2.0.1.\n    [ ] It is in\n"
                        + "    undo by hand:\n    Take it back\n    [ ] It is back");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update change_service set new_version = '6.6' where change_id = ?",
                "update rollout_plan set document = replace(document, '${artifact.version}', '6.6')"
                        + " where planned_for = concat('CHG-', lpad(?, 6, '0'))",
                "update rollout_step set parameters = replace(parameters, '2.0.1', '6.6') where rollout_id in"
                        + " (select id from rollout where change_number = concat('CHG-', lpad(?, 6, '0')))",
                "update rollout_step set parameters = replace(parameters, '2.0.1', '${artifact.version}') where"
                        + " rollout_id in"
                        + " (select id from rollout where change_number = concat('CHG-', lpad(?, 6, '0')))",
            })
    void nothingIsSentOnceTheVersionThePlanOrTheStepWasAltered(String sql) {
        Change change = started(planned("2.0.1", plan(deploy("${artifact.version}", "1.0"))));
        String rollout = driver.opened(change.number());
        assertThat(jdbc.update(sql, Long.parseLong(change.number().substring(4))))
                .isEqualTo(1);

        assertThat(driver.dispatchOnce()).isPositive();

        assertThat(tools.callsOf(rollout)).isEmpty();
        assertThat(rollouts.steps(rollout)).extracting(Step::state).containsExactly(StepState.NOT_RUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"${artifact.other.version}", "${HOME}", "${artifact." + "digest}x-is-too-long-for-the-tool"})
    void aPlanWithAValueThatCannotBeFilledInIsRefused(String value) {
        Change change = raised("2.0.1");

        assertThatThrownBy(() -> planning.write(change, plan(deploy(value, "1.0"))))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(fields(e))
                        .containsExactly("steps[0].parameters.version"));
        assertThatThrownBy(() -> planning.write(change, plan(deploy("2.0", value))))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(fields(e))
                        .containsExactly("steps[0].undo.parameters.version"));
    }

    @Test
    void aVersionThatTheToolDoesNotTakeIsRefused() {
        Change change = raised("2.0.1-SNAPSHOT");

        assertThatThrownBy(() -> planning.write(change, plan(deploy("${artifact.version}", "1.0"))))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(fields(e))
                        .containsExactly("steps[0].parameters.version"));
    }

    @Test
    void aChangeIsNotSubmittedOnceItNoLongerBringsWhatItsPlanNames() {
        Change change = planned("2.0.1", plan(deploy("${artifact.version}", "1.0")));
        rewritten(change, List.of());

        assertThatThrownBy(() -> submitted(change)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().type().toString()).endsWith("plan-does-not-fit");
            assertThat(fields(e)).containsExactly("steps[0].target", "steps[0].parameters.version");
        });
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.NEW);

        rewritten(change, List.of(new Artifact(service, "2.0.2", null)));
        submitted(change);
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.ASSESS);
    }

    @Test
    void aChangeThatWasSentBackIsNotSubmittedAgainByTheTaskEither() {
        Change change = planned("2.0.1", plan(deploy("${artifact.version}", "1.0")));
        submitted(change);
        RITA.runs(() -> process.revise(REQUESTER, change.number(), "Another version"));
        rewritten(change, List.of(new Artifact(service, "2.0;reboot", null)));

        assertThatThrownBy(() -> RITA.runs(
                        () -> tasks.submit(change.number(), "ReviseChange", null, Map.of("action", "RESUBMIT"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be rolled out by its plan");
    }

    @Test
    void aStandardChangeIsNotRaisedThatDoesNotBringWhatItsTemplatesPlanNames() {
        String template = "template-of-" + service;
        templates.save(new ChangeTemplate(template, 0, "Restart", true, service, "dev", null));
        planning.writeForTemplate(template, plan(deploy("${artifact.version}", "1.0")));

        assertThatThrownBy(() -> RITA.runs(() -> process.raiseStandard(
                        REQUESTER, template, ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1)))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be rolled out by its plan");
    }

    @Test
    void theNamesInTheValuesOfATemplateAreCheckedForTheirForm() {
        assertThatThrownBy(() -> planning.writeForTemplate(
                        "template-of-" + service, plan(deploy("${artifact.versoin}", "not for the tool!"))))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(fields(e))
                        .containsExactly("steps[0].parameters.version", "steps[0].undo.parameters.version"));
    }

    private static List<String> fields(ProblemException e) {
        return e.problem().fields().stream().map(InvalidField::field).toList();
    }

    private static PlannedStep deploy(String version, String before) {
        return new PlannedStep(
                Stage.DEPLOY_APPLICATION,
                "Deploy",
                "tool",
                version.equals("${artifact.version}") ? "web " + version : "web",
                Map.of("version", version),
                new Undo("tool", Map.of("version", before)),
                null,
                false,
                null,
                null);
    }

    private Change raised(String version) {
        ChangeContent content =
                ChangeFixture.content(service, "dev", ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1)));
        return process.raise(REQUESTER, bringing(content, List.of(new Artifact(service, version, "sha256:ab12"))));
    }

    private Change planned(String version, RolloutPlan plan) {
        Change change = raised(version);
        planning.write(change, plan);
        return change;
    }

    private void rewritten(Change change, List<Artifact> artifacts) {
        ChangeContent content =
                ChangeFixture.content(service, "dev", ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1)));
        RITA.runs(() -> process.rewrite(REQUESTER, changes.find(change.number()), bringing(content, artifacts)));
    }

    private Change submitted(Change change) {
        return RITA.does(() -> process.submit(REQUESTER, change.number()));
    }

    private Change started(Change change) {
        submitted(change);
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "sound")));
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.IMPLEMENT);
        return change;
    }

    private static ChangeContent bringing(ChangeContent content, List<Artifact> artifacts) {
        return new ChangeContent(
                content.title(),
                content.description(),
                content.services(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.links(),
                artifacts);
    }
}
