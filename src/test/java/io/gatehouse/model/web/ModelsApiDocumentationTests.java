package io.gatehouse.model.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.testing.ApiDocumentationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
class ModelsApiDocumentationTests {

    private static final String RESOURCE = "models";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private ObjectMapper json;

    private static List<FieldDescriptor> proposal() {
        return List.of(
                fieldWithPath("id").description("Its id"),
                fieldWithPath("file")
                        .description("Name of the file: the id of the process, table or form, and its kind"),
                fieldWithPath("sha256").description("Digest of the file, as `sha256sum` prints it"),
                fieldWithPath("why").description("What it is good for, in the words of whoever proposed it"),
                fieldWithPath("state").description("`PROPOSED`, `DEPLOYED` or `REJECTED`"),
                fieldWithPath("proposedBy").description("Who proposed it"),
                fieldWithPath("proposedAt").description("When"));
    }

    private static List<FieldDescriptor> decided() {
        List<FieldDescriptor> fields = new ArrayList<>(proposal());
        fields.add(
                fieldWithPath("decidedBy").description("Who decided").optional().type("String"));
        fields.add(fieldWithPath("decidedAt").description("When").optional().type("String"));
        fields.add(fieldWithPath("reason")
                .description("Why they decided so")
                .optional()
                .type("String"));
        fields.add(fieldWithPath("version")
                .description("The version the engine counts for this process, table or form, once deployed")
                .optional()
                .type("Number"));
        return fields;
    }

    private static PathParametersSnippet id() {
        return pathParameters(parameterWithName("id").description("Id of the proposal"));
    }

    private MockMvcRequestBuilder proposed(String file, String content) throws IOException {
        return mvc.post()
                .uri("/api/v1/models")
                .with(httpBasic("mona", "mona-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(
                        Map.of("file", file, "content", content, "why", "Ask two seats in production")));
    }

    private String proposed() throws IOException {
        MvcTestResult answer = proposed("ChooseApprovers.dmn", table()).exchange();
        String address = String.valueOf(answer.getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private static String table() throws IOException {
        return Files.readString(Path.of("processes/change/ChooseApprovers.dmn"));
    }

    @Test
    void proposeModel() throws IOException {
        assertThat(proposed("ChooseApprovers.dmn", table()))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("file")
                                        .description(
                                                "The id of the process, table or form, and `.bpmn`, `.dmn` or `.form`"),
                                fieldWithPath("content").description("The file as text, at most 100,000 characters"),
                                fieldWithPath("why").description("What it is good for, at most 1,000 characters")),
                        responseHeaders(headerWithName("Location").description("Address of the proposal")),
                        responseFields(proposal())));
    }

    @Test
    void refuseModel() throws IOException {
        assertThat(proposed("ChooseApprovers.dmn", table().replace("name=\"seats\"", "name=\"chairs\"")))
                .hasStatus(400)
                .apply(operation(RESOURCE));
    }

    @Test
    void listModels() throws IOException {
        proposed();
        assertThat(mvc.get().uri("/api/v1/models?limit=1").with(httpBasic("rolf", "rolf-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(decided()))));
    }

    @Test
    void showModel() throws IOException {
        assertThat(mvc.get().uri("/api/v1/models/{id}", proposed()).with(httpBasic("rolf", "rolf-sample")))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.content")
                .asString()
                .isEqualTo(table());
    }

    @Test
    void decideOnModel() throws IOException {
        String id = proposed();
        String sha256 = json.readTree(mvc.get()
                        .uri("/api/v1/models/{id}", id)
                        .with(httpBasic("rolf", "rolf-sample"))
                        .exchange()
                        .getResponse()
                        .getContentAsString())
                .get("sha256")
                .asText();
        assertThat(mvc.post()
                        .uri("/api/v1/models/{id}/decision", id)
                        .with(httpBasic("rolf", "rolf-sample"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json.writeValueAsString(
                                Map.of("decision", "REJECT", "sha256", sha256, "reason", "One seat is enough"))))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        id(),
                        requestFields(
                                fieldWithPath("decision").description("`APPROVE` deploys it, `REJECT` does not"),
                                fieldWithPath("sha256").description("Digest of what you looked at"),
                                fieldWithPath("reason").description("Why, at most 1,000 characters")),
                        responseFields(decided())));
    }
}
