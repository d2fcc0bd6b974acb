package io.gatehouse.api;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@ApiDocumentationTest
class ConventionsApiDocumentationTests {

    private static final String RESOURCE = "conventions";

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> problem() {
        return List.of(
                fieldWithPath("type").description("Name of the kind of problem; it never changes, so branch on it"),
                fieldWithPath("title").description("The kind of problem in a few words"),
                fieldWithPath("status").description("The HTTP status"),
                fieldWithPath("detail").description("What happened and what to do about it"));
    }

    private static List<FieldDescriptor> problemWithFields() {
        return Stream.concat(
                        problem().stream(),
                        Stream.of(
                                fieldWithPath("fields[].field")
                                        .description("Path of a field or parameter that is wrong"),
                                fieldWithPath("fields[].message").description("What is expected of it")))
                .toList();
    }

    @Test
    void invalidRequest() {
        String body = """
                {"name": "Compute", "tier": 7, "ownerGroup": "Nova team"}
                """;
        assertThat(mvc.put()
                        .uri("/api/v1/services/{key}", "nova")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header("If-Match", "\"0\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatus(400)
                .apply(operation(RESOURCE, responseFields(problemWithFields())));
    }

    @Test
    void guideIsOpenToEverybody() {
        assertThat(mvc.get().uri("/docs")).hasStatus3xxRedirection().hasRedirectedUrl("/docs/index.html");
        assertThat(mvc.get().uri("/docs/index.html")).hasStatusOk().hasContentType(MediaType.TEXT_HTML);
    }

    @Test
    void unknownParameter() {
        assertThat(mvc.get().uri("/api/v1/services?owner=nova").with(httpBasic("rita", "rita-sample")))
                .hasStatus(400)
                .apply(operation(RESOURCE, responseFields(problemWithFields())));
    }

    @Test
    void staleUpdate() {
        String body = """
                {"name": "Compute", "tier": 1, "ownerGroup": "nova"}
                """;
        assertThat(mvc.put()
                        .uri("/api/v1/services/{key}", "nova")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header("If-Match", "\"41\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatus(412)
                .apply(operation(RESOURCE, responseFields(problem())));
    }
}
