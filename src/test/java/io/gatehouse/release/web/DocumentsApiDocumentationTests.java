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
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class DocumentsApiDocumentationTests {

    private static final String RESOURCE = "documents";
    private static final String ONE = "/api/v1/releases/{number}";
    private static final String TEXT =
            "{\"text\": \"# Before\\n\\n- [ ] Look whether the backup of today is there\\n\"}";
    private static final String TICKETS =
            """
            {
              "tickets": [
                {"service": "nova", "kind": "TICKET", "key": "LP-2060123", "title": "Resize fails with local disks",
                 "url": "https://bugs.launchpad.net/nova/+bug/2060123"},
                {"service": "nova", "kind": "COMMIT", "key": "4f1c0de2", "title": "Keep local disks when resizing"}
              ]
            }""";

    @Autowired
    private MockMvcTester mvc;

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

    private static List<FieldDescriptor> line() {
        return List.of(
                fieldWithPath("release").description("Number of the release"),
                fieldWithPath("kind")
                        .description("`RUNBOOK`, `DEPLOYMENT_PLAN`, `VERIFICATION_CHECKLIST` or `RELEASE_NOTES`"),
                fieldWithPath("version").description("Which version, from 1"),
                fieldWithPath("sha256").description("SHA-256 of the text in UTF-8; it stands in the audit trail"),
                fieldWithPath("drafted").description("Whether Gatehouse wrote it, for whoever is named"),
                fieldWithPath("writtenBy").description("Who wrote it"),
                fieldWithPath("writtenAt").description("When, in UTC"),
                maybe("publishedBy", "Who published it; only of release notes"),
                maybe("publishedAt", "When, in UTC"));
    }

    private static List<FieldDescriptor> document() {
        return Stream.concat(line().stream(), Stream.of(fieldWithPath("text").description("Markdown")))
                .toList();
    }

    private static List<FieldDescriptor> tickets() {
        return List.of(
                fieldWithPath("tickets").description("All of them, 500 at most, in the order in which notes list them"),
                fieldWithPath("tickets[].service").description("Key of a service in the package"),
                fieldWithPath("tickets[].kind").description("`TICKET` or `COMMIT`"),
                fieldWithPath("tickets[].key")
                        .description("Key of the ticket or hash of the commit, each once for a service"),
                fieldWithPath("tickets[].title").description("What it is about, at most 300 characters"),
                maybe("tickets[].url", "Where more is said, `https://` or `http://`"));
    }

    private MockMvcTester.MockMvcRequestBuilder put(String what, String header, String value, String body) {
        return mvc.put()
                .uri(ONE + what, number)
                .with(httpBasic("rolf", "rolf-sample"))
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private MockMvcTester.MockMvcRequestBuilder post(String what, String body) {
        return mvc.post()
                .uri(ONE + what, number)
                .with(httpBasic("rolf", "rolf-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private MockMvcTester.MockMvcRequestBuilder get(String what, Object... more) {
        return mvc.get()
                .uri(
                        ONE + what,
                        Stream.concat(Stream.of(number), Stream.of(more)).toArray())
                .with(httpBasic("rita", "rita-sample"));
    }

    private void runbook() {
        assertThat(put("/documents/RUNBOOK", "If-None-Match", "*", TEXT)).hasStatus(201);
    }

    @Test
    void writeDocument() {
        runbook();
        assertThat(mvc.put()
                        .uri(ONE + "/documents/{kind}", number, "RUNBOOK")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header("If-Match", "\"1\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TEXT.replace("today", "last night")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("number").description("Number of the release"),
                                parameterWithName("kind").description("Kind of the document")),
                        requestHeaders(headerWithName("If-Match")
                                .description("The version that was read; `If-None-Match: *` writes the first")),
                        requestFields(fieldWithPath("text").description("Markdown, at most 100,000 characters")),
                        responseHeaders(headerWithName("ETag").description("The version")),
                        responseFields(document())));
    }

    @Test
    void listDocuments() {
        runbook();
        assertThat(get("/documents"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(fieldWithPath("[]").description("The newest version of each"))
                                .andWithPrefix("[].", line())));
    }

    @Test
    void showDocument() {
        runbook();
        assertThat(get("/documents/{kind}", "RUNBOOK"))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(document())));
    }

    @Test
    void showDocumentAsMarkdown() {
        runbook();
        assertThat(get("/documents/{kind}/versions/{version}", "RUNBOOK", 1).header("Accept", "text/markdown"))
                .hasStatusOk()
                .hasContentTypeCompatibleWith("text/markdown")
                .apply(operation(RESOURCE));
    }

    @Test
    void listVersions() {
        runbook();
        assertThat(get("/documents/{kind}/versions?limit=10", "RUNBOOK"))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(line()))));
    }

    @Test
    void showVersion() {
        runbook();
        assertThat(get("/documents/{kind}/versions/{version}", "RUNBOOK", 1))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(document())));
    }

    @Test
    void listTickets() {
        assertThat(put("/tickets", "If-None-Match", "*", TICKETS))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-None-Match")
                                .description(
                                        "`*` for the first list; later `If-Match` with the version that was read")),
                        requestFields(tickets()),
                        responseHeaders(headerWithName("ETag").description("The version")),
                        responseFields(written())));
    }

    private static List<FieldDescriptor> written() {
        return Stream.concat(
                        tickets().stream(),
                        Stream.of(
                                fieldWithPath("release").description("Number of the release"),
                                fieldWithPath("writtenBy").description("Who listed them"),
                                fieldWithPath("writtenAt").description("When, in UTC")))
                .toList();
    }

    @Test
    void showTickets() {
        assertThat(put("/tickets", "If-None-Match", "*", TICKETS)).hasStatusOk();
        assertThat(get("/tickets")).hasStatusOk().apply(operation(RESOURCE, responseFields(written())));
    }

    @Test
    void draftNotes() {
        assertThat(put("/tickets", "If-None-Match", "*", TICKETS)).hasStatusOk();
        assertThat(post("/release-notes/drafts", ""))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        responseHeaders(headerWithName("Location").description("Where this version is")),
                        responseFields(document())));
    }

    @Test
    void publishNotes() {
        assertThat(post("/release-notes/drafts", "")).hasStatus(201);
        assertThat(post("/release-notes/publications", "{\"version\": 1}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("version")
                                .description("Which version, later than the one that is published")),
                        responseFields(document())));
    }

    @Test
    void showNotes() {
        assertThat(post("/release-notes/drafts", "")).hasStatus(201);
        assertThat(post("/release-notes/publications", "{\"version\": 1}")).hasStatusOk();
        assertThat(get("/release-notes")).hasStatusOk().apply(operation(RESOURCE, responseFields(document())));
    }
}
