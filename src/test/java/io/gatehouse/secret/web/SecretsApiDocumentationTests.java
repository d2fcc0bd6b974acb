package io.gatehouse.secret.web;

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

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class SecretsApiDocumentationTests {

    private static final String RESOURCE = "secrets";
    private static final RequestPostProcessor ADAM = httpBasic("adam", "adam-sample");

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> secret() {
        return List.of(
                fieldWithPath("name").description("Its name; settings say `stored:` and this"),
                fieldWithPath("version").description("Counts from 1 with each new value"),
                fieldWithPath("keyId").description("Id of the key it is encrypted with"),
                fieldWithPath("readable").description("Whether the node that answers has that key"),
                fieldWithPath("changedBy").description("Id of who put the value"),
                fieldWithPath("changedAt").description("When"),
                fieldWithPath("usedBy")
                        .description("What uses it, as the settings of the node that answers say:"
                                + " `connector:` and the connector's name"));
    }

    private MockMvcRequestBuilder put() {
        return mvc.put()
                .uri("/api/v1/secrets/{name}", "jenkins-token")
                .with(ADAM)
                .header("If-None-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"value\": \"Bearer 11c5d2f0a9e84d6b\"}");
    }

    @Test
    void putSecret() {
        assertThat(put())
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("name")
                                .description("1 to 64 lower-case letters, digits, dots and hyphens")),
                        requestHeaders(
                                headerWithName("If-None-Match").description("`*` to add it; `If-Match` to change it")),
                        requestFields(
                                fieldWithPath("value")
                                        .description(
                                                "The value, at most 4,096 bytes in UTF-8; no answer ever holds it"),
                                fieldWithPath("acceptPrevious")
                                        .description(
                                                "Whether callbacks that are signed with the value before are still"
                                                        + " accepted, for 24 hours; `true` when absent. Say `false` if it leaked")
                                        .optional()
                                        .type("Boolean")),
                        responseHeaders(headerWithName("ETag").description("Its version")),
                        responseFields(secret())));
    }

    @Test
    void listSecrets() {
        put().exchange();
        assertThat(mvc.get().uri("/api/v1/secrets?limit=1").with(ADAM))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(secret()))));
    }

    @Test
    void showSecret() {
        put().exchange();
        assertThat(mvc.get().uri("/api/v1/secrets/{name}", "jenkins-token").with(ADAM))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("name").description("Its name")),
                        responseHeaders(headerWithName("ETag").description("Its version, for `If-Match`")),
                        responseFields(secret())));
    }

    @Test
    void deleteSecret() {
        put().exchange();
        assertThat(mvc.delete().uri("/api/v1/secrets/{name}", "jenkins-token").with(ADAM))
                .hasStatus(204)
                .apply(operation(
                        RESOURCE, pathParameters(parameterWithName("name").description("Its name"))));
    }
}
