package io.gatehouse.change.web;

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
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ChangeTemplatesApiDocumentationTests {

    static final String TEMPLATE =
            """
            {
              "title": "Restart placement",
              "active": true,
              "service": "placement",
              "environment": "production",
              "plans": {
                "implementation": "Restart one node after the other",
                "test": "Ask each for its version",
                "backout": "Start the node again",
                "communication": "Nobody notices"
              }
            }""";

    private static final String RESOURCE = "change-templates";

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> content() {
        return List.of(
                fieldWithPath("title").description("Title of every change from it"),
                fieldWithPath("active").description("Whether changes may be raised from it; `false` retires it"),
                fieldWithPath("service").description("Key of the service it changes"),
                fieldWithPath("environment").description("Key of the environment"),
                text("plans.implementation", "How it is made"),
                text("plans.test", "How it is checked"),
                text("plans.backout", "How it is undone"),
                text("plans.communication", "Who is told, and how"));
    }

    private static List<FieldDescriptor> template() {
        return Stream.concat(
                        Stream.of(fieldWithPath("key").description("What it is called everywhere")), content().stream())
                .toList();
    }

    private static PathParametersSnippet key() {
        return pathParameters(parameterWithName("key")
                .description("Key of the template: lower-case letters, digits, dots and hyphens; at most 63"));
    }

    private MockMvcRequestBuilder put(String body) {
        return mvc.put()
                .uri("/api/v1/change-templates/{key}", "restart-placement")
                .with(httpBasic("mona", "mona-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private void created() {
        assertThat(put(TEMPLATE).header("If-None-Match", "*")).hasStatus(201);
    }

    @Test
    void createTemplate() {
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
    void retireTemplate() {
        created();
        assertThat(put(TEMPLATE.replace("true", "false")).header("If-Match", "\"1\""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The `ETag` that was read")),
                        requestFields(content()),
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
}
