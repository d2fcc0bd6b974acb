package io.gatehouse.catalog.web;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class EnvironmentsApiDocumentationTests {

    private static final String RESOURCE = "environments";

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> description() {
        return List.of(
                fieldWithPath("name").description("Name for people, at most 200 characters"),
                fieldWithPath("kind").description("`DEVELOPMENT`, `TEST`, `STAGING` or `PRODUCTION`"),
                fieldWithPath("order")
                        .description("Where it stands on the way to production, 1 to 1000; 1 is the first"),
                fieldWithPath("production").description("Whether the rules for production apply"));
    }

    private static List<FieldDescriptor> environment() {
        FieldDescriptor key = fieldWithPath("key").description("What the environment is called everywhere");
        return Stream.concat(Stream.of(key), description().stream()).toList();
    }

    @Test
    void listEnvironments() {
        assertThat(mvc.get().uri("/api/v1/environments").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(environment()))));
    }

    @Test
    void showEnvironment() {
        assertThat(mvc.get().uri("/api/v1/environments/{key}", "production").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("Key of the environment")),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(environment())));
    }

    @Test
    void createEnvironment() {
        String body =
                """
                {"name": "Disaster recovery", "kind": "PRODUCTION", "order": 4, "production": true}
                """;
        assertThat(mvc.put()
                        .uri("/api/v1/environments/{key}", "recovery")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header("If-None-Match", "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key")
                                .description("Lower-case letters, digits, dots and hyphens; at most 63")),
                        requestHeaders(
                                headerWithName("If-None-Match").description("`*`: the environment must not exist yet")),
                        requestFields(description())));
    }

    @Test
    void listDeployments() {
        assertThat(mvc.get()
                        .uri("/api/v1/environments/{key}/deployments?live=true&limit=2", "production")
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("Key of the environment")),
                        pageParameters(
                                parameterWithName("service")
                                        .description("Only deployments of this service")
                                        .optional(),
                                parameterWithName("live")
                                        .description("`true`: only what runs now")
                                        .optional()),
                        responseFields(pageOf(ServicesApiDocumentationTests.deployment()))));
    }
}
