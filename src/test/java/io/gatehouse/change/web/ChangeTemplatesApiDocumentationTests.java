package io.gatehouse.change.web;

import static io.gatehouse.change.web.ChangeFields.list;
import static io.gatehouse.change.web.ChangeFields.text;
import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.relaxedResponseFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.restdocs.request.PathParametersSnippet;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ChangeTemplatesApiDocumentationTests {

    static final String TEMPLATE =
            """
            {
              "title": "Restart placement",
              "service": "placement",
              "environment": "production",
              "plans": {
                "implementation": "Restart one node after the other",
                "test": "Ask each for its version",
                "backout": "Start the node again",
                "communication": "Nobody notices"
              },
              "open": ["DESCRIPTION", "LINKS"],
              "suspension": {"failures": 2, "uses": 5}
            }""";

    private static final String RESOURCE = "change-templates";
    private static final String REASON = "{\"reason\": \"Its nodes did not come back\"}";

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> content() {
        return List.of(
                fieldWithPath("title").description("Title of every change from it"),
                fieldWithPath("service").description("Key of the service it changes"),
                fieldWithPath("environment").description("Key of the environment"),
                text("plans.implementation", "How it is made"),
                text("plans.test", "How it is checked"),
                text("plans.backout", "How it is undone"),
                text("plans.communication", "Who is told, and how"),
                list("open", "What the requester may fill in: `DESCRIPTION`, `LINKS`, `ARTIFACTS`; all else is fixed"),
                number("suspension.failures", "It is suspended after so many failures; 2 if not given"),
                number("suspension.uses", "in so many of the latest uses, at most 100; 5 if not given"));
    }

    private static FieldDescriptor number(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("Number");
    }

    private static List<FieldDescriptor> template() {
        return Stream.concat(
                        Stream.of(
                                fieldWithPath("key").description("What it is called everywhere"),
                                fieldWithPath("state")
                                        .description(
                                                "`PROPOSED`: never let in; `ACTIVE`: changes may be raised from it;"
                                                        + " `SUSPENDED`, `RETIRED`"),
                                number("inForce", "The version that is or was in force last, which all this is from"),
                                number("proposed", "The version that is being written or reviewed")),
                        content().stream())
                .toList();
    }

    private static PathParametersSnippet key() {
        return pathParameters(parameterWithName("key")
                .description("Key of the template: lower-case letters, digits, dots and hyphens; at most 63"));
    }

    private MockMvcRequestBuilder put(String body) {
        return mvc.put()
                .uri("/api/v1/change-templates/{key}", "restart-placement")
                .with(httpBasic("rolf", "rolf-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private MvcTestResult step(String person, String step, String body) {
        return step(mvc, person, step, body);
    }

    private static MvcTestResult step(MockMvcTester mvc, String person, String step, String body) {
        return mvc.post()
                .uri("/api/v1/change-templates/{key}/" + step, "restart-placement")
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private void created() {
        assertThat(put(TEMPLATE).header("If-None-Match", "*")).hasStatus(201);
    }

    /** Has the template in force, as other tests need it. */
    static void inForce(MockMvcTester mvc) {
        assertThat(mvc.put()
                        .uri("/api/v1/change-templates/restart-placement")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header("If-None-Match", "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TEMPLATE))
                .hasStatus(201);
        assertThat(step(mvc, "rolf", "submission", "")).hasStatusOk();
        assertThat(step(mvc, "mona", "reviews", review(1))).hasStatusOk();
    }

    private static String review(int version) {
        return """
                {"version": %d, "decision": "LET_IN", "reason": "Done so for years, nothing ever broke"}"""
                .formatted(version);
    }

    @Test
    void proposeTemplate() {
        assertThat(put(TEMPLATE).header("If-None-Match", "*"))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        key(),
                        requestHeaders(headerWithName("If-None-Match").description("`*`: it must not exist yet")),
                        requestFields(content()),
                        responseFields(template())));
    }

    @Test
    void reviseTemplate() {
        inForce(mvc);
        assertThat(put(TEMPLATE.replace("Nobody", "Hardly anybody")).header("If-Match", "*"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The `ETag` that was read")),
                        requestFields(content()),
                        responseFields(template())));
    }

    @Test
    void submitTemplate() {
        created();
        assertThat(step("rolf", "submission", ""))
                .hasStatusOk()
                .apply(operation(RESOURCE, key(), responseFields(template())));
    }

    @Test
    void reviewTemplate() {
        created();
        assertThat(step("rolf", "submission", "")).hasStatusOk();
        assertThat(step("mona", "reviews", review(1)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        key(),
                        requestFields(
                                fieldWithPath("version").description("The version that was read"),
                                fieldWithPath("decision").description("`LET_IN` or `REFUSE`"),
                                fieldWithPath("reason").description("Why; whoever proposed it reads it")),
                        responseFields(template())));
    }

    @Test
    void suspendTemplate() {
        inForce(mvc);
        assertThat(step("oskar", "suspension", REASON))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        key(),
                        requestFields(fieldWithPath("reason").description("Why")),
                        responseFields(template())));
    }

    @Test
    void decideOnTemplate() {
        inForce(mvc);
        assertThat(step("oskar", "suspension", REASON)).hasStatusOk();
        assertThat(step(
                        "mona",
                        "decisions",
                        """
                        {"decision": "REVISE", "reason": "The nodes need more time"}"""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        key(),
                        requestFields(
                                fieldWithPath("decision")
                                        .description("`REINSTATE`: reviewed again as it is; `REVISE`: another version"
                                                + " takes its place; `RETIRE`"),
                                fieldWithPath("reason").description("Why")),
                        responseFields(template())));
    }

    @Test
    void retireTemplate() {
        inForce(mvc);
        assertThat(step("mona", "retirement", REASON))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        key(),
                        requestFields(fieldWithPath("reason").description("Why")),
                        responseFields(template())));
    }

    @Test
    void showTemplate() {
        created();
        assertThat(mvc.get()
                        .uri("/api/v1/change-templates/{key}", "restart-placement")
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        key(),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(template())));
    }

    @Test
    void listTemplates() {
        created();
        assertThat(mvc.get().uri("/api/v1/change-templates?limit=1").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(template()))));
    }

    @Test
    void listVersions() {
        inForce(mvc);
        assertThat(mvc.get()
                        .uri("/api/v1/change-templates/{key}/versions", "restart-placement")
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        key(),
                        relaxedResponseFields(
                                fieldWithPath("[].version").description("Counts the versions from 1"),
                                fieldWithPath("[].number").description("What tasks and the audit trail call it"),
                                fieldWithPath("[].state")
                                        .description("`DRAFT`, `IN_REVIEW`, `REFUSED`, `ACTIVE`, `SUSPENDED`,"
                                                + " `REPLACED` or `RETIRED`"),
                                fieldWithPath("[].authors").description("Who wrote something of it"),
                                text("[].submittedBy", "Who had it reviewed"),
                                text("[].decidedBy", "Who let it in or refused it; nobody for one that ships"),
                                text("[].decisionReason", "Why"),
                                text("[].endedBecause", "Why it was suspended or retired"),
                                text("[].inForceSince", "Only changes that were closed since count as uses"),
                                fieldWithPath("[].uses").description("How many of its latest uses were looked at"),
                                fieldWithPath("[].failures").description("Those that failed or were rolled back"))));
    }
}
