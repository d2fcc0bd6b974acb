package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.Tasks;
import io.gatehouse.malformed.DatabaseDump;
import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import io.gatehouse.testing.SignedIn;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

/** If the trail cannot be written, nothing changes state, whichever step it is and whichever door it comes through. */
@OnH2
@SampleAtRest
class UnwritableTrailTests {

    private static final SignedIn THEO = new SignedIn("theo", "technical-approver");

    private final Operations operations = new Operations();

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private FormService forms;

    private MockMvcTester mvc;
    private String draft = "";
    private String waiting = "";
    private String freeze = "";
    private String underVote = "";
    private String override = "";
    private Map<String, String> before = Map.of();

    @BeforeEach
    void thingsToDoSomethingAbout() throws SQLException {
        mvc = Door.to(context);
        String content = operations.bodyOf("POST /api/v1/changes");
        draft = created("rita", "POST /api/v1/changes", content.replace("\"submit\": true", "\"submit\": false"));
        waiting = created("rita", "POST /api/v1/changes", content);
        freeze = created("mona", "POST /api/v1/freezes", operations.bodyOf("POST /api/v1/freezes"));
        underVote =
                jdbc.queryForObject("select min(change_number) from cab_ballot where outcome is null", String.class);
        override = created(
                "oskar",
                "POST /api/v1/break-glass",
                operations.bodyOf("POST /api/v1/break-glass").replace("CHG-000001", waiting));
        jdbc.execute("alter table audit_entry add constraint ck_unwritable check (n < 0) nocheck");
        before = dump();
    }

    @AfterEach
    void mend() {
        jdbc.execute("alter table audit_entry drop constraint if exists ck_unwritable");
    }

    @Test
    void noStepOfAChangeIsDone() throws SQLException {
        refused("rita", "POST /api/v1/changes");
        refused("rita", "PUT /api/v1/changes/{number}", draft);
        refused("rita", "PUT /api/v1/changes/{number}/rollout-plan", draft);
        refused("rita", "POST /api/v1/changes/{number}/submission", draft);
        refused("rita", "POST /api/v1/changes/{number}/cancellation", draft);
        refused("rita", "POST /api/v1/changes/{number}/hold", waiting);
        refused("rita", "POST /api/v1/changes/{number}/revision", waiting);
        refused("rita", "POST /api/v1/changes/{number}/cancellation", waiting);
        refused("theo", "POST /api/v1/changes/{number}/technical-reviews", waiting);
    }

    @Test
    void nobodySeesWhatTheyAreAskedToApprove() throws SQLException {
        refused("theo", "GET /api/v1/changes/{number}", waiting);
    }

    @Test
    void nobodySeesWhatTheyAreToVoteAboutOrToGrant() throws SQLException {
        refused("sasha", "GET /api/v1/changes/{number}", underVote);
        refused("sasha", "GET /api/v1/changes/{number}/votes", underVote);
        refused("sasha", "POST /api/v1/changes/{number}/votes", underVote);
        Task vote = engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(underVote)
                .taskCandidateGroup("board:cab:security")
                .singleResult();
        refused(() -> forms.getTaskFormVariables(vote.getId()));
        refused("mona", "GET /api/v1/break-glass/{number}", override);
    }

    @Test
    void noRuleIsMadeOrLifted() throws SQLException {
        refused("mona", "POST /api/v1/freezes");
        refused("mona", "DELETE /api/v1/freezes/{number}", freeze);
        refused("mona", "PUT /api/v1/change-templates/{number}", "unwritable");
        refused("mona", "POST /api/v1/models");
        refused("rolf", "PUT /api/v1/services/{number}", "nova");
        refused("rolf", "PUT /api/v1/environments/{number}", "staging");
        refused("rolf", "PUT /api/v1/services/{number}/rollout-plan", "glance");
    }

