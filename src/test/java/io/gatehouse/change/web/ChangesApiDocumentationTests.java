package io.gatehouse.change.web;

import static io.gatehouse.change.web.ChangeFields.change;
import static io.gatehouse.change.web.ChangeFields.content;
import static io.gatehouse.change.web.ChangeFields.list;
import static io.gatehouse.change.web.ChangeFields.summary;
import static io.gatehouse.change.web.ChangeFields.text;
import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.restdocs.request.PathParametersSnippet;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ChangesApiDocumentationTests {

    private static final String RESOURCE = "changes";

    @Autowired
    private MockMvcTester mvc;

    private ChangeCalls calls;

    @BeforeEach
    void calls() {
        calls = new ChangeCalls(mvc);
    }

    private static PathParametersSnippet number() {
        return pathParameters(parameterWithName("number").description("Number of the change"));
    }

    private static List<FieldDescriptor> raising(FieldDescriptor... own) {
        return Stream.concat(
                        Stream.of(
                                fieldWithPath("type").description("`NORMAL`, `STANDARD` or `EMERGENCY`"),
                                fieldWithPath("submit")
                                        .description("Whether it starts on its way at once; else it waits as a draft")
                                        .optional()
                                        .type("Boolean")),
                        Stream.of(own))
                .toList();
    }

    @Test
    void raiseNormal() {
        String body = "{\"type\": \"NORMAL\", \"submit\": true, \"change\": %s}"
                .formatted(ChangeCalls.content(ChangeCalls.LATER));
        FieldDescriptor[] fields = content("change.").toArray(FieldDescriptor[]::new);
        assertThat(calls.post("rita", "/api/v1/changes", body).header("Idempotency-Key", "build-4711-production"))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("Idempotency-Key").description("See <<idempotency>>")),
                        requestFields(raising(fields)),
                        responseHeaders(
                                headerWithName("Location").description("Address of the change"),
                                headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(change())));
    }

    @Test
    void raiseEmergency() {
        String body = "{\"type\": \"EMERGENCY\", \"submit\": true, \"change\": %s}"
                .formatted(ChangeCalls.content(ChangeCalls.LATER));
        FieldDescriptor[] fields = content("change.").toArray(FieldDescriptor[]::new);
        assertThat(calls.post("rita", "/api/v1/changes", body).header("Idempotency-Key", "incident-4713"))
                .hasStatus(201)
                .apply(operation(RESOURCE, requestFields(raising(fields)), responseFields(change())));
    }

    @Test
    void raiseStandard() {
        ChangeTemplatesApiDocumentationTests.inForce(mvc);
        String body =
                """
                {"type": "STANDARD", "submit": true, "template": "restart-placement", "window": %s,
                 "details": {"description": "Node 3 answers slowly"}}
                """
                        .formatted(ChangeCalls.LATER);
        assertThat(calls.post("pipeline", "/api/v1/changes", body).header("Idempotency-Key", "restart-4712"))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(raising(
                                fieldWithPath("template").description("Key of an active template"),
                                fieldWithPath("window.startsAt").description("When it may start"),
                                fieldWithPath("window.endsAt").description("When it must be done"),
                                text("details.description", "Why this time; if the template leaves it open"),
                                list("details.links", "As of a normal change; if the template leaves them open"),
                                list("details.artifacts", "As of a normal change; if the template leaves them open"))),
                        responseFields(change())));
    }

    @Test
    void showChange() {
        String number = calls.raised(false, ChangeCalls.LATER);
        assertThat(calls.step("rita", number, "tasks", task("Take a backup", "BEFORE")))
                .hasStatus(201);
        assertThat(calls.get("rita", "/api/v1/changes/{number}", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(change())));
    }

    private static String task(String title, String phase) {
        return """
                {"title": "%s", "phase": "%s", "ownerGroup": "ops-lead"}""".formatted(title, phase);
    }

    @Test
    void namesTheTasksThatAreLeftAndWhatWaitsForThem() {
        String number = calls.raised(false, ChangeCalls.LATER);
        assertThat(holds(number)).isEmpty();
        List.of("BEFORE", "DURING", "AFTER")
                .forEach(phase -> assertThat(calls.step("rita", number, "tasks", task("Look " + phase, phase)))
                        .hasStatus(201));
        MvcTestResult given = calls.step("rita", number, "tasks", task("Look twice", "BEFORE"))
                .exchange();
        assertThat(calls.post(
                        "rita",
                        given.getResponse().getHeader("Location") + "/cancellation",
                        "{\"reason\": \"Once will do\"}"))
                .hasStatusOk();

        assertThat(holds(number)).containsExactly("Look BEFORE: START", "Look DURING: CLOSING", "Look AFTER: CLOSING");
        assertThat(mvc.put()
                        .uri("/api/v1/changes/{number}", number)
                        .with(httpBasic("rita", "rita-sample"))
                        .header("If-Match", "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(ChangeCalls.content(ChangeCalls.LATER)))
                .as("so does the answer to whoever rewrites it")
                .bodyJson()
                .extractingPath("$.tasks.length()")
                .isEqualTo(3);
    }

    private List<String> holds(String number) {
        String change = new String(
                calls.get("rita", "/api/v1/changes/{number}", number)
                        .exchange()
                        .getResponse()
                        .getContentAsByteArray(),
                StandardCharsets.UTF_8);
        return JsonPath.<List<Map<String, String>>>read(change, "$.tasks").stream()
                .map(task -> task.get("title") + ": " + task.get("holds"))
                .toList();
    }

    @Test
    void listChanges() {
        assertThat(calls.get("rita", "/api/v1/changes?state=CLOSED&type=NORMAL&environment=production&limit=2"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(
                                parameterWithName("state")
                                        .description("Only changes in this state")
                                        .optional(),
                                parameterWithName("type")
                                        .description("Only changes of this type")
                                        .optional(),
                                parameterWithName("service")
                                        .description("Only changes of this service")
                                        .optional(),
                                parameterWithName("environment")
                                        .description("Only changes in this environment")
                                        .optional(),
                                parameterWithName("requester")
                                        .description("Only changes this person raised")
                                        .optional()),
                        responseFields(pageOf(summary()))));
    }

    @Test
    void rewriteChange() {
        String number = calls.raised(false, ChangeCalls.LATER);
        String version = String.valueOf(calls.get("rita", "/api/v1/changes/{number}", number)
                .exchange()
                .getResponse()
                .getHeader("ETag"));
        assertThat(mvc.put()
                        .uri("/api/v1/changes/{number}", number)
                        .with(httpBasic("rita", "rita-sample"))
                        .header("If-Match", version)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(ChangeCalls.content(ChangeCalls.LATER)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestHeaders(headerWithName("If-Match").description("The `ETag` that was read")),
                        requestFields(content("")),
                        responseFields(change())));
    }

    @Test
    void listApprovals() {
        String number = calls.technicallyReviewed(ChangeCalls.LATER);
        assertThat(calls.get("alma", "/api/v1/changes/{number}/approvals", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        responseFields(
                                fieldWithPath("[].round").description("In which round it was asked for"),
                                fieldWithPath("[].seat").description("The role that has the seat"),
                                fieldWithPath("[].decision").description("`PENDING`, `APPROVED` or `REJECTED`"),
                                text("[].person", "Who filled the seat"),
                                text("[].reason", "What they said"),
                                text("[].decidedAt", "When"))));
    }

    @Test
    void listDecisions() {
        String number = calls.technicallyReviewed(ChangeCalls.LATER);
        assertThat(calls.get("alma", "/api/v1/changes/{number}/decisions", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        responseFields(
                                fieldWithPath("[].table").description("Which policy table was asked"),
                                fieldWithPath("[].version").description("In which version"),
                                text(
                                        "[].digest",
                                        "SHA-256 of the table's file; absent for what was asked before it was kept"),
                                fieldWithPath("[].authors")
                                        .description("Who proposed and who let in that version; nobody if it shipped."
                                                + " They neither approve, implement nor review the change"),
                                fieldWithPath("[].round")
                                        .description("In which round of the change; 0 if before it was raised"),
                                subsectionWithPath("[].inputs").description("What it was told"),
                                subsectionWithPath("[].outputs").description("What each rule that fired answered"),
                                fieldWithPath("[].ruleIds").description("The rules that fired"),
                                text("[].askedBy", "Whose step had it asked: a person, a tool, or `gatehouse` itself"),
                                fieldWithPath("[].decidedAt").description("When"))));
    }

    @Test
    void replayDecisions() {
        calls.technicallyReviewed(ChangeCalls.LATER);
        assertThat(calls.get("alma", "/api/v1/policy-decisions?limit=2"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(),
                        responseFields(pageOf(List.of(
                                fieldWithPath("id").description("Counts decisions"),
                                fieldWithPath("change").description("Which change it is about"),
                                fieldWithPath("table").description("Which policy table was asked"),
                                fieldWithPath("version").description("In which version"),
                                fieldWithPath("decidedAt").description("When"),
                                fieldWithPath("reproduced")
                                        .description("Whether the table, asked again, answers as was recorded"),
                                fieldWithPath("differences").description("What it does not, one sentence each"))))));
    }

    @Test
    void provideEvidence() {
        String number = calls.technicallyReviewed(ChangeCalls.LATER);
        String body =
                """
                {"kind": "TEST_REPORT", "url": "https://ci.example/placement/4711", "result": "PASSED",
                 "digest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}""";
        assertThat(calls.post("rita", "/api/v1/changes/{number}/evidence", body, number))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(
                                fieldWithPath("kind").description("What it proves, see below"),
                                fieldWithPath("url").description("Where it is to be read, http or https"),
                                text("digest", "Digest of what is to be read there, as `sha256:...`"),
                                fieldWithPath("result").description("What it says: `PASSED` or `FAILED`")),
                        responseFields(evidence())));
    }

    @Test
    void showEvidence() {
        String number = calls.technicallyReviewed(ChangeCalls.LATER);
        assertThat(calls.get("alma", "/api/v1/changes/{number}/evidence", number))
                .hasStatusOk()
                .apply(operation(RESOURCE, number(), responseFields(evidence())));
    }

    @Test
    void linkIncident() {
        String body =
                """
                {"reference": "INC-4711", "url": "https://incidents.example/4711", "severity": "MAJOR",
                 "openedAt": "2026-01-05T10:00:00Z"}""";
        assertThat(calls.post("oskar", "/api/v1/changes/{number}/incidents", body, "CHG-000001"))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(
                                fieldWithPath("reference")
                                        .description(
                                                "What it is called where incidents are kept, 100 characters at most"),
                                text("url", "Where it is to be read, http or https"),
                                fieldWithPath("severity").description("`MINOR`, `MAJOR` or `CRITICAL`"),
                                fieldWithPath("openedAt").description("When it was opened there")),
                        responseFields(incident(""))));
    }

    @Test
    void removeIncident() throws Exception {
        String body =
                """
                {"reference": "INC-4712", "severity": "MINOR", "openedAt": "2026-01-05T10:00:00Z"}""";
        String linked = calls.post("oskar", "/api/v1/changes/{number}/incidents", body, "CHG-000001")
                .exchange()
                .getResponse()
                .getContentAsString();
        String id = linked.replaceAll("(?s).*\"id\" ?: ?(\\d+).*", "$1");
        String why = "{\"reason\": \"It was the storage of the neighbours\"}";
        assertThat(calls.post("carla", "/api/v1/changes/{number}/incidents/{id}/removal", why, "CHG-000001", id))
                .hasStatus(403);
        assertThat(calls.post("mona", "/api/v1/changes/{number}/incidents/{id}/removal", why, "CHG-000001", id))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("number").description("Number of the change"),
                                parameterWithName("id").description("Which of its links")),
                        requestFields(fieldWithPath("reason").description("Why, in at most 1,000 characters")),
                        responseFields(incident(""))));
        assertThat(calls.post("mona", "/api/v1/changes/{number}/incidents/{id}/removal", why, "CHG-000001", id))
                .hasStatus(409)
                .bodyText()
                .contains("incident-removed", "by mona");
        assertThat(calls.post("mona", "/api/v1/changes/{number}/incidents/{id}/removal", why, "CHG-000002", id))
                .hasStatus(404)
                .bodyText()
                .contains("incident-not-found");
    }

    @Test
    void listIncidents() {
        assertThat(calls.get("alma", "/api/v1/changes/{number}/incidents", "CHG-000001"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        responseFields(fieldWithPath("items").description("The oldest link first, at most 100"))
                                .and(incident("items[].").stream()
                                        .map(FieldDescriptor::optional)
                                        .toArray(FieldDescriptor[]::new))));
    }

    private static List<FieldDescriptor> incident(String prefix) {
        return List.of(
                fieldWithPath(prefix + "id").description("Counts links").type("Number"),
                text(prefix + "reference", "What it is called"),
                text(prefix + "url", "Where it is to be read"),
                text(prefix + "severity", "`MINOR`, `MAJOR` or `CRITICAL`"),
                text(prefix + "openedAt", "When it was opened"),
                text(prefix + "linkedBy", "Who or what said that the change caused it"),
                text(prefix + "linkedAt", "When"),
                text(prefix + "removedBy", "Who or what took that back; absent as long as it counts"),
                text(prefix + "removedAt", "When"),
                text(prefix + "removedBecause", "Why"));
    }

    @Test
    void addRelation() {
        String needed = calls.raised(true, ChangeCalls.LATER);
        String number = calls.raised(false, ChangeCalls.LATER);
        assertThat(calls.post("rita", "/api/v1/changes/{number}/relations", dependsOn(needed), number))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(
                                fieldWithPath("kind").description("`DEPENDS_ON`, `CONFLICTS_WITH` or `SUPERSEDES`"),
                                fieldWithPath("change").description("Number of the other change"),
                                text("reason", "Why, in at most 1,000 characters")),
                        responseFields(ChangeFields.relation("", false))));
    }

    @Test
    void listRelations() {
        String needed = calls.raised(true, ChangeCalls.LATER);
        String number = calls.raised(false, ChangeCalls.LATER);
        calls.post("rita", "/api/v1/changes/{number}/relations", dependsOn(needed), number)
                .exchange();
        assertThat(calls.get("alma", "/api/v1/changes/{number}/relations", number))
                .hasStatusOk()
                .apply(operation(RESOURCE, number(), responseFields(ChangeFields.relation("[].", false))));
        assertThat(calls.get("alma", "/api/v1/changes/{number}", needed))
                .bodyJson()
                .extractingPath("$.relations[0].kind")
                .isEqualTo("NEEDED_BY");
    }

    @Test
    void removeRelation() throws Exception {
        String needed = calls.raised(true, ChangeCalls.LATER);
        String number = calls.raised(true, ChangeCalls.LATER);
        String added = calls.post("rita", "/api/v1/changes/{number}/relations", dependsOn(needed), number)
                .exchange()
                .getResponse()
                .getContentAsString();
        String id = added.replaceAll("(?s).*\"id\" ?: ?(\\d+).*", "$1");
        String why = "{\"reason\": \"It works with the old tables too\"}";
        assertThat(calls.post("rita", "/api/v1/changes/{number}/relations/{id}/removal", why, number, id))
                .hasStatus(403);
        assertThat(calls.post("mona", "/api/v1/changes/{number}/relations/{id}/removal", why, number, id))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("number").description("Number of the change"),
                                parameterWithName("id").description("Which of its relations")),
                        requestFields(fieldWithPath("reason").description("Why, in at most 1,000 characters")),
                        responseFields(ChangeFields.relation("", false))));
    }

    private static String dependsOn(String number) {
        return """
                {"kind": "DEPENDS_ON", "change": "%s", "reason": "It needs the new tables"}"""
                .formatted(number);
    }

    private static List<FieldDescriptor> evidence() {
        return List.of(
                fieldWithPath("status")
                        .description("`COMPLETE`, `PARTIAL` or `MISSING`: how much of what is required is on file"),
                fieldWithPath("required")
                        .description("What must be on file, as the policy says; empty before it was asked"),
                text("required[].kind", "What must be proved"),
                fieldWithPath("required[].reasons").description("Why, in the words of the policy"),
                text(
                        "required[].state",
                        "`ON_FILE`, `FAILED`, `VOID` (about other versions than the change brings now) or `MISSING`"),
                fieldWithPath("onFile").description("Every piece, oldest first; the last of a kind counts"),
                fieldWithPath("onFile[].id")
                        .description("Counts pieces")
                        .optional()
                        .type("Number"),
                text("onFile[].kind", "What it proves"),
                text("onFile[].url", "Where it is to be read"),
                text("onFile[].digest", "Digest of what is to be read there"),
                text("onFile[].result", "What it says: `PASSED` or `FAILED`"),
                fieldWithPath("onFile[].current")
                        .description("Whether it is about the services and versions that the change brings now")
                        .optional()
                        .type("Boolean"),
                text("onFile[].providedBy", "Who filed it"),
                text("onFile[].providedAt", "When"));
    }
}
