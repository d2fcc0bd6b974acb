package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Person;
import io.gatehouse.cab.Boards;
import io.gatehouse.cab.Meetings;
import io.gatehouse.cab.Vote;
import io.gatehouse.cab.VoteFixture;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.malformed.DatabaseDump;
import io.gatehouse.malformed.Operations;
import io.gatehouse.release.StageDriver;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import io.gatehouse.testing.SignedIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/**
 * If the trail cannot be written, nothing is done of all that anybody may ask for over the API: each operation of the
 * table of permissions, on something of which it would be done otherwise. What people do in the Tasklist is tried by
 * {@link UnwritableTasklistTests}.
 */
@OnH2
@SampleAtRest
class UnwritableOperationsTests {

    /** Of what nothing is tried here, with the reason. */
    private static final Map<String, String> NOT_TRIED = new TreeMap<>(Map.ofEntries(
            Map.entry("POST /api/v1/rollout-plan-drafts", "writes nothing"),
            Map.entry("POST /api/v1/connectors/{connector}/checks", "writes nothing"),
            Map.entry("POST /api/v1/callbacks/{connector}", "is kept until it can be: rollout.UnwritableTrailTests"),
            Map.entry("POST /api/v1/rollouts/{number}/pause", "rollout.UnwritableTrailTests"),
            Map.entry("POST /api/v1/rollouts/{number}/abort", "rollout.UnwritableTrailTests"),
            Map.entry("POST /api/v1/rollouts/{number}/rollback", "rollout.UnwritableTrailTests"),
            Map.entry("POST /api/v1/rollouts/{number}/resume", "no rollout of the sample is paused"),
            Map.entry("POST /api/v1/rollouts/{number}/keep", "no rollout of the sample was aborted"),
            Map.entry("POST /api/v1/rollouts/{number}/steps/{seq}/stop", "no step of the sample is at work"),
            Map.entry("POST /api/v1/rollouts/{number}/steps/{seq}/resolution", "no step of the sample is stuck"),
            Map.entry("POST /api/v1/rollouts/{number}/steps/{seq}/reports", "no step of the sample waits for people"),
            Map.entry("POST /api/v1/quarantine/release", "the sample is not restored from a backup"),
            Map.entry("POST /api/v1/changes/{number}/rehearsals", "no plan of the sample can be rehearsed"),
            Map.entry("POST /api/v1/changes/{number}/deferrals", "no vote of the sample came to nothing"),
            Map.entry("POST /api/v1/break-glass/{number}/override-end", "overrides no freeze"),
            Map.entry("POST /api/v1/meetings/{number}/opening", "the time of no other meeting has come")));

    private record Attempt(String person, String path, String body) {}

    private final Operations operations = new Operations();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private Boards boards;

    @Autowired
    private Meetings meetings;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Tasks tasks;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TransactionTemplate transactions;

    private MockMvcTester mvc;

    @Test
    void areNotDone() throws Exception {
        mvc = Door.to(context);
        changes();
        tasksOfChanges();
        votes();
        releases();
        templates();
        others();
        meetings();
        breakGlass();
        assertThat(Stream.concat(attempts.keySet().stream(), NOT_TRIED.keySet().stream()))
                .as("each operation of the table, once")
                .containsExactlyInAnyOrderElementsOf(writing());

        jdbc.execute("alter table audit_entry add constraint ck_unwritable check (n < 0) nocheck");
        List<String> done = new ArrayList<>();
        try {
            Map<String, String> before = dump();
            for (Map.Entry<String, Attempt> attempt : attempts.entrySet()) {
                MvcTestResult answer = call(attempt.getKey(), attempt.getValue());
                String said = bodyOf(answer);
                if (answer.getResponse().getStatus() != 503 || !said.contains("audit-trail-unwritable")) {
                    done.add(attempt + ": " + answer.getResponse().getStatus() + " " + said);
                }
                if (!dump().equals(before)) {
                    done.add(attempt + " has changed something");
                    before = dump();
                }
            }
        } finally {
            jdbc.execute("alter table audit_entry drop constraint if exists ck_unwritable");
        }

        assertThat(done).isEmpty();
    }