    @Test
    void nobodyGetsInAndNobodyIsPutOut() throws SQLException {
        String wilma = operations.bodyOf("POST /api/v1/people").replace("walter", "wilma");
        refused(call("adam", "POST", "/api/v1/people", wilma), "POST /api/v1/people");
        refused("adam", "PUT /api/v1/people/{number}", "rita");
        refused("adam", "POST /api/v1/people/{number}/disablement", "rita");
        refused("adam", "POST /api/v1/people/{number}/sign-out", "rita");
        refused("adam", "POST /api/v1/people/{number}/password-links", "rita");
        refused("adam", "PUT /api/v1/tools/{number}", "unwritable");
        refused("adam", "PUT /api/v1/secrets/{number}", "unwritable");
    }

    @Test
    void noGlassIsBroken() throws SQLException {
        String asked = operations.bodyOf("POST /api/v1/break-glass").replace("CHG-000001", waiting);
        refused(call("oskar", "POST", "/api/v1/break-glass", asked), "POST /api/v1/break-glass");
    }

    @Test
    void theTasklistIsRefusedToo() throws SQLException {
        Task task = engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(waiting)
                .singleResult();

        refused(() -> engineTasks.claim(task.getId(), "theo"));
        refused(() -> forms.getTaskFormVariables(task.getId()));
        refused(() -> tasks.submit(
                waiting,
                "ReviewTechnically",
                "technical-approver",
                Map.<String, Object>of("decision", "APPROVE", "reason", "Fine")));
    }

    @Test
    void goesOnOnceItCanBeWritten() throws SQLException {
        refused("theo", "POST /api/v1/changes/{number}/technical-reviews", waiting);

        mend();

        assertThat(call("theo", "POST /api/v1/changes/{number}/technical-reviews", waiting))
                .hasStatus2xxSuccessful();
    }

    private void refused(String person, String operation) throws SQLException {
        refused(person, operation, "");
    }

    private void refused(String person, String operation, String number) throws SQLException {
        refused(call(person, operation, number), operation);
    }

    private void refused(MvcTestResult answer, String what) throws SQLException {
        assertThat(answer).as(what).hasStatus(503);
        assertThat(answer).bodyJson().extractingPath("type").isEqualTo("urn:gatehouse:problem:audit-trail-unwritable");
        assertThat(answer).headers().containsHeader("Retry-After");
        assertThat(dump()).as(what).isEqualTo(before);
    }

    private void refused(Runnable step) throws SQLException {
        assertThatThrownBy(() -> THEO.runs(step)).satisfies(UnwritableTrailTests::isAboutTheTrail);
        assertThat(dump()).isEqualTo(before);
    }

    private static void isAboutTheTrail(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof ProblemException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertThat(cause).isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                        refusal.problem().type())
                .hasToString("urn:gatehouse:problem:audit-trail-unwritable"));
    }

    private MvcTestResult call(String person, String operation, String number) {
        String known = operation
                .replaceFirst("(people|freezes|models)/\\{number}", "$1/{id}")
                .replaceFirst("(services|environments|change-templates)/\\{number}", "$1/{key}")
                .replaceFirst("(tools|secrets)/\\{number}", "$1/{name}");
        String[] parts = operation.split(" ");
        return call(
                person,
                parts[0],
                parts[1].replace("{number}", number),
                operations.bodyOf(known),
                operations.headersOf(known).stream()
                        .map(header -> header.replace("\"1\"", "*"))
                        .toArray(String[]::new));
    }

    private MvcTestResult call(String person, String method, String path, String body, String... headers) {
        return SampleCall.exchange(mvc, person, method, path, body, headers);
    }

    private String created(String person, String operation, String body) {
        MvcTestResult answer = call(person, "POST", operation.split(" ")[1], body);
        assertThat(answer).hasStatus(201);
        return answer.getResponse().getHeader("Location").replaceFirst(".*/", "");
    }

    private Map<String, String> dump() throws SQLException {
        Map<String, String> dump = DatabaseDump.of(database);
        // The number of a person stays given, also if what it was first needed for did not happen.
        dump.remove("audit_person");
        return dump;
    }
}
