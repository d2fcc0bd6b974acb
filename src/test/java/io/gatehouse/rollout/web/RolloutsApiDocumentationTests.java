package io.gatehouse.rollout.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.testing.ApiDocumentationTest;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/** Follows one rollout of the sample organisation from its plan to its rollback; the tool makes real directories. */
@ApiDocumentationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolloutsApiDocumentationTests {

    private static final String RESOURCE = "rollouts";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> WHO_HAS_THE_SEAT = Map.of(
            "technical-approver", "theo",
            "change-manager", "mona",
            "ops-lead", "oskar",
            "cab-member", "carla",
            "cab-chair", "chris",
            "security-officer", "sasha");

    private static final String PLAN =
            """
            {
              "process": "Rollout",
              "steps": [
                {
                  "stage": "DEPLOY_APPLICATION",
                  "name": "Unpack the new version",
                  "connector": "sample-deploy",
                  "target": "site",
                  "runbook": "The old version keeps running until the switch.",
                  "expectedDuration": "PT2M",
                  "parameters": {"part": "application", "version": "4.2"},
                  "undo": {"connector": "sample-undo", "parameters": {"part": "application", "version": "4.2"}}
                },
                {
                  "stage": "DEPLOY_APPLICATION",
                  "name": "See that it is there",
                  "connector": "sample-check",
                  "target": "site",
                  "parameters": {"part": "application", "version": "4.2"},
                  "check": true
                },
                {
                  "stage": "VERIFY",
                  "name": "Look at the site",
                  "target": "site",
                  "manual": {
                    "instructions": "Open the site as a customer would.",
                    "checklist": ["The front page shows", "The version in the footer is 4.2"]
                  }
                }
              ],
              "soak": "PT1H"
            }""";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private ManagementService engine;

    @Autowired
    private JdbcClient jdbc;

    private String change = "";
    private String rollout = "";

    @BeforeEach
    void raiseOnce() {
        if (change.isEmpty()) {
            Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
            String body =
                    """
                    {"type": "NORMAL", "change": {"title": "Upgrade the client", "services": ["python-novaclient"],
                     "environment": "dev", "window": {"startsAt": "%s", "endsAt": "%s"},
                     "questionnaire": {"backoutTested": true}}}"""
                            .formatted(hour, hour.plus(Duration.ofHours(5)));
            change = read(post("rita", "/api/v1/changes", body), "$.number");
        }
    }

    private static FieldDescriptor[] plan() {
        return new FieldDescriptor[] {
            fieldWithPath("process").description("`Rollout`, or a process of the team's own"),
            fieldWithPath("steps[].stage")
                    .description("`BACK_UP`, `MIGRATE_DATABASE`, `DEPLOY_APPLICATION`, `SHIFT_TRAFFIC` or `VERIFY`"),
            fieldWithPath("steps[].name").description("What people call the step"),
            optional("steps[].connector", "Which tool does it; the operator configures tools. `manual` is people"),
            optional("steps[].manual.instructions", "What a person does instead, at most 4000 characters"),
            fieldWithPath("steps[].manual.checklist")
                    .description("What they tick off, at most 20 items")
                    .optional()
                    .type("Array"),
            fieldWithPath("steps[].target").description("What it is done to"),
            subsectionWithPath("steps[].parameters")
                    .description("What the tool is told")
                    .optional()
                    .type("Object"),
            optional("steps[].undo.connector", "Which tool undoes it"),
            subsectionWithPath("steps[].undo.parameters")
                    .description("What that tool is told")
                    .optional()
                    .type("Object"),
            subsectionWithPath("steps[].undo.manual")
                    .description("What a person does instead to undo it")
                    .optional()
                    .type("Object"),
            optional("steps[].cannotBeUndone", "Why it cannot be undone, instead"),
            fieldWithPath("steps[].check")
                    .description("`true` if it only looks: it has no undo, and the first that fails rolls back")
                    .optional()
                    .type("Boolean"),
            optional("steps[].runbook", "What people should know about it, at most 4000 characters"),
            optional("steps[].expectedDuration", "How long it should take, ISO 8601"),
            subsectionWithPath("parameters")
                    .description("For a process of the team's own, which has its steps in the diagram")
                    .optional()
                    .type("Object"),
            fieldWithPath("checklist")
                    .description("What a person verifies before it counts as deployed")
                    .optional()
                    .type("Array"),
            fieldWithPath("soak")
                    .description("How long it is watched and may be rolled back, ISO 8601")
                    .optional()
                    .type("String"),
            fieldWithPath("onFailedVerification")
                    .description(
                            "What is done when a step of the stage `VERIFY` fails: `ROLL_BACK`, if nothing is said, "
                                    + "or `ASK`: all checks are made, then a person decides")
                    .optional()
                    .type("String")
        };
    }

    private static List<FieldDescriptor> rolloutFields() {
        return List.of(
                fieldWithPath("number").description("Its number"),
                fieldWithPath("change").description("The change it implements"),
                fieldWithPath("process").description("The process that drives it"),
                fieldWithPath("environment").description("Where"),
                fieldWithPath("state")
                        .description(
                                "`WAITING` for another rollout, `RUNNING`, `ABORTING`, `ROLLING_BACK`, `DEPLOYED`, "
                                        + "`ROLLED_BACK`, `ROLLBACK_INCOMPLETE`, `REHEARSED`, `ABORTED`, or `ABANDONED` if its process was "
                                        + "deleted"),
                optional("rollbackRequestedBy", "Who asked for its rollback"),
                optional("rollbackReason", "Why"),
                optional("aborted.by", "Who aborted it"),
                optional("aborted.reason", "Why"),
                fieldWithPath("aborted.stillInPlace")
                        .description("The steps whose effect may be there, by their numbers")
                        .optional()
                        .type("Array"),
                optional("aborted.keptBy", "Who decided to keep what ran"),
                optional("aborted.keptReason", "Why"),
                optional("paused.since", "While no step of it may begin: since when"),
                optional("paused.by", "Who paused it"),
                optional("paused.reason", "Why"),
                fieldWithPath("progress.stepsPlanned")
                        .description("While it goes by a plan: how many steps that has")
                        .optional()
                        .type("Number"),
                fieldWithPath("progress.stepsEnded")
                        .description("How many of them are over")
                        .optional()
                        .type("Number"),
                optional(
                        "progress.remaining",
                        "How long the others should take, without checklist and soak, ISO 8601; `unknown` if the plan "
                                + "does not say it of each, a step is `UNKNOWN`, or it is on its way back"),
                fieldWithPath("waitsFor").description("Rollouts that have its services, while it is `WAITING`"),
                fieldWithPath("openedAt").description("When it began"),
                optional("endedAt", "When it was over"));
    }

    private static List<FieldDescriptor> stepFields() {
        return List.of(
                fieldWithPath("seq").description("The order in which steps really began; undone in reverse"),
                fieldWithPath("stage").description("The stage it belongs to"),
                fieldWithPath("name").description("What people call it"),
                fieldWithPath("connector").description("The tool; `manual` is people"),
                subsectionWithPath("manual")
                        .description("What a person does, if no tool does")
                        .optional()
                        .type("Object"),
                fieldWithPath("target").description("What it was done to"),
                subsectionWithPath("parameters").description("What the tool was told"),
                subsectionWithPath("undo")
                        .description("How it is undone")
                        .optional()
                        .type("Object"),
                optional("cannotBeUndone", "Why it cannot be undone, if it cannot"),
                fieldWithPath("check").description("Whether it only looks"),
                optional("runbook", "What people should know about it"),
                optional("expectedDuration", "How long it should take, ISO 8601"),
                fieldWithPath("state")
                        .description(
                                "`RUNNING`, `HELD` by a pause, `DONE`, `FAILED`, `NOT_RUN`, `UNKNOWN`, `UNDOING`, `UNDONE`, "
                                        + "`UNDO_FAILED`, `UNDO_SKIPPED` or `NOT_UNDOABLE`"),
                fieldWithPath("detail").description("What the tool or a person said last"),
                optional("waiting.since", "Since when its tool cannot be reached or gives no clear answer"),
                fieldWithPath("waiting.tries")
                        .description("How often it was tried since then")
                        .optional()
                        .type("Number"),
                optional("waiting.because", "What was in the way the last time"),
                optional("waiting.until", "When it is tried again"),
                fieldWithPath("reports").description("What people said about work by hand, oldest first"),
                optional("reports[].kind", "`RUN` or `UNDO`"),
                fieldWithPath("reports[].attempt")
                        .description("Which attempt")
                        .optional()
                        .type("Number"),
                optional("reports[].result", "`DONE` or `FAILED`"),
                fieldWithPath("reports[].ticked")
                        .description("Which items of the checklist are done, from 1")
                        .optional()
                        .type("Array"),
                optional("reports[].note", "In their words"),
                optional("reports[].by", "Who did it"),
                optional("reports[].at", "When they said so"),
                optional("link", "Where people see it in the tool, if there is such a page"),
                optional(
                        "stop.state",
                        "Of somebody's wish that the tool stops: `REQUESTED`, `TAKEN`, `REFUSED`, `NOT_TOLD`"),
                optional("stop.by", "Whose wish"),
                optional("stop.reason", "Why"),
                optional("stop.at", "Since when"),
                optional("stop.detail", "What the tool said to it"),
                fieldWithPath("startedAt").description("When it began"),
                optional("endedAt", "When it was over"));
    }

    private static FieldDescriptor optional(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    @Test
    @Order(1)
    void planRollout() {
        assertThat(mvc.put()
                        .uri("/api/v1/changes/{number}/rollout-plan", change)
                        .with(httpBasic("rita", "rita-sample"))
                        .header("If-None-Match", "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(PLAN))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("number").description("Number of the change")),
                        requestHeaders(headerWithName("If-None-Match")
                                .description("`*` for the first plan; later `If-Match` with the `ETag` that was read")),
                        requestFields(plan()),
                        responseFields(plan())));
    }

    @Test
    @Order(2)
    void showPlan() {
        assertThat(get("/api/v1/changes/{number}/rollout-plan", change))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(plan())));
    }

    @Test
    @Order(2)
    void listConnectors() {
        assertThat(get("/api/v1/connectors"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(
                                fieldWithPath("items[].name").description("What plans call it"),
                                fieldWithPath("items[].kind")
                                        .description("Which tool it is: `webhook`, `command`, `jenkins`…"),
                                subsectionWithPath("items[].parameters")
                                        .description(
                                                "What a plan must give, and the pattern each value must match as a whole"),
                                fieldWithPath("items[].afterCrash")
                                        .description(
                                                "What happens when nobody knows whether a call arrived: it is sent again "
                                                        + "(`DEDUPLICATES`), the tool is asked (`QUERYABLE`) or a person is (`NEITHER`)"),
                                fieldWithPath("items[].canBeAsked").description("Whether results are asked for"),
                                fieldWithPath("items[].giveUpAfter")
                                        .description(
                                                "How long a result is waited for until a person is asked, ISO 8601"))));
    }

    @Test
    @Order(2)
    void checkConnector() {
        assertThat(mvc.post()
                        .uri("/api/v1/connectors/{connector}/checks", "sample-deploy")
                        .with(httpBasic("rolf", "rolf-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("connector").description("Its name")),
                        responseFields(
                                fieldWithPath("result").description("`OK`, `FAILED` or `UNKNOWN` if it cannot be seen"),
                                fieldWithPath("detail").description("What was found"))));
    }

    @Test
    @Order(3)
    void listRollouts() {
        rollOut();
        assertThat(get("/api/v1/rollouts?change={change}", change))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(
                                parameterWithName("change")
                                        .description("Only rollouts of this change")
                                        .optional(),
                                parameterWithName("state")
                                        .description("Only rollouts in this state")
                                        .optional()),
                        responseFields(pageOf(rolloutFields()))));
    }

    @Test
    @Order(4)
    void listSteps() {
        assertThat(get("/api/v1/rollouts/{number}/steps", rollout))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(pageOf(stepFields()))));
    }

    @Test
    @Order(5)
    void showLog() {
        assertThat(get("/api/v1/rollouts/{number}/steps/{seq}/log", rollout, 1))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("number").description("Number of the rollout"),
                                parameterWithName("seq").description("The step")),
                        responseFields(
                                fieldWithPath("items").description("Oldest first; empty when the tool wrote nothing"),
                                optional("items[].kind", "`RUN` or `UNDO`"),
                                fieldWithPath("items[].attempt")
                                        .description("Which attempt")
                                        .optional()
                                        .type("Number"),
                                optional("items[].at", "When"),
                                optional("items[].output", "What the tool wrote"),
                                optional("next", "Cursor of the next page; absent on the last"))));
    }

    @Test
    @Order(6)
    void previewRollback() {
        assertThat(get("/api/v1/rollouts/{number}/rollback-preview", rollout))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(pageOf(stepFields()))));
    }

    /** As if its program still ran. */
    @Test
    @Order(6)
    void stop() {
        jdbc.sql("update rollout_command set state = 'SENDING', due_at = timestampadd(hour, 1, localtimestamp(6))"
                        + " where rollout_id = :rollout and seq = 1")
                .param("rollout", Long.parseLong(rollout.substring(4)))
                .update();

        assertThat(post(
                        "rolf",
                        "/api/v1/rollouts/{number}/steps/{seq}/stop",
                        "{\"reason\": \"The wrong version\"}",
                        rollout,
                        1))
                .hasStatus(202)
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("number").description("Number of the rollout"),
                                parameterWithName("seq").description("The step")),
                        requestFields(fieldWithPath("reason").description("Why, at most 900 characters")),
                        responseFields(
                                fieldWithPath("state")
                                        .description(
                                                "`REQUESTED` until the tool was told, `TAKEN`, `REFUSED` if it does "
                                                        + "not let us, `NOT_TOLD` if it could not be reached"),
                                fieldWithPath("by").description("Who asked for it first"),
                                fieldWithPath("reason").description("Why"),
                                fieldWithPath("at").description("When"),
                                fieldWithPath("detail").description("What the tool said to it"))));

        jdbc.sql("update rollout_command set state = 'DONE' where rollout_id = :rollout and seq = 1")
                .param("rollout", Long.parseLong(rollout.substring(4)))
                .update();
    }

    @Test
    @Order(6)
    void reportOnWork() {
        String address = "/api/v1/rollouts/{number}/steps/{seq}/reports";
        untilWorkWaits();
        assertThat(post(
                        "oskar",
                        address,
                        "{\"result\": \"DONE\", \"ticked\": [1, 2], \"note\": \"Looks well\"}",
                        rollout,
                        3))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("number").description("Number of the rollout"),
                                parameterWithName("seq").description("The step")),
                        requestFields(
                                fieldWithPath("result").description("`DONE` or `FAILED`"),
                                fieldWithPath("ticked")
                                        .description("Which items of the checklist are done, by their place in it "
                                                + "from 1; all of them if it is `DONE`")
                                        .optional()
                                        .type("Array"),
                                optional(
                                        "note", "What was done and seen, at most 900 characters; needed if it failed")),
                        responseFields(stepFields())));
    }

    @Test
    @Order(7)
    void pause() {
        assertThat(post("rolf", "/api/v1/rollouts/{number}/pause", "{\"reason\": \"Users see errors\"}", rollout))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 900 characters")),
                        responseFields(rolloutFields())));
    }

    @Test
    @Order(8)
    void resume() {
        assertThat(post("rolf", "/api/v1/rollouts/{number}/resume", "{\"reason\": \"A false alarm\"}", rollout))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 900 characters")),
                        responseFields(rolloutFields())));
    }

    @Test
    @Order(9)
    void rollBack() {
        assertThat(post("rolf", "/api/v1/rollouts/{number}/rollback", "{\"reason\": \"Users see errors\"}", rollout))
                .hasStatus(202)
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 900 characters")),
                        responseFields(rolloutFields())));
    }

    /** One that has ended, so that the stream does. */
    @Test
    @Order(10)
    void follow() {
        until("/api/v1/rollouts/" + rollout, "$.state", "ROLLED_BACK");
        assertThat(get("/api/v1/rollouts/{number}/events", rollout))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE, pathParameters(parameterWithName("number").description("Number of the rollout"))));
    }

    @Test
    @Order(10)
    void showRollout() {
        until("/api/v1/rollouts/" + rollout, "$.state", "ROLLED_BACK");
        assertThat(get("/api/v1/rollouts/{number}", rollout))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("number").description("Number of the rollout")),
                        responseFields(rolloutFields())));
    }

    @Test
    @Order(11)
    void abort() {
        change = "";
        raiseOnce();
        planAgain();
        rollOut();
        untilWorkWaits();
        assertThat(post("rolf", "/api/v1/rollouts/{number}/abort", "{\"reason\": \"The wrong version\"}", rollout))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 900 characters")),
                        responseFields(rolloutFields())));
    }

    @Test
    @Order(12)
    void keep() {
        assertThat(post(
                        "oskar",
                        "/api/v1/rollouts/{number}/steps/{seq}/reports",
                        "{\"result\": \"DONE\", \"ticked\": [1, 2]}",
                        rollout,
                        3))
                .hasStatusOk();
        assertThat(post("rolf", "/api/v1/rollouts/{number}/keep", "{\"reason\": \"It does no harm\"}", rollout))
                .hasStatus(202)
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 900 characters")),
                        responseFields(rolloutFields())));
        until("/api/v1/rollouts/" + rollout, "$.state", "ABORTED");
    }

    private void planAgain() {
        assertThat(mvc.put()
                        .uri("/api/v1/changes/{number}/rollout-plan", change)
                        .with(httpBasic("rita", "rita-sample"))
                        .header("If-None-Match", "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(PLAN))
                .hasStatus(201);
    }

    /** Until somebody is asked it is a conflict, then the items are looked at. */
    private void untilWorkWaits() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(post(
                        "oskar", "/api/v1/rollouts/{number}/steps/{seq}/reports", "{\"result\": \"DONE\"}", rollout, 3))
                .hasStatus(400));
    }

    private void rollOut() {
        step("rita", "submission", "");
        step("theo", "technical-reviews", "{\"decision\": \"APPROVE\", \"reason\": \"Fine\"}");
        List<String> seats = JsonPath.read(
                body(get("/api/v1/changes/{number}/approvals", change)), "$[?(@.decision == 'PENDING')].seat");
        seats.forEach(seat -> step(
                String.valueOf(WHO_HAS_THE_SEAT.get(seat)),
                "approvals",
                "{\"decision\": \"APPROVE\", \"reason\": \"Fine\"}"));
        until("/api/v1/rollouts?change=" + change, "$.items[0].change", change);
        rollout = read(get("/api/v1/rollouts?change={change}", change), "$.items[0].number");
        until("/api/v1/rollouts/" + rollout + "/steps", "$.items[0].state", "DONE");
    }

    private void step(String person, String step, String body) {
        assertThat(post(person, "/api/v1/changes/{number}/" + step, body, change))
                .hasStatusOk();
    }

    /** Nothing executes the engine's jobs in a documentation test, so this does while it waits. */
    private void until(String address, String path, String value) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            engine.createJobQuery().messages().withRetriesLeft().list().forEach(job -> engine.executeJob(job.getId()));
            assertThat(read(get(address), path)).isEqualTo(value);
        });
    }

    private MockMvcRequestBuilder get(String address, Object... variables) {
        return mvc.get().uri(address, variables).with(httpBasic("rita", "rita-sample"));
    }

    private MockMvcRequestBuilder post(String person, String address, String body, Object... variables) {
        return mvc.post()
                .uri(address, variables)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private static String read(MockMvcRequestBuilder request, String path) {
        return String.valueOf(JsonPath.<Object>read(body(request), path));
    }

    private static String body(MockMvcRequestBuilder request) {
        try {
            return request.exchange().getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
