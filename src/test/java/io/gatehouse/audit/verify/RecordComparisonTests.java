package io.gatehouse.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.access.AccountBound;
import io.gatehouse.access.Person;
import io.gatehouse.access.ToolAction;
import io.gatehouse.api.Precondition;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.NamesInTheTrail;
import io.gatehouse.audit.verify.Difference.Kind;
import io.gatehouse.breakglass.BreakGlassUses;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.cab.Ballots;
import io.gatehouse.cab.BoardAbsence;
import io.gatehouse.cab.Boards;
import io.gatehouse.cab.Meetings;
import io.gatehouse.cab.Proceedings;
import io.gatehouse.cab.Vote;
import io.gatehouse.cab.VoteFixture;
import io.gatehouse.calendar.FreezeExemptions;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.EnvironmentKind;
import io.gatehouse.catalog.Environments;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Evidence;
import io.gatehouse.change.EvidenceFiles;
import io.gatehouse.change.EvidenceKind;
import io.gatehouse.change.Incident;
import io.gatehouse.change.Incidents;
import io.gatehouse.change.OpenField;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Relation;
import io.gatehouse.change.RelationKind;
import io.gatehouse.change.Relations;
import io.gatehouse.change.SuspensionRule;
import io.gatehouse.change.TaskPhase;
import io.gatehouse.change.TemplateContent;
import io.gatehouse.change.TemplateDrafts;
import io.gatehouse.change.TemplateSuspensions;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Repair;
import io.gatehouse.engine.Tasks;
import io.gatehouse.model.Proposals;
import io.gatehouse.people.PasswordLinks;
import io.gatehouse.people.PersonDescription;
import io.gatehouse.people.Register;
import io.gatehouse.release.Criteria;
import io.gatehouse.release.CriterionContent;
import io.gatehouse.release.Dependencies;
import io.gatehouse.release.Moment;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.ReleaseTemplateContent;
import io.gatehouse.release.ReleaseTemplates;
import io.gatehouse.release.Releases;
import io.gatehouse.release.Replanning;
import io.gatehouse.release.ScopeChanges;
import io.gatehouse.release.SeatDelegations;
import io.gatehouse.release.StageDriver;
import io.gatehouse.release.StageTest;
import io.gatehouse.release.TemplateCriterion;
import io.gatehouse.release.communication.Audience;
import io.gatehouse.release.communication.CommunicationEntry;
import io.gatehouse.release.communication.CommunicationPlans;
import io.gatehouse.release.document.Documents;
import io.gatehouse.release.document.ReleaseTicket;
import io.gatehouse.release.document.Tickets;
import io.gatehouse.release.report.Booking;
import io.gatehouse.release.report.Budgets;
import io.gatehouse.release.report.Money;
import io.gatehouse.release.risk.RiskContent;
import io.gatehouse.release.risk.RiskEntry;
import io.gatehouse.release.risk.RiskRegister;
import io.gatehouse.rollout.QuarantineFixture;
import io.gatehouse.secret.Secrets;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolDescription;
import io.gatehouse.tool.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Every column, every row that is added or taken away, of everything that the trail describes whole. */
@OnH2
@SampleAtRest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordComparisonTests {

    private static final int PAGE = 500;
    private static final SignedIn ADAM = new SignedIn("adam", "admin");
    private static final SignedIn MONA = new SignedIn("mona", "change-manager", "process-owner");

    @Autowired
    private Register register;

    @Autowired
    private IdentityService identities;

    @Autowired
    private PasswordLinks links;

    @Autowired
    private Tools tools;

    @Autowired
    private Tokens tokens;

    @Autowired
    private Secrets secrets;

    @Autowired
    private Freezes freezes;

    @Autowired
    private Proposals proposals;

    @Autowired
    private FreezeExemptions exemptions;

    @Autowired
    private EvidenceFiles evidence;

    @Autowired
    private Incidents incidents;

    @Autowired
    private Relations relations;

    @Autowired
    private BreakGlasses breakGlasses;

    @Autowired
    private BreakGlassUses uses;

    @Autowired
    private TemplateDrafts drafts;

    @Autowired
    private TemplateSuspensions suspensions;

    @Autowired
    private ChangeProcess changes;

    @Autowired
    private Tasks tasks;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private Boards boards;

    @Autowired
    private Environments environments;

    @Autowired
    private ScopeChanges scopeChanges;

    @Autowired
    private Releases releases;

    @Autowired
    private ReleaseTemplates releaseTemplates;

    @Autowired
    private RiskRegister risks;

    @Autowired
    private Criteria criteria;

    @Autowired
    private Documents documents;

    @Autowired
    private Tickets tickets;

    @Autowired
    private CommunicationPlans communications;

    @Autowired
    private Dependencies dependencies;

    @Autowired
    private Replanning replanning;

    @Autowired
    private Budgets budgets;

    @Autowired
    private SeatDelegations delegations;

    @Autowired
    private Meetings meetings;

    @Autowired
    private Proceedings proceedings;

    @Autowired
    private ManagementService management;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private Ballots ballots;

    @Autowired
    private ChangeTasks changeTasks;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private BeanFactory beans;

    /** One of each kind, by how its name begins. */
    private final Map<String, String> objects = new HashMap<>();

    @BeforeAll
    void oneOfEachKindThatHasHadALife() {
        String service = jdbc.queryForObject(
                """
                select min(d.service_key) from service_dependency d
                join service_compliance_scope c on c.service_key = d.service_key""",
                String.class);
        objects.put("service-", "service-" + service);
        objects.put("environment-", "environment-production");
        objects.put("train-", "train-gazpacho");
        objects.put(
                "deployment-",
                AuditTrail.numbered(
                        "deployment",
                        jdbc.queryForObject("select max(id) from deployment where live = true", Long.class)));
        relation();
        policy();
        incident();
        changeTask();
        person();
        account();
        tool(service);
        ADAM.runs(() -> {
            secrets.put("planted", "one", false, Precondition.parse(null, "*"));
            secrets.put("planted", "two", true, Precondition.parse("*", null));
            secrets.put("gone", "three", true, Precondition.parse(null, "*"));
            secrets.delete("gone");
        });
        objects.put("secret-", "secret-planted");
        freeze();
        QuarantineFixture.beginAndRelease(beans, "restored");
        objects.put("quarantine-", "quarantine-restored");
        model();
        template();
        breakGlass();
        objects.put(
                "emergency-",
                AuditTrail.numbered(
                        "emergency", jdbc.queryForObject("select max(id) from change_emergency", Long.class)));
        ballot();
        meeting();
        release();
        replanning();
    }

    /** A release that was put off, split, and no longer needs what it needed. */
    private void replanning() {
        ReleaseContent content = ReleaseFixture.content(
                Instant.now(), List.of(new Artifact("nova", "31.0.0", null), new Artifact("cinder", "25.0.0", null)));
        SignedIn.ROLF.runs(() -> {
            String needed = releases.plan(content).number();
            String number = releases.plan(content).number();
            long id = dependencies
                    .add(number, "production", needed, "production", "It needs the new tables")
                    .id();
            dependencies.remove(number, id, "It does not");
            Window later = ChangeFixture.windowIn(content.window().startsAt(), Duration.ofDays(3));
            replanning.postpone(number, later, content.readyOn().plusDays(1), "The storage is late");
            replanning.split(number, "Later", Set.of("cinder"));
            objects.put("dependency-", AuditTrail.numbered("dependency", id));
        });
        for (String kind : List.of("postponement", "split")) {
            objects.put(
                    kind + "-",
                    AuditTrail.numbered(kind, jdbc.queryForObject("select max(id) from release_" + kind, Long.class)));
        }
    }

    /** Carried by a change, after one that was canceled. */
    private void release() {
        String number = SignedIn.ROLF.does(
                () -> releases.plan(ReleaseFixture.content(Instant.now())).number());
        objects.put("RISK-", risk(number));
        SignedIn.ROLF.runs(() -> releases.start(number));
        objects.put("CRIT-", criterion(number));
        confirmPackage(number);
        String change = String.valueOf(releases.find(number).progress().change());
        SignedIn.ROLF.runs(() -> process.cancel(new Person("rolf", Set.of("requester")), change));
        management.executeJob(management
                .createJobQuery()
                .activityId("Event_ProductionChangeOver")
                .singleResult()
                .getId());
        confirmPackage(number);
        objects.put("REL-", number);
        objects.put(
                "readiness-",
                AuditTrail.numbered(
                        "readiness", jdbc.queryForObject("select max(id) from release_readiness", Long.class)));
        stage();
        budget(number);
        scopeChange();
        delegation();
    }

    /** One that was ended before its time. */
    private void delegation() {
        SignedIn.ROLF.runs(() -> {
            Instant until = Instant.now().plus(Duration.ofDays(2));
            long id = delegations
                    .give("release-manager", "rolf", "oskar", null, until)
                    .id();
            delegations.withdraw(id);
            objects.put("delegation-", AuditTrail.numbered("delegation", id));
        });
    }

    /** Another package, in which one seat has agreed. */
    private void scopeChange() {
        String number = SignedIn.ROLF.does(() -> releases.start(
                        releases.plan(ReleaseFixture.content(Instant.now())).number())
                .number());
        SignedIn.ROLF.runs(() -> tasks.submit(number, "ConfirmPackage", null, Map.of("action", "CONFIRM")));
        String scope = SignedIn.RITA.does(() -> scopeChanges
                .request(number, List.of(new Artifact("nova", "31.0.1", null)), "A fix")
                .number());
        new SignedIn("petra", "product-owner")
                .runs(() -> tasks.submit(
                        scope,
                        "ApproveScopeChange",
                        "product-owner",
                        Map.of("decision", "APPROVE", "reason", "As I see it")));
        objects.put("SCOPE-", scope);
    }

    private void budget(String number) {
        SignedIn.ROLF.runs(() -> {
            Money money = Money.of(BigDecimal.valueOf(500), "EUR").orElseThrow();
            budgets.set(number, BigDecimal.TEN, money, Precondition.parse(null, "*"));
            Booking wrong = budgets.book(number, LocalDate.of(2026, 1, 5), BigDecimal.ONE, money, "Too much");
            objects.put(
                    "booking-",
                    AuditTrail.numbered(
                            "booking",
                            budgets.reverse(number, wrong.id(), "A typo").id()));
        });
        objects.put("budget-", "budget-" + releases.find(number).stored());
    }

    /** One that was tested in a stage by a template. */
    private void stage() {
        SignedIn.ROLF.runs(() -> releaseTemplates.put(
                "planted",
                new ReleaseTemplateContent(
                        "Planted",
                        "Twice a year",
                        List.of(),
                        List.of(new TemplateCriterion("Support is trained", "ops-lead", 3)),
                        ReleaseContent.USUAL_SEATS),
                Precondition.parse(null, "*")));
        SignedIn.ROLF.runs(() -> releaseTemplates.retire("planted", "Nobody plans by it"));
        objects.put("release-template-", "release-template-planted@1");
        SignedIn.ROLF.runs(() -> environments.put(
                new Environment("planted", "Planted", EnvironmentKind.TEST, 3, false, 0),
                Precondition.parse(null, "*")));
        ReleaseContent content = ReleaseFixture.content(Instant.now());
        ReleaseStage stage =
                ReleaseFixture.stage(Instant.now(), "staging", "planted", new StageTest("upgrade", "qa-lead", 90));
        String number = SignedIn.ROLF.does(() -> releases.start(releases.plan(ReleaseFixture.with(
                                content, List.of(new Artifact("glance", "31.0.0", null)), List.of(stage)))
                        .number())
                .number());
        SignedIn.ROLF.runs(() -> tasks.submit(number, "ConfirmPackage", null, Map.of("action", "CONFIRM")));
        StageDriver driver = new StageDriver(beans);
        driver.deploy(number);
        driver.record(number, "upgrade", 9, 1);
        driver.signOff(StageDriver.QUINN, number, "FAIL");
        objects.put(
                "stage-run-",
                AuditTrail.numbered(
                        "stage-run", jdbc.queryForObject("select max(id) from release_stage_run", Long.class)));
        objects.put(
                "stage-sign-off-",
                AuditTrail.numbered(
                        "stage-sign-off",
                        jdbc.queryForObject("select max(id) from release_stage_sign_off", Long.class)));
        documents();
    }

    private void communication(String number) {
        SignedIn.ROLF.runs(() -> communications.put(
                number,
                List.of(
                        new CommunicationEntry(
                                Moment.STARTED,
                                null,
                                "release-decided",
                                List.of(new Audience(Audience.Kind.ROLE, "qa-lead"))),
                        new CommunicationEntry(
                                Moment.STAGE_PASSED,
                                "staging",
                                "release-decided",
                                List.of(
                                        new Audience(Audience.Kind.ROLE, "ops-lead"),
                                        new Audience(Audience.Kind.ADDRESS, "all@example.org")))),
                Precondition.parse(null, "*")));
        SignedIn.ROLF.runs(() -> releases.start(number));
        objects.put("letter-", "letter-release-decided");
        objects.put("communication-", "communication-" + number.substring("REL-".length()));
        objects.put(
                "announcement-",
                AuditTrail.numbered(
                        "announcement", jdbc.queryForObject("select max(id) from release_announcement", Long.class)));
    }

    private void documents() {
        ReleaseContent content = ReleaseFixture.content(Instant.now());
        ReleaseStage stage = ReleaseFixture.stage(Instant.now(), "staging", "planted");
        String number =
                SignedIn.ROLF.does(() -> releases.plan(ReleaseFixture.with(content, content.items(), List.of(stage)))
                        .number());
        Precondition first = Precondition.parse(null, "*");
        SignedIn.ROLF.runs(() -> tickets.put(
                number,
                List.of(
                        new ReleaseTicket("nova", ReleaseTicket.Kind.TICKET, "NOVA-1", "Resize", "https://t.example/1"),
                        new ReleaseTicket("nova", ReleaseTicket.Kind.COMMIT, "4f1c", "Resize at last", null)),
                first));
        objects.put("tickets-", "tickets-" + number.substring("REL-".length()));
        SignedIn.ROLF.runs(() -> documents.draftNotes(number));
        SignedIn.ROLF.runs(() -> documents.publishNotes(number, 1));
        objects.put(
                "document-",
                AuditTrail.numbered(
                        "document", jdbc.queryForObject("select max(id) from release_document", Long.class)));
        communication(number);
    }

    /** Said to be met, and asked again. */
    private String criterion(String release) {
        Instant due = Instant.now().plus(Duration.ofHours(2));
        String number = SignedIn.ROLF.does(() -> criteria.add(
                        release, new CriterionContent("The load test is green", "All of it", "oskar", null, due))
                .number());
        SignedIn.OSKAR.runs(
                () -> tasks.submit(number, "ConfirmCriterion", null, Map.of("answer", "MET", "note", "Run 4711")));
        SignedIn.ROLF.runs(() -> criteria.reopen(release, number, due, "Another version"));
        return number;
    }

    /** Judged twice, and closed. */
    private String risk(String release) {
        RiskContent content = new RiskContent(
                "The client is late",
                "It was late twice",
                "rolf",
                new RiskContent.Response(RiskContent.Response.Kind.REDUCE, "Ask each day"),
                LocalDate.now(ZoneOffset.UTC),
                false,
                false);
        return SignedIn.ROLF.does(() -> {
            String risk =
                    risks.raise(release, RiskEntry.Kind.RISK, content, 4, 4).number();
            risks.assess(release, risk, 2, 4, "A first version is here");
            return risks.close(release, risk, "It came in time").number();
        });
    }

    /** It goes, once what quality demands is done. */
    private void confirmPackage(String number) {
        SignedIn.ROLF.runs(() -> tasks.submit(number, "ConfirmPackage", null, Map.of("action", "CONFIRM")));
        Instant due = Instant.now().plus(Duration.ofHours(2));
        vote("quinn", "qa-lead", number, "CONDITIONAL_GO", "Look again | ops-lead | " + due);
        vote("sasha", "security-officer", number, "GO", "");
        String condition = "COND-%06d".formatted(jdbc.queryForObject("select max(id) from go_condition", Long.class));
        SignedIn.OSKAR.runs(() -> tasks.submit(condition, "MeetCondition", null, Map.of("note", "Looked")));
        management.executeJob(management
                .createJobQuery()
                .activityId("Event_ConditionsSettled")
                .singleResult()
                .getId());
        management.executeJob(management
                .createJobQuery()
                .activityId("Activity_RaiseProductionChange")
                .singleResult()
                .getId());
        objects.put(
                "go-no-go-",
                AuditTrail.numbered("go-no-go", jdbc.queryForObject("select max(id) from go_no_go", Long.class)));
    }

    private void vote(String person, String seat, String number, String vote, String conditions) {
        new SignedIn(person, seat)
                .runs(() -> tasks.submit(
                        number,
                        "VoteGoOrNoGo",
                        seat,
                        Map.of("vote", vote, "reason", "As I see it", "conditions", conditions)));
    }

    /** An open one, of a board of which somebody is away. */
    private void meeting() {
        Instant away = Instant.now().plus(Duration.ofDays(100)).truncatedTo(ChronoUnit.SECONDS);
        MONA.runs(() -> boards.putAbsences(
                "cab",
                "carla",
                List.of(new BoardAbsence("carla", away, away.plus(Duration.ofDays(5)))),
                Precondition.parse("\"" + boards.get("cab").version() + "\"", null)));
        objects.put("board-", "board-cab");
        String number = meetings.next("cab").orElseThrow();
        letTheTimeCome(number);
        letTheTimeCome(number);
        SignedIn.CHRIS.runs(() -> tasks.submit(number, "OpenMeeting", null, Map.of()));
        SignedIn.CHRIS.runs(() -> proceedings.attend(number, Set.of("chris", "oskar"), Precondition.parse("*", null)));
        objects.put("MTG-", number);
    }

    private void letTheTimeCome(String number) {
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .singleResult()
                        .getId())
                .singleResult()
                .getId());
    }

    /** With votes, and conditions of which one is met. */
    private void ballot() {
        VoteFixture votes = new VoteFixture(boards, process, tasks, transaction);
        Change change = votes.beforeTheBoard(ChangeFixture.windowIn(Instant.now(), Duration.ofDays(7)));
        votes.vote(change, SignedIn.CHRIS, Vote.APPROVE, "Somebody on call", "A tried way back");
        List.of(SignedIn.OSKAR, SignedIn.CARLA, SignedIn.SASHA)
                .forEach(member -> votes.vote(change, member, Vote.APPROVE));
        ballots.meet(change.number(), 1, new Person("mona", Set.of("change-manager")), "Stella is");
        objects.put(
                "ballot-",
                AuditTrail.numbered("ballot", jdbc.queryForObject("select max(id) from cab_ballot", Long.class)));
    }

    /** Of two changes, added and removed again. */
    private void relation() {
        Person rolf = new Person("rolf", Set.of("requester"));
        Window later = ChangeFixture.windowIn(Instant.now(), Duration.ofDays(9));
        new SignedIn("rolf", "requester").runs(() -> {
            String first = changes.raise(rolf, ChangeFixture.content("nova", "staging", later))
                    .number();
            String second = changes.raise(rolf, ChangeFixture.content("nova", "staging", later))
                    .number();
            Relation added = relations.add(rolf, second, RelationKind.DEPENDS_ON, first, "It needs the new tables");
            relations.remove(rolf, second, added.id(), "It does not");
            objects.put("relation-", AuditTrail.numbered("relation", added.id()));
        });
    }

    /** Begun by somebody, and done. */
    private void changeTask() {
        SignedIn rolf = new SignedIn("rolf", "release-manager");
        String number = jdbc.queryForObject(
                "select max(id) from change_request where state = 'AUTHORIZE'",
                (row, i) -> "CHG-%06d".formatted(row.getLong(1)));
        String task = rolf.does(() -> changeTasks.add(
                        number,
                        new ChangeTaskContent(
                                "Back up",
                                "All of it",
                                TaskPhase.BEFORE,
                                null,
                                "ops-lead",
                                Instant.parse("2030-06-02T20:00:00Z"),
                                Instant.parse("2030-06-02T22:00:00Z"))))
                .number();
        answer(SignedIn.OSKAR, task, "DoChangeTask", "action", "BEGIN");
        answer(SignedIn.OSKAR, task, "DoChangeTask", "action", "DONE", "note", "Restored it too");
        objects.put("TASK-", task);
    }

    private void policy() {
        Map<String, Object> asked = jdbc.queryForMap(
                "select max(id) as id, min(change_id) as change_id from policy_decision where change_id ="
                        + " (select max(id) from change_request where state = 'AUTHORIZE' and requester = 'rolf')");
        objects.put("decision-", AuditTrail.numbered("decision", (Long) asked.get("ID")));
        SignedIn rolf = new SignedIn("rolf", "requester");
        rolf.runs(() -> evidence.provide(
                new Person("rolf", Set.of("requester")),
                "CHG-%06d".formatted((Long) asked.get("CHANGE_ID")),
                EvidenceKind.TEST_REPORT,
                "https://ci.example/4711",
                "sha256:00",
                Evidence.Result.PASSED));
        objects.put(
                "evidence-",
                AuditTrail.numbered(
                        "evidence", jdbc.queryForObject("select max(id) from change_evidence", Long.class)));
    }

    /** Linked by mistake. */
    private void incident() {
        Person mona = new Person("mona", Set.of("change-manager"));
        MONA.runs(() -> {
            long id = incidents
                    .link(
                            mona,
                            "CHG-000001",
                            "INC-4711",
                            "https://incidents.example/4711",
                            Incident.Severity.MAJOR,
                            Instant.now().minusSeconds(60))
                    .id();
            incidents.remove(mona, "CHG-000001", id, "It was another");
            objects.put("incident-", AuditTrail.numbered("incident", id));
        });
    }

    private void person() {
        PersonDescription nora = new PersonDescription("Nora Berg", "n@example.com", Set.of("requester"), Set.of());
        PersonDescription ops = new PersonDescription("Nora Holm", null, Set.of("ops-lead"), Set.of("blue"));
        ADAM.runs(() -> {
            register.add("nora", nora);
            links.make("nora");
        });
        String used = ADAM.does(() -> links.make("nora").secret());
        assertThat(links.choose(used, "quite a long sentence 7")).isEmpty();
        ADAM.runs(() -> {
            register.change("nora", ops, Precondition.parse("*", null));
            register.disable("nora");
            register.enable("nora");
            register.signOut("nora");
        });
        objects.put("person-", trail.person("nora"));
        objects.put(
                "link-",
                jdbc.queryForObject(
                        "select max(object) from audit_entry where action = 'people.LinkUsed'", String.class));
    }

    private void account() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "insert into access_account (name, subject, bound_at) values ('kim', 's-1', ?)",
                    LocalDateTime.ofInstant(now, ZoneOffset.UTC));
            events.publishEvent(new AccountBound("kim", "s-1", now));
        });
        objects.put("account-", trail.person("kim").replace("person-", "account-"));
    }

    private void tool(String service) {
        ToolDescription ci = new ToolDescription(
                "Builds",
                Set.of(ToolAction.READ, ToolAction.RAISE_CHANGES),
                Set.of(service),
                Set.of("dev"),
                "adam",
                true);
        ToolDescription less =
                new ToolDescription("Builds", Set.of(ToolAction.READ), Set.of(service), Set.of("dev"), "adam", true);
        ADAM.runs(() -> {
            tools.put("ci", ci, Precondition.parse(null, "*"));
            tools.put("ci", less, Precondition.parse("*", null));
            String first = tokens.issue("ci", null).token().id();
            String second = tokens.rotate("ci", first, Duration.ofMinutes(5), null)
                    .token()
                    .id();
            tokens.revoke("ci", first);
            objects.put("token-", "token-" + second);
        });
        objects.put("tool-", "tool-ci");
    }

    private void freeze() {
        Instant now = Instant.now();
        long kept = MONA.does(() -> freezes.declare("Year's end", "Rest", now, now.plusSeconds(9), null, "production")
                .storedId());
        MONA.runs(() -> freezes.lift(freezes.declare("Mistake", "Oops", now, now.plusSeconds(9), null, null)
                .storedId()));
        objects.put("freeze-", AuditTrail.numbered("freeze", kept));
        long sale = MONA.does(() -> freezes.declare("Sale", "Much to do", now, now.plusSeconds(900), null, "staging")
                .storedId());
        transaction.executeWithoutResult(
                status -> exemptions.exempt("CHG-000001", sale, now.plusSeconds(600), "BRG-000001"));
        transaction.executeWithoutResult(status -> exemptions.end("BRG-000001", "oskar", "It is done"));
        objects.put(
                "exemption-",
                AuditTrail.numbered(
                        "exemption", jdbc.queryForObject("select max(id) from freeze_exemption", Long.class)));
    }

    private void model() {
        String drawn = text(Path.of("processes", "change", "StandardChange.bpmn"));
        long id = MONA.does(
                () -> proposals.propose("StandardChange.bpmn", drawn, "Nicer").id());
        SignedIn other = new SignedIn("rolf", "release-manager", "process-owner");
        other.runs(() -> proposals.decide(id, false, proposals.get(id).sha256(), "No"));
        objects.put("model-", AuditTrail.numbered("model", id));
    }

    /** One that was let in, used, suspended and revised. */
    private void template() {
        TemplateContent content = new TemplateContent(
                "Restart", "nova", "staging", Plans.NONE, Set.of(OpenField.LINKS), SuspensionRule.USUAL);
        String number = transaction.execute(status -> SignedIn.ROLF.does(() -> {
            drafts.write("planted", content, Precondition.parse(null, "*"));
            return drafts.submit("planted").number();
        }));
        answer(MONA, number, "ReviewTemplate", "decision", "LET_IN", "reason", "Read it");
        String change = transaction.execute(status -> SignedIn.RITA.does(() -> changes.raiseStandard(
                        new Person("rita", Set.of("requester")),
                        "planted",
                        new Window(Instant.now().plusSeconds(9), Instant.now().plusSeconds(99)))
                .number()));
        MONA.runs(() -> suspensions.suspend("planted", "It hurts"));
        answer(MONA, number, "DecideOnSuspendedTemplate", "decision", "REVISE", "reason", "Gently");
        objects.put("TPL-", number);
        objects.put("use-", AuditTrail.numbered("use", Long.parseLong(change.substring(4))));
    }

    /** One that was used in part, ended and reviewed; one that was refused; and one that was taken back. */
    private void breakGlass() {
        String change = jdbc.queryForObject(
                """
                select min(BUSINESS_KEY_) from ACT_RU_EXECUTION
                where PARENT_ID_ is null and BUSINESS_KEY_ like 'CHG-%'""",
                String.class);
        String used = asked(change);
        answer(SignedIn.ROLF, used, "GrantBreakGlass", "decision", "GRANT", "reason", "Nothing else helps");
        SignedIn.OSKAR.runs(() -> {
            uses.use(used, Repair.Kind.DELETE_PROCESS);
            breakGlasses.end(used);
        });
        answer(SignedIn.MONA, used, "ReviewBreakGlass", "outcome", "JUSTIFIED", "toMend", "Try it again by itself");
        String other = jdbc.queryForObject(
                """
                select min(BUSINESS_KEY_) from ACT_RU_EXECUTION
                where PARENT_ID_ is null and BUSINESS_KEY_ like 'CHG-%'""",
                String.class);
        answer(SignedIn.ROLF, asked(other), "GrantBreakGlass", "decision", "REFUSE", "reason", "Wait for it");
        String withdrawn = asked(other);
        SignedIn.OSKAR.runs(() -> breakGlasses.end(withdrawn));
        objects.put("BRG-", used);
    }

    private String asked(String change) {
        List<Repair> repairs = List.of(
                new Repair(Repair.Kind.DELETE_PROCESS, null, null, null, null),
                new Repair(Repair.Kind.SET_VARIABLE, null, null, "outcome", "ON_HOLD"));
        return SignedIn.OSKAR.does(() -> breakGlasses
                .ask(
                        change,
                        repairs,
                        "It stands still",
                        "INC-4711",
                        Instant.now().plusSeconds(600))
                .number());
    }

    private void answer(SignedIn person, String number, String task, String... answers) {
        Map<String, Object> said = new HashMap<>();
        for (int i = 0; i < answers.length; i += 2) {
            said.put(answers[i], answers[i + 1]);
        }
        person.runs(() -> tasks.submit(number, task, null, said));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void accusesNobody() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(new Reconciliation(connection).all()).isEmpty();
        }
    }

    @Test
    void looksAtOneOfEachKind() {
        assertThat(objects.keySet()).containsExactlyInAnyOrderElementsOf(Reconciliation.kinds());
    }

    /** Votes, who is present or away, tasks, templates and all the rest, in what the trail says of each. */
    @Test
    void hasNumbersForThePeopleInEachOfThem() {
        assertThat(jdbc.queryForList("select distinct object from audit_entry", String.class))
                .containsAll(objects.values());

        assertThat(new NamesInTheTrail(identities, jdbc).found("Nora Berg", "n@example.com"))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> findsEveryPlantedEdit() {
        return ComparedTables.RECORDS.stream()
                .flatMap(kind -> Stream.concat(
                        edits(kind, kind.table(), kind.key()),
                        kind.parts().stream().flatMap(part -> edits(kind, part.table(), part.owner()))));
    }

    @FunctionalInterface
    private interface Edit {

        void plant(PlantedEdits planted, Object key) throws SQLException;
    }

    private Stream<DynamicTest> edits(RecordKind kind, ComparedTable table, String owner) {
        boolean own = table.equals(kind.table());
        String name = table.name();
        // Nobody has two rows there, so the one that is added is somebody else's.
        List<String> others = name.equals("access_person") ? List.of(owner) : table.columns();
        return Stream.concat(
                table.columns().stream()
                        .map(column -> test(
                                kind,
                                "update " + name + "." + column,
                                (planted, key) -> planted.update(name, owner, key, column))),
                Stream.of(
                        test(kind, "insert into " + name, (planted, key) -> planted.insert(name, owner, key, others)),
                        test(kind, "delete from " + name, (planted, key) -> {
                            planted.delete(name, owner, key);
                            if (own) {
                                for (RecordKind.Part part : kind.parts()) {
                                    planted.delete(part.table().name(), part.owner(), key);
                                }
                            }
                        })));
    }

    private DynamicTest test(RecordKind kind, String name, Edit edit) {
        return dynamicTest(name, () -> {
            try (Connection connection = database.getConnection();
                    PlantedEdits planted = new PlantedEdits(connection)) {
                edit.plant(planted, keyOf(kind));

                Reconciliation reconciliation = new Reconciliation(connection);
                // Once for each table everything is compared: nothing else is accused.
                assertThat(name.startsWith("insert") ? reconciliation.all() : all(reconciliation, kind))
                        .isNotEmpty()
                        .allSatisfy(found -> assertThat(found.object()).startsWith(kind.prefix()));
            }
        });
    }

    private static List<Difference> all(Reconciliation reconciliation, RecordKind kind) throws SQLException {
        List<Difference> found = new ArrayList<>();
        for (SortedSet<String> page = reconciliation.next(kind.prefix(), "", PAGE);
                !page.isEmpty();
                page = reconciliation.next(kind.prefix(), page.last(), PAGE)) {
            found.addAll(reconciliation.records(page));
        }
        return found;
    }

    /** As the table has it, which calls people by other names than the trail. */
    private Object keyOf(RecordKind kind) {
        return switch (kind.prefix()) {
            case "person-" -> "nora";
            case "account-" -> "kim";
            default -> kind.keyOf(objects.get(kind.prefix()));
        };
    }

    @Test
    void findsWhoIsSaidToBeSomebodyElse() throws SQLException {
        try (Connection connection = database.getConnection();
                PlantedEdits planted = new PlantedEdits(connection)) {
            planted.execute("update audit_person set person = 'nobody-knows' where person = 'nora'");

            assertThat(new Reconciliation(connection).all())
                    .extracting(Difference::object)
                    .contains(objects.get("person-"));
        }
    }

    @Test
    void findsAnOlderVersionThatIsSaidToRun() throws SQLException {
        try (Connection connection = database.getConnection();
                PlantedEdits planted = new PlantedEdits(connection)) {
            planted.execute(
                    "update deployment set live = null where id = (select * from (select max(id) from deployment) d)");

            assertThat(new Reconciliation(connection).all())
                    .singleElement()
                    .satisfies(found -> assertThat(found.object()).startsWith("deployment-"));
        }
    }

    @Test
    void findsAnIncidentThatIsMadeToCountAgain() throws SQLException {
        try (Connection connection = database.getConnection();
                PlantedEdits planted = new PlantedEdits(connection)) {
            planted.execute("update change_incident set in_force = true where removed_by is not null");

            assertThat(new Reconciliation(connection).all())
                    .singleElement()
                    .satisfies(found -> assertThat(found.object()).isEqualTo(objects.get("incident-")));
        }
    }

    /** Both columns came later, and an absent one is left out. */
    @Test
    void findsAValueThatIsMovedToTheNextColumn() throws SQLException {
        try (Connection connection = database.getConnection();
                PlantedEdits planted = new PlantedEdits(connection)) {
            planted.execute("update software_release set waits_for = carrier_because, carrier_because = null"
                    + " where carrier_because is not null");

            assertThat(new Reconciliation(connection).all())
                    .extracting(Difference::object)
                    .contains(objects.get("REL-"));
        }
    }

    @Test
    void theProgramOfTheAuditorFindsItToo() throws SQLException {
        jdbc.update("update tool set responsible = 'rita' where tool_key = 'ci'");
        jdbc.update("insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values ('rita', 'cab-chair')");
        long override = Long.parseLong(objects.get("BRG-").substring(4));
        jdbc.update("update break_glass_action set place = 'Activity_B' where break_glass_id = ?", override);
        HikariDataSource pool = database.unwrap(HikariDataSource.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            int code = AuditVerifier.run(
                    new String[] {pool.getJdbcUrl(), pool.getUsername(), String.valueOf(pool.getPassword()), "--compare"
                    },
                    Map.of(),
                    new PrintStream(out, true, StandardCharsets.UTF_8));

            assertThat(code).isEqualTo(1);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("tool-ci ALTERED: It is not as entry ")
                    .contains(trail.person("rita") + " ALTERED: It is not as entry ")
                    .contains(objects.get("BRG-") + " ALTERED: It is not as entry ");
        } finally {
            jdbc.update("update tool set responsible = 'adam' where tool_key = 'ci'");
            jdbc.update("delete from ACT_ID_MEMBERSHIP where USER_ID_ = 'rita' and GROUP_ID_ = 'cab-chair'");
            jdbc.update("update break_glass_action set place = null where break_glass_id = ?", override);
        }
    }

    @Test
    void saysOfAPlantedRowThatNobodyKnowsIt() throws SQLException {
        try (Connection connection = database.getConnection();
                PlantedEdits planted = new PlantedEdits(connection)) {
            planted.insert("tool_token", "token_id", objects.get("token-").substring(6), List.of("token_id"));

            assertThat(new Reconciliation(connection).all())
                    .extracting(Difference::kind)
                    .containsExactly(Kind.INSERTED);
        }
    }
}
