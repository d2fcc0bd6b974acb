package io.gatehouse.tool.web;

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

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ToolsApiDocumentationTests {

    private static final String RESOURCE = "tools";
    private static final RequestPostProcessor ADAM = httpBasic("adam", "adam-sample");

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> description() {
        return List.of(
                fieldWithPath("description").description("What it is for, at most 1,000 characters"),
                fieldWithPath("actions")
                        .description(
                                "What it may do: `READ`, `RAISE_CHANGES`, `REPORT_IMPLEMENTATION`, `RECORD_TESTS`, `ROLL_BACK`, `MONITOR`"),
                fieldWithPath("services").description("Keys of the services it may do that to; there is no \"all\""),
                fieldWithPath("environments")
                        .description("Keys of the environments it may do that in; in all of them when absent or empty")
                        .optional(),
                fieldWithPath("responsible")
                        .description(
                                "Id of the person who answers for it. What the tool raised counts as raised by them "
                                        + "too, so they never approve it; when they are disabled, so are its tokens"),
                fieldWithPath("enabled")
                        .description("Whether its tokens are accepted; `true` when absent")
                        .optional()
                        .type("Boolean"));
    }

    private static List<FieldDescriptor> tool() {
        return Stream.of(
                        Stream.of(fieldWithPath("name").description("Its name, never used for anything else")),
                        description().stream(),
                        Stream.of(
                                fieldWithPath("createdBy").description("Id of who added it"),
                                fieldWithPath("createdAt").description("When")))
                .flatMap(fields -> fields)
                .toList();
    }

    private static List<FieldDescriptor> token() {
        return List.of(
                fieldWithPath("id").description("Its public part: what follows `gh_`, 12 characters"),
                fieldWithPath("createdBy").description("Id of who made it. Counts like the person responsible"),
                fieldWithPath("createdAt").description("When"),
                fieldWithPath("expiresAt").description("From when on it is refused"),
                fieldWithPath("lastUsedAt")
                        .description("When it was last used, up to two minutes late; absent if never")
                        .optional()
                        .type("String"),
                fieldWithPath("revokedAt")
                        .description("When it was revoked; absent if it was not")
                        .optional()
                        .type("String"));
    }

    private static List<FieldDescriptor> newToken() {
        return Stream.concat(
                        Stream.of(fieldWithPath("token").description("The token. Nobody can show it a second time")),
                        token().stream())
                .toList();
    }

    private MockMvcRequestBuilder put() {
        return mvc.put()
                .uri("/api/v1/tools/{name}", "glance-pipeline")
                .with(ADAM)
                .header("If-None-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {
                          "description": "Releases glance from its main branch",
                          "actions": ["READ", "RAISE_CHANGES", "REPORT_IMPLEMENTATION"],
                          "services": ["glance"],
                          "environments": ["staging", "production"],
                          "responsible": "rita"
                        }""");
    }

    private MockMvcRequestBuilder issue() {
        return mvc.post()
                .uri("/api/v1/tools/{name}/tokens", "glance-pipeline")
                .with(ADAM)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}");
    }

    private String issued(String field) throws Exception {
        put().exchange();
        MvcTestResult answer = issue().exchange();
        return JsonPath.read(answer.getResponse().getContentAsString(), "$." + field);
    }

    @Test
    void putTool() {
        assertThat(put())
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("name")
                                .description("1 to 50 lower-case letters, digits, dots and hyphens; for ever")),
                        requestHeaders(
                                headerWithName("If-None-Match").description("`*` to add it; `If-Match` to change it")),
                        requestFields(description()),
                        responseHeaders(headerWithName("ETag").description("Its version")),
                        responseFields(tool())));
    }

    @Test
    void listTools() {
        put().exchange();
        assertThat(mvc.get().uri("/api/v1/tools?limit=1").with(ADAM))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(tool()))));
    }

    @Test
    void showTool() {
        put().exchange();
        assertThat(mvc.get().uri("/api/v1/tools/{name}", "glance-pipeline").with(ADAM))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("name").description("Its name")),
                        responseFields(tool())));
    }

    @Test
    void issueToken() {
        put().exchange();
        assertThat(issue())
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("expiresAt")
                                .description("When it ends: at most, and if absent, 90 days from now"
                                        + " (the operator may change that)")
                                .optional()
                                .type("String")),
                        responseFields(newToken())));
    }

    @Test
    void listTokens() throws Exception {
        issued("id");
        assertThat(mvc.get()
                        .uri("/api/v1/tools/{name}/tokens", "glance-pipeline")
                        .with(ADAM))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(pageOf(token()))));
    }

    @Test
    void rotateToken() throws Exception {
        assertThat(mvc.post()
                        .uri("/api/v1/tools/{name}/tokens/{id}/rotation", "glance-pipeline", issued("id"))
                        .with(ADAM)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"overlap\": \"PT24H\"}"))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("name").description("Name of the tool"),
                                parameterWithName("id").description("Id of the token to be replaced")),
                        requestFields(
                                fieldWithPath("overlap")
                                        .description("How long the old token is still accepted, as an ISO 8601 duration"
                                                + " up to 7 days; not at all when absent")
                                        .optional()
                                        .type("String"),
                                fieldWithPath("expiresAt")
                                        .description("When the new one ends")
                                        .optional()
                                        .type("String")),
                        responseFields(newToken())));
    }

    @Test
    void revokeToken() throws Exception {
        assertThat(mvc.delete()
                        .uri("/api/v1/tools/{name}/tokens/{id}", "glance-pipeline", issued("id"))
                        .with(ADAM))
                .hasStatus(204)
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("name").description("Name of the tool"),
                                parameterWithName("id").description("Id of the token"))));
    }

    @Test
    void callWithToken() throws Exception {
        assertThat(mvc.get().uri("/api/v1/services/glance").header("Authorization", "Bearer " + issued("token")))
                .hasStatusOk()
                .apply(operation(RESOURCE));
    }
}
