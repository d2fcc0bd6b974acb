package io.gatehouse.release.web;

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
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.mail.MailServer;
import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class CommunicationApiDocumentationTests {

    private static final String RESOURCE = "communication";
    private static final String PLAN = "/api/v1/releases/{number}/communication-plan";
    private static final String TEMPLATE = "/api/v1/communication-templates/{key}";
    private static final String ENTRIES =
            """
            {
              "entries": [
                {"moment": "STARTED", "template": "release-planned-work",
                 "audience": [{"kind": "ROLE", "name": "ops-lead"}, {"kind": "TEAM", "name": "nova"}]},
                {"moment": "IN_PRODUCTION", "template": "release-in-production",
                 "audience": [{"kind": "ADDRESS", "name": "openstack-users@example.org"}]}
              ]
            }""";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private ApplicationContext context;

    private String number = "";

    @BeforeEach
    void planned() {
        MvcTestResult planned = mvc.post()
                .uri("/api/v1/releases")
                .with(httpBasic("rolf", "rolf-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(new Operations().bodyOf("POST /api/v1/releases"))
                .exchange();
        number = String.valueOf(planned.getResponse().getHeader("Location")).replaceFirst(".*/", "");
    }

    private static FieldDescriptor maybe(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    private static List<FieldDescriptor> entries(String list) {
        return List.of(
                fieldWithPath(list).description("At most 50, in the order in which they were written"),
                fieldWithPath(list + "[].moment")
                        .description("`STARTED`, `PACKAGE_CONFIRMED`, `STAGE_PASSED`, `POSTPONED`, `DECISION_TAKEN`,"
                                + " `TAKEN_BACK`, `IN_PRODUCTION`, `CLOSED` or `RETIRED`"),
                maybe(list + "[].stage", "Which stage, of the moment `STAGE_PASSED`"),
                fieldWithPath(list + "[].template").description("Key of the template by which it is told"),
                fieldWithPath(list + "[].audience").description("Who is told, 1 to 20"),
                fieldWithPath(list + "[].audience[].kind").description("`ROLE`, `TEAM`, `ADDRESS` or `CHANNEL`"),
                fieldWithPath(list + "[].audience[].name")
                        .description(
                                "The role or team, of which everybody is told who is in it then, the address, or the"
                                        + " channel"));
    }

    private static List<FieldDescriptor> plan() {
        return Stream.concat(
                        entries("entries").stream(),
                        Stream.of(
                                fieldWithPath("release").description("Number of the release"),
                                fieldWithPath("writtenBy").description("Who wrote it"),
                                fieldWithPath("writtenAt").description("When, in UTC")))
                .toList();
    }

    private static List<FieldDescriptor> template() {
        return Stream.concat(
                        Stream.of(
                                fieldWithPath("key").description("What it is called"),
                                fieldWithPath("version").description("Counts every write")),
                        words().stream())
                .toList();
    }

    private static List<FieldDescriptor> words() {
        return List.of(
                fieldWithPath("subject").description("In one line of at most 200 characters"),
                fieldWithPath("text").description("At most 20,000 characters"));
    }

    private MockMvcTester.MockMvcRequestBuilder put(String address, String what, String body) {
        return mvc.put()
                .uri(address, what)
                .with(httpBasic("rolf", "rolf-sample"))
                .header("If-None-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private MockMvcTester.MockMvcRequestBuilder get(String address, Object... what) {
        return mvc.get().uri(address, what).with(httpBasic("rolf", "rolf-sample"));
    }

    @Test
    void writePlan() {
        assertThat(put(PLAN, number, ENTRIES))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-None-Match")
                                .description("`*` for the first; later `If-Match` with the version that was read")),
                        requestFields(entries("entries")),
                        responseHeaders(headerWithName("ETag").description("The version")),
                        responseFields(plan())));
    }

    @Test
    void showPlan() {
        assertThat(put(PLAN, number, ENTRIES)).hasStatusOk();
        assertThat(get(PLAN, number)).hasStatusOk().apply(operation(RESOURCE, responseFields(plan())));
    }

    @Test
    void showCommunications() {
        assertThat(put(PLAN, number, ENTRIES)).hasStatusOk();
        MailServer server = MailServer.of(context);
        assertThat(mvc.post().uri("/api/v1/releases/{number}/start", number).with(httpBasic("rolf", "rolf-sample")))
                .hasStatusOk();
        server.send();
        assertThat(get("/api/v1/releases/{number}/communications", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(Stream.concat(told().stream(), entries("coming").stream())
                                .toList())));
        server.close();
    }

    private static List<FieldDescriptor> told() {
        return List.of(
                fieldWithPath("told").description("What was told, oldest first"),
                fieldWithPath("told[].moment").description("Of which moment"),
                maybe("told[].stage", "Which stage it had passed"),
                fieldWithPath("told[].template").description("By which template"),
                fieldWithPath("told[].templateVersion").description("In which version"),
                fieldWithPath("told[].subject").description("In these words"),
                fieldWithPath("told[].text").description("And these"),
                fieldWithPath("told[].sha256")
                        .description("SHA-256 of subject, a line feed and text in UTF-8; it stands in the audit trail"),
                fieldWithPath("told[].madeAt").description("When, in UTC"),
                fieldWithPath("told[].mailed")
                        .description("Whether there was a mail server; if not, only channels were told"),
                fieldWithPath("told[].recipients").description("How many people and addresses, as far as is known"),
                fieldWithPath("told[].sent").description("How many the mail server or a channel has taken"),
                fieldWithPath("told[].waiting").description("How many are still to be sent, or tried again"),
                fieldWithPath("told[].failed").description("How many are given up"),
                fieldWithPath("told[].mails").description("Each of them"),
                maybe("told[].mails[].kind", "`PERSON`, `ADDRESS`, `CHANNEL`, or `GROUP` that is not looked up yet"),
                maybe("told[].mails[].recipient", "Who that is"),
                maybe("told[].mails[].state", "`WAITING`, `SENT` or `FAILED`"),
                fieldWithPath("told[].mails[].tries")
                        .description("How often it was tried")
                        .optional()
                        .type("Number"),
                maybe("told[].mails[].sentAt", "When the mail server or the channel took it"),
                maybe(
                        "told[].mails[].trouble",
                        "Why it was not sent the last time, as `MailSendException, SMTP 550` or `HTTP 503`"));
    }

    @Test
    void listTemplates() {
        assertThat(get("/api/v1/communication-templates?limit=2"))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(template()))));
    }

    @Test
    void showTemplate() {
        assertThat(get(TEMPLATE, "release-in-production"))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(template())));
    }

    @Test
    void writeTemplate() {
        assertThat(
                        put(
                                TEMPLATE,
                                "stage-passed",
                                "{\"subject\": \"{{release.number}} has passed {{stage}}\", \"text\": \"Next: {{release.opensAt}}\"}"))
                .hasStatus(201)
                .apply(operation(RESOURCE, requestFields(words()), responseFields(template())));
    }
}
