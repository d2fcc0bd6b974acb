package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Differences;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.OpenField;
import io.gatehouse.change.Plans;
import io.gatehouse.change.PolicyDecisions;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.SuspensionRule;
import io.gatehouse.change.TableFixture;
import io.gatehouse.change.TemplateContent;
import io.gatehouse.change.TemplateDrafts;
import io.gatehouse.change.TemplateDriver;
import io.gatehouse.change.TemplateSuspensions;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.OnFailedVerification;
import io.gatehouse.rollout.PlanTemplates;
import io.gatehouse.rollout.PlannedStep;
import io.gatehouse.rollout.RolloutPlan;
import io.gatehouse.rollout.RolloutPlanning;
import io.gatehouse.rollout.Stage;
import io.gatehouse.rollout.Undo;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** By which kind of change releases are carried, and what the policy says about it. */
@ProcessTest
@OnH2
class CarrierProcessTests {

    private static final Plans PLANS = new Plans("unpack, switch", "ask for the version", "switch back", null);

    private static final List<Artifact> PACKAGE = List.of(new Artifact("nova", "31.0.0", "sha256:0123456789abcdef"));

    private static final Questionnaire SAFE = new Questionnaire(false, false, true);

    private static final SignedIn PIA = new SignedIn("pia", "release-manager", "change-manager");

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    ReleaseTemplates releaseTemplates;

    @Autowired
    ScopeChanges scopeChanges;

    @Autowired
    Dependencies dependencies;

    @Autowired
    Stages stages;

    @Autowired
    CarrierOutlook outlook;

    @Autowired
    TemplateDrafts drafts;

    @Autowired
    TemplateSuspensions suspensions;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    PlanTemplates planTemplates;

    @Autowired
    PolicyDecisions decisions;

    @Autowired
    Differences differences;

    @Autowired
    Changes changes;

    @Autowired
    ChangeProcess changeProcess;

    @Autowired
    Tasks tasks;

    @Autowired
    TableFixture tables;

    @Autowired
    IdentityService identities;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    private StageDriver driver;

    private TemplateDriver template;