    private static List<String> writing() throws IOException {
        return Files.readAllLines(Path.of("src/main/resources/permissions/api.csv")).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .filter(operation -> !operation.startsWith("GET "))
                .toList();
    }

    private void changes() throws Exception {
        String one = "/api/v1/changes/{number}";
        String content = operations.bodyOf("POST /api/v1/changes");
        String aDraft = content.replace("\"submit\": true", "\"submit\": false");
        String draft = created("rita", "/api/v1/changes", aDraft);
        String waiting = created("rita", "/api/v1/changes", content);
        String held = created("rita", "/api/v1/changes", content);
        ok("mona", "POST", "/api/v1/changes/" + held + "/hold", operations.bodyOf("POST " + one + "/hold"));
        String plan = operations.bodyOf("PUT /api/v1/services/{key}/rollout-plan");
        ok("rolf", "PUT", "/api/v1/services/nova/rollout-plan", plan, "If-None-Match: *");

        attempt("rita", "POST /api/v1/changes", "");
        attempt("rita", "PUT " + one, draft);
        attempt("rita", "POST " + one + "/submission", draft);
        attempt("mona", "POST " + one + "/reclassification", draft);
        attempt("rita", "PUT " + one + "/rollout-plan", draft);
        attempt("rita", "POST " + one + "/rollout-plan", draft);
        attempt("rita", "POST " + one + "/evidence", waiting);
        attempt("rita", "POST " + one + "/revision", waiting);
        attempt("rita", "POST " + one + "/hold", waiting);
        attempt("rita", "POST " + one + "/cancellation", waiting);
        attempt("theo", "POST " + one + "/technical-reviews", waiting);
        attempt("mona", "POST " + one + "/resumption", held);
        attempt("oskar", "POST " + one + "/approvals", asked("ops-lead"));
        String template =
                jdbc.queryForObject("select min(template_key) from change_template where active = true", String.class);
        String failed = begun(template);
        String report = "/implementation-reports";
        ok("oskar", "POST", "/api/v1/changes/" + failed + report, operations.bodyOf("POST " + one + report));
        attempt("oskar", "POST " + one + "/implementation-reports", begun(template));
        attempt("mona", "POST " + one + "/reviews", failed);

        attempt("mona", "POST " + one + "/incidents", "CHG-000001");
        JsonNode incident = answer(
                "mona",
                "POST",
                "/api/v1/changes/CHG-000001/incidents",
                operations.bodyOf("POST " + one + "/incidents").replace("4711", "4712"));
        attempt(
                "mona",
                "POST " + one + "/incidents/{id}/removal",
                "CHG-000001",
                incident.get("id").asText());
        String relation = operations.bodyOf("POST " + one + "/relations").replace("CHG-000026", draft);
        attempts.put(
                "POST " + one + "/relations",
                new Attempt("mona", "/api/v1/changes/" + waiting + "/relations", relation));
        JsonNode related = answer("mona", "POST", "/api/v1/changes/" + held + "/relations", relation);
        attempt(
                "mona",
                "POST " + one + "/relations/{id}/removal",
                held,
                related.get("id").asText());
    }

    private String asked(String seat) {
        return jdbc.queryForObject(
                """
                select max(c.id) from change_request c join change_approval a
                  on a.change_id = c.id and a.round = c.approval_round
                where c.state = 'AUTHORIZE' and a.seat = ? and a.decision = 'PENDING' and c.requester <> 'oskar'""",
                (row, i) -> "CHG-%06d".formatted(row.getLong(1)),
                seat);
    }