    @BeforeEach
    void begin() {
        driver = new StageDriver(beans);
        template = new TemplateDriver(beans);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void isAStandardChangeWhereATemplateWasReviewedForExactlyThis() {
        template.inForce(reviewed("nova", "production"));
        String number = plan(content());
        assertThat(outlook.ofProduction(number))
                .isEqualTo("as things are, a standard change, because the template was reviewed for exactly this ("
                        + template.key + ")");

        Change change = deploying(number);

        assertThat(change.type()).isEqualTo(ChangeType.STANDARD);
        assertThat(change.template()).isEqualTo(template.key);
        assertThat(change.state()).isEqualTo(ChangeState.SCHEDULED);
        assertThat(change.requester()).isEqualTo("rolf");
        assertThat(change.artifacts()).isEqualTo(PACKAGE);
        assertThat(change.description()).isEqualTo(number + ": Gazpacho");
        assertThat(carrier(number))
                .isEqualTo(new Carrier(
                        ChangeType.STANDARD, "the template was reviewed for exactly this (" + template.key + ")"));
        assertThat(outlook.ofProduction(number)).startsWith(change.number() + ", a standard change, because");
        assertThat(decisions.of(change))
                .as("what was asked before it was raised, and again when it was submitted")
                .extracting(
                        PolicyDecisions.PolicyDecision::table,
                        PolicyDecisions.PolicyDecision::round,
                        PolicyDecisions.PolicyDecision::ruleIds)
                .containsExactly(
                        tuple("EligibleForTemplate", 0, List.of("Eligible_Managers")),
                        tuple("ChooseCarrier", 0, List.of("Carrier_Reviewed")),
                        tuple("EligibleForTemplate", 1, List.of("Eligible_Managers")));

        bringToItsEnd(number, change, "SUCCESSFUL");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.CLOSED);
        assertThat(differences.compareAll())
                .filteredOn(found -> found.object().equals(number))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUSPENDED    | the template is suspended",
                "RETIRED      | the template is retired",
                "ELSEWHERE    | the template is for another environment",
                "OTHER_PLANS  | the plans of the release are not those that were reviewed with the template",
                "DATA         | the release converts stored data",
                "DOWNTIME     | the release makes services unavailable",
                "UNTESTED     | the way back has not been tried",
                "ANOTHER      | somebody has asked for another package",
                "MORE         | the template is for another service, or the package has more than its service"
            })
    void isANormalChangeThatSaysWhyElse(Obstacle obstacle, String because) {
        template.inForce(reviewed("nova", "production"));
        String number = plan(obstacle.in(content()));
        meet(obstacle, number);

        Change change = deploying(number);

        assertThat(change.type()).isEqualTo(ChangeType.NORMAL);
        assertThat(change.state()).isEqualTo(ChangeState.ASSESS);
        assertThat(change.title()).isEqualTo(number + ": Gazpacho");
        assertThat(carrier(number)).isEqualTo(new Carrier(ChangeType.NORMAL, because + " (" + template.key + ")"));
        assertThat(change.artifacts())
                .containsExactlyInAnyOrderElementsOf(
                        releases.find(number).content().items());
    }

    private enum Obstacle {
        SUSPENDED,
        RETIRED,
        ELSEWHERE,
        OTHER_PLANS,
        DATA,
        DOWNTIME,
        UNTESTED,
        ANOTHER,
        MORE;

        private ReleaseContent in(ReleaseContent content) {
            return switch (this) {
                case OTHER_PLANS -> with(content, new Plans("by hand", null, null, null), SAFE);
                case DATA -> with(content, PLANS, new Questionnaire(true, false, true));
                case DOWNTIME -> with(content, PLANS, new Questionnaire(false, true, true));
                case UNTESTED -> with(content, PLANS, new Questionnaire(false, false, false));
                default -> content;
            };
        }
    }

    private void meet(Obstacle obstacle, String number) {
        switch (obstacle) {
            case SUSPENDED -> suspend();
            case RETIRED -> transactions.executeWithoutResult(
                    status -> MONA.runs(() -> suspensions.retire(template.key, "Nobody needs it")));
            case ELSEWHERE -> template.inForce(reviewed("nova", "staging"));
            case ANOTHER -> {
                confirm(number);
                ROLF.runs(() -> scopeChanges.request(
                        number, List.of(new Artifact("nova", "31.0.1", null)), "A fix that cannot wait"));
            }
            case MORE -> releases.changeScope(
                    number, List.of(PACKAGE.get(0), new Artifact("oslo-config", "9", null)), "rolf", "both at once");
            default -> {}
        }
    }

    @Test
    void isANormalChangeIntoProductionOfAMostCriticalService() {
        template.inForce(reviewed("keystone", "production"));
        String number = plan(named(content(List.of(new Artifact("keystone", "28.0.0", null))), template.key));

        assertThat(deploying(number).type()).isEqualTo(ChangeType.NORMAL);
        assertThat(carrier(number).because()).startsWith("people approve each new version of a most critical service");
    }

    @Test
    void isANormalChangeWhereWhatItDependsOnConvertsData() {
        template.inForce(reviewed("nova", "production"));
        String needed = plan(with(content(), PLANS, new Questionnaire(true, false, true)));
        Change first = deploying(needed);
        bringToItsEnd(needed, first, "SUCCESSFUL");
        String number = plan(content());
        ROLF.runs(() -> dependencies.add(
                number, StageGate.PRODUCTION, needed, StageGate.PRODUCTION, "It reads the new tables"));

        assertThat(deploying(number).type()).isEqualTo(ChangeType.NORMAL);
        assertThat(carrier(number).because()).startsWith("a release that it depends on converts stored data");
    }

    @Test
    void isANormalChangeWhereNoTemplateIsNamed() {
        String number = plan(named(content(), null));

        Change change = deploying(number);

        assertThat(carrier(number))
                .isEqualTo(new Carrier(ChangeType.NORMAL, "no template of standard changes is named for it"));
        assertThat(decisions.of(change).get(0))
                .satisfies(asked -> assertThat(asked.table()).isEqualTo("ChooseCarrier"))
                .satisfies(asked -> assertThat(asked.inputs())
                        .containsEntry("templateState", "NONE")
                        .containsEntry("production", true)
                        .containsEntry("tier", 2));
    }

    /** Whoever asks the table of templates is whoever confirmed the package, not whose vote came last. */
    @Test
    void isANormalChangeWhereTheTableOfTemplatesIsAgainstIt() {
        template.inForce(reviewed("nova", "production"));
        tables.bringIn("EligibleForTemplate", TableFixture.letsNobodyUseTemplates(), "ann", "ben");
        try {
            String number = plan(content());

            Change change = deploying(number);

            assertThat(change.type()).isEqualTo(ChangeType.NORMAL);
            assertThat(carrier(number).because())
                    .isEqualTo("whoever confirmed the package may not use the template (" + template.key
                            + ": change and release managers answer for what they submit)");
            assertThat(decisions.of(change))
                    .filteredOn(asked -> asked.round() == 0)
                    .extracting(PolicyDecisions.PolicyDecision::table)
                    .containsExactly("EligibleForTemplate", "ChooseCarrier");
        } finally {
            tables.release("EligibleForTemplate");
        }
    }

    @Test
    void isNoStandardChangeWithoutATemplateWhateverTheTableSays() {
        template.inForce(reviewed("nova", "production"));
        tables.bringIn("ChooseCarrier", TableFixture.carriesAllByStandardChanges(), "ann", "ben");
        try {
            String risky = plan(with(content(), PLANS, new Questionnaire(true, true, false)));
            String suspended = plan(content());

            assertThat(deploying(risky).type())
                    .as("what is risky is for the policy to say")
                    .isEqualTo(ChangeType.STANDARD);
            suspend();
            assertThat(deploying(suspended).type()).isEqualTo(ChangeType.NORMAL);
            assertThat(carrier(suspended).because()).startsWith("no template that is in force was reviewed for this");
        } finally {
            tables.release("ChooseCarrier");
        }
    }

    @Test
    void isNotChosenByAPolicyThatWhoeverWroteTheReleaseHasMade() {
        template.inForce(reviewed("nova", "production"));
        tables.bringIn("ChooseCarrier", TableFixture.carriesAllByStandardChanges(), "rolf", "ben");
        try {
            String number = plan(with(content(), PLANS, new Questionnaire(true, false, true)));

            Change change = deploying(number);

            assertThat(change.type()).isEqualTo(ChangeType.NORMAL);
            assertThat(decisions.of(change))
                    .filteredOn(asked -> asked.table().equals("ChooseCarrier"))
                    .extracting(asked -> asked.authors().contains("rolf"))
                    .containsExactly(true, false);
            assertThatThrownBy(() -> review(new SignedIn("ben", "technical-approver"), change))
                    .hasMessageContaining("policy table");
        } finally {
            tables.release("ChooseCarrier");
        }
    }

    @Test
    void isReviewedByNobodyWhoWroteInTheRelease() {
        template.inForce(reviewed("nova", "production"));
        String number = plan(content());
        PIA.runs(() -> releases.rewrite(
                number,
                named(content(List.of(new Artifact("nova", "31.0.1", null))), template.key),
                Precondition.parse("*", null)));
        Change change = deploying(number);
        implement(change, "UNSUCCESSFUL");

        assertThatThrownBy(() -> lookBack(PIA, change, "UNSUCCESSFUL")).isInstanceOf(ProblemException.class);
        lookBack(MONA, change, "UNSUCCESSFUL");
        driver.fire(number, "Release", "Event_ProductionChangeOver");

        assertThat(releases.find(number).progress().returnedBecause())
                .isEqualTo(change.number() + " was closed as UNSUCCESSFUL.");
    }

    /** As with any standard change; whoever confirmed the package is told, and may give it up. */
    @Test
    void isSentBackWhenItsTemplateIsSuspendedBeforeItsWindow() {
        template.inForce(reviewed("nova", "production"));
        String number = plan(content());
        Change change = deploying(number);
        suspend();
        clock.set(change.window().startsAt());
        driver.fire(change.number(), "StandardChange", "Event_WindowOpened");

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.NEW);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);
        MONA.runs(() -> changeProcess.cancel(TemplateDriver.person(MONA), change.number()));
        driver.fire(number, "Release", "Event_ProductionChangeOver");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(carrier(number).type()).isEqualTo(ChangeType.STANDARD);
    }

    /** What is chosen must still be so when the change is submitted, or it would come back at once. */
    @Test
    void waitsForWhoeverIsAboutToSuspendTheTemplate() {
        template.inForce(reviewed("nova", "production"));
        String number = plan(content());
        decide(number);

        CompletableFuture<Change> raised = transactions.execute(status -> {
            MONA.runs(() -> suspensions.suspend(template.key, "Nobody trusts it"));
            CompletableFuture<Change> raising = CompletableFuture.supplyAsync(() -> raise(number));
            assertThatThrownBy(() -> raising.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            return raising;
        });

        assertThat(raised.join().type()).isEqualTo(ChangeType.NORMAL);
        assertThat(carrier(number).because()).startsWith("the template is suspended");
    }

    @Test
    void isRolledOutByThePlanThatWasReviewedWithTheTemplate() {
        String service = withPlan();
        proposedWithPlan(reviewed(service, "production"), plan("Unpack ${artifact.version} as reviewed"));
        String number = plan(named(content(List.of(new Artifact(service, "2", null))), template.key));

        Change change = deploying(number);

        assertThat(change.type()).isEqualTo(ChangeType.STANDARD);
        assertThat(planning.find(change.number()).plan().steps())
                .extracting(step -> String.valueOf(step.manual()))
                .singleElement()
                .asString()
                .contains("as reviewed");
    }

    /** Nothing is done by hand, or not at all, because the template does not say how it is rolled out. */
    @Test
    void isANormalChangeWhereTheTemplateCannotRollItOut() {
        String service = withPlan();
        template.inForce(reviewed(service, "production"));
        String byHand = plan(named(content(List.of(new Artifact(service, "2", null))), template.key));
        Change joined = deploying(byHand);
        assertThat(joined.type()).isEqualTo(ChangeType.NORMAL);
        assertThat(carrier(byHand).because()).startsWith("the template has no rollout plan that can bring the package");
        assertThat(planning.find(joined.number()).plan().steps()).hasSize(1);

        TemplateDriver another = new TemplateDriver(beans);
        template = another;
        proposedWithPlan(reviewed(service, "production"), plan("Unpack ${artifact.digest}"));
        String withoutDigest = plan(named(content(List.of(new Artifact(service, "2", null))), another.key));
        assertThat(deploying(withoutDigest).type()).isEqualTo(ChangeType.NORMAL);
    }

    @Test
    void deploysToAStageByAStandardChangeOfItsOwnTemplate() {
        String environment = environment();
        template.inForce(reviewed("nova", environment));
        String number = plan(staged(environment, template.key));
        confirm(number);

        Change change = driver.raise(number);

        assertThat(change.type()).isEqualTo(ChangeType.STANDARD);
        assertThat(change.state()).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(change.environment()).isEqualTo(environment);
        assertThat(change.artifacts()).isEqualTo(PACKAGE);
        assertThat(outlook.lines(number))
                .satisfiesExactly(
                        stage -> assertThat(stage)
                                .startsWith("staging: " + change.number() + ", a standard change, because"),
                        production -> assertThat(production)
                                .isEqualTo("production: as things are, a normal change, because no template of standard"
                                        + " changes is named for it"));
        implement(change, "SUCCESSFUL");
        driver.fire(number, "ReleaseStage", "Event_StageChangeOver");
        driver.signOff(StageDriver.QUINN, number, "PASS");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(stages.runs(number)).singleElement().satisfies(run -> assertThat(run.carrier())
                .isEqualTo(new Carrier(
                        ChangeType.STANDARD, "the template was reviewed for exactly this (" + template.key + ")")));
        assertThat(differences.compareAll())
                .filteredOn(found -> found.object().startsWith("stage-run-")
                        || found.object().equals(number))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody-wrote-it | must be the key of a template of standard changes",
                "proposed        | is PROPOSED: have it let in",
                "suspended       | is SUSPENDED: have it let in",
                "elsewhere       | is for staging",
                "other           | is for oslo-config alone",
                "closed          | propose a version of it with ARTIFACTS in open"
            })
    void isRefusedATemplateThatCannotCarryIt(String which, String message) {
        switch (which) {
            case "proposed" -> template.proposed(reviewed("nova", "production"));
            case "suspended" -> {
                template.inForce(reviewed("nova", "production"));
                suspend();
            }
            case "elsewhere" -> template.inForce(reviewed("nova", "staging"));
            case "other" -> template.inForce(reviewed("oslo-config", "production"));
            case "closed" -> template.inForce(TemplateDriver.content("Restart", "nova", "production"));
            default -> {}
        }
        String key = which.equals("nobody-wrote-it") ? which : template.key;

        refused(() -> ROLF.does(() -> releases.plan(named(content(), key))), "changeTemplate", message);
        String number = plan(named(content(), null));
        refused(
                () -> ROLF.does(() -> releases.rewrite(number, named(content(), key), Precondition.parse("*", null))),
                "changeTemplate",
                message);
        assertThat(releases.find(number).content().changeTemplate()).isNull();
    }

    @Test
    void isRefusedATemplateForAStageThatIsElsewhere() {
        template.inForce(reviewed("nova", "production"));

        refused(
                () -> ROLF.does(() -> releases.plan(staged("staging", template.key))),
                "stages[0].changeTemplate",
                "must be a template for staging, but " + template.key + " is for production");
        refused(
                () -> ROLF.does(() -> releaseTemplates.put(
                        "carried-" + UUID.randomUUID(), templateWith(template.key), Precondition.parse(null, "*"))),
                "stages[0].changeTemplate",
                "must be a template for staging");
        TemplateDriver elsewhere = new TemplateDriver(beans);
        elsewhere.inForce(reviewed("nova", "staging"));
        ReleaseTemplate written = ROLF.does(() -> releaseTemplates.put(
                "carried-" + UUID.randomUUID(), templateWith(elsewhere.key), Precondition.parse(null, "*")));
        assertThat(written.content().stagesBefore(clock.instant()))
                .extracting(ReleaseStage::changeTemplate)
                .containsExactly(elsewhere.key);
    }

    /** The plan template is for a normal change; that it does not fit any more is nothing to a standard one. */
    @Test
    void isRolledOutAsItsOwnTemplateSaysThoughAPlanTemplateIsNamed() {
        String service = withPlan();
        String environment = environment();
        proposedWithPlan(reviewed(service, environment), plan("Unpack ${artifact.version} as reviewed"));
        String written = planTemplate("Unpack ${service} by the plan template");
        String number = plan(deployedBy(service, environment, written));
        confirm(number);
        planTemplate(written, "Unpack ${artifact.digest}");

        Change change = driver.raise(number);

        assertThat(change.type()).isEqualTo(ChangeType.STANDARD);
        assertThat(instructions(change)).contains("as reviewed");
        assertThat(stages.currentOf(number).rolloutPlan()).isNull();
    }

    @Test
    void isRolledOutByThePlanTemplateWhereThePolicyChoosesANormalChange() {
        String service = withPlan();
        String environment = environment();
        proposedWithPlan(reviewed(service, environment), plan("Unpack ${artifact.version} as reviewed"));
        String written = planTemplate("Unpack ${service} by the plan template");
        String number = plan(deployedBy(service, environment, written));
        confirm(number);
        suspend();

        Change change = driver.raise(number);

        assertThat(change.type()).isEqualTo(ChangeType.NORMAL);
        assertThat(instructions(change)).contains("Unpack " + service + " by the plan template");
        assertThat(stages.currentOf(number)).satisfies(run -> {
            assertThat(run.rolloutPlan()).isEqualTo(written);
            assertThat(run.carrier()).isNotNull();
        });
        assertThat(differences.compareAll())
                .filteredOn(found -> found.object().startsWith("stage-run-")
                        || found.object().equals(number))
                .isEmpty();
    }

    /** The release of a service whose stage names both kinds of template. */
    private ReleaseContent deployedBy(String service, String environment, String planTemplate) {
        List<Artifact> items = List.of(new Artifact(service, "2", null));
        ReleaseContent content = staged(environment, template.key);
        return ReleaseFixture.with(
                content,
                items,
                content.stages().stream()
                        .map(stage -> ReleaseFixture.deployedBy(stage, planTemplate))
                        .toList());
    }

    private String instructions(Change change) {
        return planning.find(change.number()).plan().steps().stream()
                .map(step -> String.valueOf(step.manual()))
                .collect(Collectors.joining());
    }

    private String planTemplate(String instructions) {
        String key = "by-hand-" + UUID.randomUUID();
        planTemplate(key, instructions);
        return key;
    }

    private void planTemplate(String key, String instructions) {
        Precondition precondition =
                planTemplates.find(key).isPresent() ? Precondition.parse("*", null) : Precondition.parse(null, "*");
        transactions.executeWithoutResult(
                status -> ROLF.runs(() -> planTemplates.put(key, plan(instructions), precondition)));
    }

    /** Whoever gives a release back as it was read must not be stopped by what has become of its template. */
    @Test
    void keepsATemplateThatHasBeenSuspendedSince() {
        template.inForce(reviewed("nova", "production"));
        String number = plan(content());
        suspend();

        ROLF.runs(() -> releases.rewrite(number, content(), Precondition.parse("*", null)));

        assertThat(releases.find(number).content().changeTemplate()).isEqualTo(template.key);
    }

    private void refused(Supplier<?> writing, String field, String message) {
        assertThatThrownBy(writing::get).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                        refused.problem().fields())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.field()).isEqualTo(field))
                .extracting(InvalidField::message)
                .asString()
                .contains(message));
    }

    private TemplateContent reviewed(String service, String environment) {
        return new TemplateContent(
                "Install " + service,
                service,
                environment,
                PLANS,
                Set.of(OpenField.ARTIFACTS, OpenField.DESCRIPTION),
                SuspensionRule.USUAL);
    }

    private void suspend() {
        transactions.executeWithoutResult(
                status -> MONA.runs(() -> suspensions.suspend(template.key, "Nobody trusts it")));
    }

    private void proposedWithPlan(TemplateContent content, RolloutPlan plan) {
        String version = transactions.execute(status -> ROLF.does(() -> {
            drafts.write(template.key, content, Precondition.parse(null, "*"));
            planning.writeForVersion(drafts.openForPlan(template.key).number(), plan);
            return drafts.submit(template.key).number();
        }));
        template.review(MONA, version, "LET_IN");
    }

    /** The key of a service that is rolled out by a plan as a rule. */
    private String withPlan() {
        String service = "carried-" + jdbc.queryForObject("select count(*) from service", Long.class);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 3, ?, 1)",
                service,
                service,
                service);
        transactions.executeWithoutResult(
                status -> planning.writeForService(service, plan("Unpack ${artifact.version}")));
        return service;
    }

    private static RolloutPlan plan(String instructions) {
        ManualWork work = new ManualWork(instructions, List.of("It is unpacked"));
        return new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                List.of(new PlannedStep(
                        Stage.DEPLOY_APPLICATION,
                        "Unpack",
                        ManualWork.CONNECTOR,
                        "host",
                        Map.of(),
                        new Undo(ManualWork.CONNECTOR, Map.of(), work),
                        null,
                        false,
                        null,
                        null,
                        work)),
                Map.of(),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK);
    }

    private String environment() {
        String environment = "carried-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
        return environment;
    }

    private static ReleaseTemplateContent templateWith(String changeTemplate) {
        return new ReleaseTemplateContent(
                "Carried",
                null,
                List.of(new TemplateStage(
                        "staging",
                        "staging",
                        7,
                        7,
                        List.of(),
                        List.of(),
                        ReleaseStage.USUAL_SIGN_OFF,
                        List.of(),
                        changeTemplate,
                        false,
                        null)),
                List.of(),
                ReleaseContent.USUAL_SEATS);
    }

    private ReleaseContent staged(String environment, String changeTemplate) {
        ReleaseStage stage = ReleaseFixture.stage(clock.instant(), "staging", environment);
        return named(
                ReleaseFixture.with(
                        content(),
                        PACKAGE,
                        List.of(new ReleaseStage(
                                stage.name(),
                                stage.environment(),
                                stage.planned(),
                                stage.tests(),
                                stage.exitCriteria(),
                                stage.signedOffBy(),
                                stage.approvals(),
                                changeTemplate,
                                stage.rehearsesRollback(),
                                stage.rolloutPlan()))),
                null);
    }

    /** By the template of this test, with its plans and without a risk. */
    private ReleaseContent content() {
        return named(content(PACKAGE), template.key);
    }

    private ReleaseContent content(List<Artifact> items) {
        return with(ReleaseFixture.content(clock.instant(), items), PLANS, SAFE);
    }

    private static ReleaseContent named(ReleaseContent content, @Nullable String changeTemplate) {
        return ReleaseFixture.by(content, changeTemplate);
    }

    private static ReleaseContent with(ReleaseContent content, Plans plans, Questionnaire questionnaire) {
        return new ReleaseContent(
                content.name(),
                content.description(),
                content.manager(),
                content.train(),
                content.series(),
                content.readyOn(),
                content.environment(),
                content.window(),
                plans,
                questionnaire,
                content.items(),
                content.seats(),
                content.stages(),
                content.template(),
                content.changeTemplate(),
                content.rolloutPlan());
    }

    private String plan(ReleaseContent content) {
        return ROLF.does(() -> releases.start(releases.plan(content).number()).number());
    }

    private void confirm(String number) {
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
    }

    private Change deploying(String number) {
        decide(number);
        return raise(number);
    }

    private void decide(String number) {
        if (releases.find(number).state() == ReleaseState.PREPARING) {
            confirm(number);
        }
        List.of(StageDriver.QUINN, SASHA)
                .forEach(seat -> seat.runs(() -> tasks.submit(
                        number, ReleaseModel.VOTE, null, Map.of("vote", "GO", "reason", "that is how I see it"))));
    }

    /** In a transaction that is the deed of nobody who voted. */
    private Change raise(String number) {
        driver.fire(number, "Release", "Activity_RaiseProductionChange");
        return changes.find(
                Objects.requireNonNull(releases.find(number).progress().change()));
    }

    private Carrier carrier(String number) {
        return Objects.requireNonNull(releases.find(number).progress().carrier());
    }

    private void review(SignedIn who, Change change) {
        who.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked at it")));
    }

    private void bringToItsEnd(String number, Change change, String result) {
        if (change.type() == ChangeType.NORMAL) {
            Map<String, Object> approves = Map.of("decision", "APPROVE", "reason", "agreed");
            review(THEO, change);
            MONA.runs(() -> tasks.submit(change.number(), "ApproveChange", "change-manager", approves));
            OSKAR.runs(() -> tasks.submit(change.number(), "ApproveChange", "ops-lead", approves));
            if (changes.find(change.number()).state() == ChangeState.AUTHORIZE) {
                CARLA.runs(() -> tasks.submit(change.number(), "ApproveChange", "cab-member", approves));
            }
        }
        implement(change, result);
        if (changes.find(change.number()).state() == ChangeState.REVIEW) {
            lookBack(MONA, change, result);
        }
        driver.fire(number, "Release", "Event_ProductionChangeOver");
    }

    private void implement(Change change, String result) {
        if (changes.find(change.number()).state() == ChangeState.SCHEDULED) {
            clock.set(change.window().startsAt());
            driver.fire(
                    change.number(),
                    change.type() == ChangeType.NORMAL ? "NormalChange" : "StandardChange",
                    "Event_WindowOpened");
        }
        OSKAR.runs(() -> tasks.submit(change.number(), "ImplementChange", null, Map.of("result", result)));
    }

    private void lookBack(SignedIn who, Change change, String result) {
        who.runs(() ->
                tasks.submit(change.number(), "ReviewChange", null, Map.of("closeCode", result, "lessons", "none")));
    }
}