    /** Of a template, so that nobody has to approve it, and its window is open. */
    private String begun(String template) {
        Person rita = new Person("rita", Set.of("requester"));
        return SignedIn.RITA.does(() -> {
            Window window = ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1));
            String number = process.raiseStandard(rita, template, window).number();
            return process.submit(rita, number).number();
        });
    }

    private void tasksOfChanges() throws Exception {
        String change = asked("ops-lead");
        String of = "POST /api/v1/changes/{number}/tasks";
        String one = "/api/v1/change-tasks/{number}";
        attempt("mona", of, change);
        String task = created("mona", "/api/v1/changes/" + change + "/tasks", operations.bodyOf(of));
        attempt("mona", "PUT " + one, task);
        attempt("oskar", "POST " + one + "/start", task);
        attempt("oskar", "POST " + one + "/completion", task);
        attempt("mona", "POST " + one + "/cancellation", task);
    }

    private void releases() throws Exception {
        String one = "/api/v1/releases/{number}";
        String staged = operations.bodyOf("POST /api/v1/releases");
        String content =
                ((ObjectNode) json.readTree(staged)).without(List.of("stages")).toString();
        String planned = created("rolf", "/api/v1/releases", content);
        String started = created("rolf", "/api/v1/releases", staged);
        ok("rolf", "POST", "/api/v1/releases/" + started + "/start", "");
        attempt("rolf", "POST /api/v1/releases", "");
        attempt("rolf", "PUT " + one, planned);
        attempt("rolf", "POST " + one + "/start", planned);
        attempt("rolf", "POST " + one + "/package-confirmations", started);
        attempt("rolf", "POST " + one + "/retirement", started);
        replanning(content);
        String asked = confirmed(content);
        attempt("quinn", "POST " + one + "/votes", asked);
        String going = confirmed(content);
        ok("quinn", "POST", "/api/v1/releases/" + going + "/votes", operations.bodyOf("POST " + one + "/votes"));
        ok("sasha", "POST", "/api/v1/releases/" + going + "/votes", "{\"vote\": \"GO\", \"reason\": \"Sound\"}");
        attempt(
                "oskar",
                "POST " + one + "/conditions/{condition}/fulfilment",
                going,
                "COND-%06d".formatted(jdbc.queryForObject("select max(id) from go_condition", Long.class)));
        stages(staged);
        scopeChanges(content);
        String delegation = "POST /api/v1/release-delegations";
        attempt("rolf", delegation, "");
        ok("rolf", "POST", "/api/v1/release-delegations", operations.bodyOf(delegation));
        attempt(
                "rolf",
                delegation + "/{id}/withdrawal",
                String.valueOf(jdbc.queryForObject("select max(id) from release_delegation", Long.class)));
        releaseTemplates();
        register(one, planned);
        criteria(one, started);
        documents(staged);
        attempts.put(
                "PUT " + one + "/budget",
                new Attempt(
                        "rolf",
                        "/api/v1/releases/" + planned + "/budget",
                        operations.bodyOf("PUT " + one + "/budget")));
        ok(
                "rolf",
                "PUT",
                "/api/v1/releases/" + started + "/budget",
                operations.bodyOf("PUT " + one + "/budget"),
                "If-None-Match: *");
        String bookings = "POST " + one + "/bookings";
        attempt("rolf", bookings, started);
        ok("rolf", "POST", "/api/v1/releases/" + started + "/bookings", operations.bodyOf(bookings));
        attempt(
                "rolf",
                bookings + "/{id}/reversal",
                started,
                String.valueOf(jdbc.queryForObject("select max(id) from release_booking", Long.class)));
        String train = "PUT /api/v1/trains/{key}";
        attempts.put(train, new Attempt("rolf", "/api/v1/trains/unwritable", operations.bodyOf(train)));
        attempt("rolf", "POST /api/v1/trains/{key}/schedule-imports", "gazpacho");
    }

    /** Each in an environment of its own, because a release has it to itself; of a service that people deploy. */
    private void stages(String staged) throws Exception {
        String one = "/api/v1/releases/{number}";
        StageDriver driver = new StageDriver(context);
        String content = staged.replace("\"nova\"", "\"glance\"");
        String testing = confirmed(in("unwritable-one", content));
        driver.deploy(testing);
        attempt("quinn", "POST " + one + "/tests/{test}/results", testing, driver.testOf(testing, "upgrade"));
        String named = "POST " + one + "/stages/{stage}/tests/{test}/results";
        attempts.put(
                named,
                new Attempt(
                        "quinn",
                        "/api/v1/releases/" + testing + "/stages/staging/tests/upgrade/results",
                        operations.bodyOf(named).replace("\"nova\"", "\"glance\"")));
        String tested = confirmed(in("unwritable-two", content));
        driver.deploy(tested);
        driver.record(tested, "upgrade", 1, 0);
        attempt("quinn", "POST " + one + "/sign-offs", tested);
    }

    private void scopeChanges(String content) throws Exception {
        String one = "/api/v1/releases/{number}/scope-changes";
        attempt("rita", "POST " + one, confirmed(content));
        for (String operation : List.of("/{scope}/approvals", "/{scope}/withdrawal")) {
            String number = confirmed(content);
            String scope = answer(
                            "rita",
                            "POST",
                            "/api/v1/releases/" + number + "/scope-changes",
                            operations.bodyOf("POST " + one))
                    .get("number")
                    .asText();
            attempt(operation.endsWith("approvals") ? "petra" : "rita", "POST " + one + operation, number, scope);
        }
    }

    private String in(String environment, String content) throws Exception {
        ok(
                "rolf",
                "PUT",
                "/api/v1/environments/" + environment,
                "{\"name\": \"One\", \"kind\": \"TEST\", \"order\": 3, \"production\": false}",
                "If-None-Match: *");
        return content.replace("\"environment\": \"staging\"", "\"environment\": \"" + environment + "\"");
    }

    private void releaseTemplates() throws Exception {
        String put = "PUT /api/v1/release-templates/{key}";
        ok("rolf", "PUT", "/api/v1/release-templates/unwritable", operations.bodyOf(put), "If-None-Match: *");
        attempt("rolf", put, "unwritable-too");
        attempt("rolf", "POST /api/v1/release-templates/{key}/copies", "unwritable");
        attempt("rolf", "POST /api/v1/release-templates/{key}/retirement", "unwritable");
    }

    private void register(String one, String release) throws Exception {
        String risk = "POST " + one + "/risks";
        String raised = created("rolf", "/api/v1/releases/" + release + "/risks", operations.bodyOf(risk));
        attempt("rolf", risk, release);
        attempt("rolf", "PUT " + one + "/risks/{risk}", release, raised);
        attempt("rolf", risk + "/{risk}/assessments", release, raised);
        attempt("rolf", risk + "/{risk}/closure", release, raised);
    }

    private void criteria(String one, String release) throws Exception {
        String criteria = "POST " + one + "/criteria";
        String path = "/api/v1/releases/" + release + "/criteria";
        String open = criterion(path, operations.bodyOf(criteria));
        String confirmed = criterion(path, operations.bodyOf(criteria));
        String confirm = criteria + "/{criterion}/confirmations";
        ok("quinn", "POST", path + "/" + confirmed + "/confirmations", operations.bodyOf(confirm));
        attempt("rolf", criteria, release);
        attempt("quinn", confirm, release, open);
        attempt("rolf", criteria + "/{criterion}/reopening", release, confirmed);
        attempt("rolf", criteria + "/{criterion}/withdrawal", release, open);
    }

    private String criterion(String path, String body) {
        created("rolf", path, body);
        return "CRIT-%06d".formatted(jdbc.queryForObject("select max(id) from release_criterion", Long.class));
    }

    private void documents(String content) throws Exception {
        String one = "/api/v1/releases/{number}";
        String release = created("rolf", "/api/v1/releases", content);
        ok("rolf", "POST", "/api/v1/releases/" + release + "/release-notes/drafts", "");
        attempts.put(
                "PUT " + one + "/documents/{kind}",
                new Attempt(
                        "rolf",
                        "/api/v1/releases/" + release + "/documents/RUNBOOK",
                        operations.bodyOf("PUT " + one + "/documents/{kind}")));
        attempt("rolf", "PUT " + one + "/tickets", release);
        attempt("rolf", "PUT " + one + "/communication-plan", release);
        attempt("rolf", "PUT /api/v1/communication-templates/{key}", "unwritable");
        attempt("rolf", "POST " + one + "/release-notes/drafts", release);
        attempt("rolf", "POST " + one + "/release-notes/publications", release);
    }

    private void replanning(String content) throws Exception {
        String one = "/api/v1/releases/{number}";
        String add = "POST " + one + "/dependencies";
        String two = content.replace("\"items\":[", "\"items\":[{\"service\": \"cinder\", \"version\": \"25.0.0\"}, ");
        String release = created("rolf", "/api/v1/releases", two);
        String needed = created("rolf", "/api/v1/releases", content);
        String other = created("rolf", "/api/v1/releases", content);
        String path = "/api/v1/releases/" + release + "/dependencies";
        JsonNode added = answer("rolf", "POST", path, operations.bodyOf(add).replace("REL-2026-001", needed));
        attempts.put(add, new Attempt("rolf", path, operations.bodyOf(add).replace("REL-2026-001", other)));
        attempt("rolf", add + "/{id}/removal", release, added.get("id").asText());
        attempt("rolf", "POST " + one + "/postponement", release);
        attempt("rolf", "POST " + one + "/split", release);
        String waiting = created("rolf", "/api/v1/releases", content);
        ok(
                "rolf",
                "POST",
                "/api/v1/releases/" + waiting + "/dependencies",
                operations.bodyOf(add).replace("REL-2026-001", needed));
        ok("rolf", "POST", "/api/v1/releases/" + waiting + "/start", "");
        ok("rolf", "POST", "/api/v1/releases/" + waiting + "/package-confirmations", "");
        for (String who : List.of("quinn", "sasha")) {
            ok(who, "POST", "/api/v1/releases/" + waiting + "/votes", "{\"vote\": \"GO\", \"reason\": \"Sound\"}");
        }
        attempt("rolf", "POST " + one + "/withdrawal", waiting);
    }

    private String confirmed(String content) throws Exception {
        String release = created("rolf", "/api/v1/releases", content);
        ok("rolf", "POST", "/api/v1/releases/" + release + "/start", "");
        ok("rolf", "POST", "/api/v1/releases/" + release + "/package-confirmations", "");
        return release;
    }

    private void votes() {
        String underVote =
                jdbc.queryForObject("select min(change_number) from cab_ballot where outcome is null", String.class);
        attempt("sasha", "POST /api/v1/changes/{number}/votes", underVote);
        VoteFixture fixture = new VoteFixture(boards, process, tasks, transactions);
        Change change = fixture.beforeTheBoard(ChangeFixture.windowIn(Instant.now(), Duration.ofDays(7)));
        fixture.vote(change, SignedIn.CHRIS, Vote.APPROVE, "Somebody on call");
        List.of(SignedIn.OSKAR, SignedIn.CARLA, SignedIn.SASHA)
                .forEach(member -> fixture.vote(change, member, Vote.APPROVE));
        attempt("mona", "POST /api/v1/changes/{number}/conditions/{position}/fulfilment", change.number(), "1");
    }

    private void templates() throws Exception {
        String one = "/api/v1/change-templates/{key}";
        String active =
                jdbc.queryForObject("select min(template_key) from change_template where active = true", String.class);
        template("unwritable-draft");
        template("unwritable-submitted");
        ok("rolf", "POST", "/api/v1/change-templates/unwritable-submitted/submission", "");
        template("unwritable-suspended");
        ok("rolf", "POST", "/api/v1/change-templates/unwritable-suspended/submission", "");
        ok(
                "mona",
                "POST",
                "/api/v1/change-templates/unwritable-suspended/reviews",
                operations.bodyOf("POST " + one + "/reviews"));
        ok(
                "oskar",
                "POST",
                "/api/v1/change-templates/unwritable-suspended/suspension",
                operations.bodyOf("POST " + one + "/suspension"));

        attempt("mona", "PUT " + one, "unwritable");
        attempt("rolf", "PUT " + one + "/rollout-plan", "unwritable-draft");
        attempt("rolf", "POST " + one + "/submission", "unwritable-draft");
        attempt("mona", "POST " + one + "/reviews", "unwritable-submitted");
        attempt("oskar", "POST " + one + "/suspension", active);
        attempt("mona", "POST " + one + "/retirement", active);
        attempt("mona", "POST " + one + "/decisions", "unwritable-suspended");
    }

    private void template(String key) throws Exception {
        ok(
                "rolf",
                "PUT",
                "/api/v1/change-templates/" + key,
                operations.bodyOf("PUT /api/v1/change-templates/{key}"),
                "If-None-Match: *");
    }

    private void others() throws Exception {
        attempt("rolf", "PUT /api/v1/services/{key}", "nova");
        attempt("rolf", "PUT /api/v1/services/{key}/rollout-plan", "glance");
        attempt("rolf", "PUT /api/v1/rollout-plan-templates/{key}", "unwritable");
        attempt("rolf", "PUT /api/v1/environments/{key}", "staging");
        attempt("mona", "POST /api/v1/freezes", "");
        attempt(
                "mona",
                "DELETE /api/v1/freezes/{id}",
                created("mona", "/api/v1/freezes", operations.bodyOf("POST /api/v1/freezes")));

        String tool = operations.bodyOf("PUT /api/v1/tools/{name}");
        ok("adam", "PUT", "/api/v1/tools/unwritable-tool", tool, "If-None-Match: *");
        String token = answer(
                        "adam",
                        "POST",
                        "/api/v1/tools/unwritable-tool/tokens",
                        operations.bodyOf("POST /api/v1/tools/{name}/tokens"))
                .get("id")
                .asText();
        attempt("adam", "PUT /api/v1/tools/{name}", "unwritable");
        attempt("adam", "POST /api/v1/tools/{name}/tokens", "unwritable-tool");
        attempt("adam", "POST /api/v1/tools/{name}/tokens/{id}/rotation", "unwritable-tool", token);
        attempt("adam", "DELETE /api/v1/tools/{name}/tokens/{id}", "unwritable-tool", token);
        ok(
                "adam",
                "PUT",
                "/api/v1/secrets/unwritable-secret",
                operations.bodyOf("PUT /api/v1/secrets/{name}"),
                "If-None-Match: *");
        attempt("adam", "PUT /api/v1/secrets/{name}", "unwritable");
        attempt("adam", "DELETE /api/v1/secrets/{name}", "unwritable-secret");

        String somebody = operations.bodyOf("POST /api/v1/people");
        ok("adam", "POST", "/api/v1/people", somebody.replace("walter", "wanda"));
        ok("adam", "POST", "/api/v1/people/wanda/disablement", "");
        attempts.put("POST /api/v1/people", new Attempt("adam", "/api/v1/people", somebody.replace("walter", "wilma")));
        attempt("adam", "PUT /api/v1/people/{id}", "rita");
        attempt("adam", "POST /api/v1/people/{id}/disablement", "rita");
        attempt("adam", "POST /api/v1/people/{id}/enablement", "wanda");
        attempt("adam", "POST /api/v1/people/{id}/erasure", "wanda");
        attempt("adam", "POST /api/v1/people/{id}/sign-out", "rita");
        attempt("adam", "POST /api/v1/people/{id}/password-links", "rita");

        attempt("mona", "POST /api/v1/models", "");
        JsonNode proposal = answer("mona", "POST", "/api/v1/models", operations.bodyOf("POST /api/v1/models"));
        attempts.put(
                "POST /api/v1/models/{id}/decision",
                new Attempt(
                        "rolf",
                        "/api/v1/models/" + proposal.get("id").asText() + "/decision",
                        operations
                                .bodyOf("POST /api/v1/models/{id}/decision")
                                .replace("\"00\"", proposal.get("sha256").toString())));
    }

    private void meetings() throws Exception {
        String of = "/api/v1/meetings/{number}";
        String open = meetings.next("cab").orElseThrow();
        letTheTimeCome(open);
        letTheTimeCome(open);
        SignedIn.CHRIS.runs(() -> tasks.submit(open, "OpenMeeting", null, Map.of()));
        String planned = meetings.next("cab").orElseThrow();
        String change = asked("ops-lead");
        String items = operations.bodyOf("PUT " + of + "/agenda").replace("CHG-000001", change);
        ok("mona", "PUT", "/api/v1/meetings/" + planned + "/agenda", items, "If-Match: *");

        attempts.put(
                "PUT /api/v1/boards/{key}",
                new Attempt("mona", "/api/v1/boards/unwritable", operations.bodyOf("PUT /api/v1/boards/{key}")));
        attempt("mona", "PUT /api/v1/boards/{key}/absences/{person}", "cab", "chris");
        attempts.put(
                "PUT " + of + "/agenda",
                new Attempt("mona", "/api/v1/meetings/" + planned + "/agenda", items.replace("5", "7")));
        attempts.put(
                "POST " + of + "/deferrals",
                new Attempt(
                        "mona",
                        "/api/v1/meetings/" + planned + "/deferrals",
                        operations.bodyOf("POST " + of + "/deferrals").replace("CHG-000001", change)));
        attempt("mona", "POST " + of + "/cancellation", planned);
        attempt("mona", "PUT " + of + "/attendance", open);
        attempt("chris", "POST " + of + "/closing", open);
    }

    private void letTheTimeCome(String number) {
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .singleResult()
                        .getId())
                .singleResult()
                .getId());
    }

    private void breakGlass() throws Exception {
        String one = "/api/v1/break-glass/{number}";
        String asked = override();
        String granted = granted();
        String over = granted();
        ok(
                "oskar",
                "POST",
                "/api/v1/break-glass/" + over + "/actions",
                operations.bodyOf("POST " + one + "/actions").replace("SET_RETRIES", "DELETE_PROCESS"));
        ok("oskar", "POST", "/api/v1/break-glass/" + over + "/end", "");
        attempts.put(
                "POST /api/v1/break-glass",
                new Attempt(
                        "oskar",
                        "/api/v1/break-glass",
                        overrideOf(created("rita", "/api/v1/changes", operations.bodyOf("POST /api/v1/changes")))));
        attempt("rolf", "POST " + one + "/decision", asked);
        attempts.put(
                "POST " + one + "/actions",
                new Attempt(
                        "oskar",
                        "/api/v1/break-glass/" + granted + "/actions",
                        operations.bodyOf("POST " + one + "/actions").replace("SET_RETRIES", "DELETE_PROCESS")));
        attempt("oskar", "POST " + one + "/end", granted);
        attempt("mona", "POST " + one + "/review", over);
    }

    private String granted() throws Exception {
        String number = override();
        ok(
                "rolf",
                "POST",
                "/api/v1/break-glass/" + number + "/decision",
                operations.bodyOf("POST /api/v1/break-glass/{number}/decision"));
        return number;
    }

    private String override() throws Exception {
        return created(
                "oskar",
                "/api/v1/break-glass",
                overrideOf(created("rita", "/api/v1/changes", operations.bodyOf("POST /api/v1/changes"))));
    }

    private String overrideOf(String change) {
        return operations
                .bodyOf("POST /api/v1/break-glass")
                .replace("CHG-000001", change)
                .replaceAll("(?s)\\[\\{.*}]", "[{\"kind\": \"DELETE_PROCESS\"}]");
    }

    /** With the example of the body. */
    private void attempt(String person, String operation, String... variables) {
        String path = operation.substring(operation.indexOf(' ') + 1);
        for (String variable : variables) {
            path = path.replaceFirst("\\{[a-z]+}", variable);
        }
        attempts.put(operation, new Attempt(person, path, operations.bodyOf(operation)));
    }

    private MvcTestResult call(String operation, Attempt attempt) {
        return call(
                attempt.person(),
                operation.substring(0, operation.indexOf(' ')),
                attempt.path(),
                attempt.body(),
                operations.headersOf(operation).stream()
                        .map(header -> header.replace("\"1\"", "*"))
                        .toArray(String[]::new));
    }

    private MvcTestResult call(String person, String method, String path, String body, String... headers) {
        return SampleCall.exchange(mvc, person, method, path, body, headers);
    }

    private void ok(String person, String method, String path, String body, String... headers) {
        MvcTestResult answer = call(person, method, path, body, headers);
        assertThat(answer.getResponse().getStatus())
                .as(() -> method + " " + path + ": " + bodyOf(answer))
                .isBetween(200, 299);
    }

    private static String bodyOf(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private JsonNode answer(String person, String method, String path, String body) throws Exception {
        MvcTestResult answer = call(person, method, path, body);
        assertThat(answer).as(method + " " + path).hasStatus2xxSuccessful();
        return json.readTree(answer.getResponse().getContentAsString());
    }

    private String created(String person, String path, String body) {
        MvcTestResult answer = call(person, "POST", path, body);
        assertThat(answer).as(path).hasStatus(201);
        return String.valueOf(answer.getResponse().getHeader("Location")).replaceFirst(".*/", "");
    }

    private Map<String, String> dump() throws SQLException {
        Map<String, String> dump = DatabaseDump.of(database);
        // The number of a person stays given, also if what it was first needed for did not happen.
        dump.remove("audit_person");
        return dump;
    }
}
