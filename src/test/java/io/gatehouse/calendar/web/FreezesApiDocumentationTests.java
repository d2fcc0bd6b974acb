package io.gatehouse.calendar.web;

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
class FreezesApiDocumentationTests {

    private static final String RESOURCE = "freezes";

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> content() {
        return List.of(
                fieldWithPath("name").description("What people call it, at most 200 characters"),
                fieldWithPath("reason").description("Why nothing may start"),
                fieldWithPath("startsAt").description("The first moment of it"),
                fieldWithPath("endsAt").description("The first moment after it"),
                fieldWithPath("service")
                        .description("Key of the service it is about; all services when absent")
                        .optional()
                        .type("String"),
                fieldWithPath("environment")
                        .description("Key of the environment it is about; all environments when absent")
                        .optional()
                        .type("String"));
    }

    private static List<FieldDescriptor> freeze() {
        return Stream.concat(Stream.of(fieldWithPath("id").description("Its id")), content().stream())
                .toList();
    }

    private static PathParametersSnippet id() {
        return pathParameters(parameterWithName("id").description("Id of the freeze"));
    }

    private MockMvcRequestBuilder declaration() {
        return mvc.post()
                .uri("/api/v1/freezes")
                .with(httpBasic("mona", "mona-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {
                          "name": "End of the year",
                          "reason": "Nobody is there to help",
                          "startsAt": "2029-12-20T00:00:00Z",
                          "endsAt": "2030-01-02T00:00:00Z",
                          "environment": "production"
                        }""");
    }

    private String declared() {
        MvcTestResult declared = declaration().exchange();
        String address = String.valueOf(declared.getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    @Test
    void declareFreeze() {
        assertThat(declaration())
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(content()),
                        responseHeaders(headerWithName("Location").description("Address of the freeze")),
                        responseFields(freeze())));
    }

    @Test
    void listFreezes() {
        declared();
        assertThat(mvc.get().uri("/api/v1/freezes?limit=1").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(freeze()))));
    }

    @Test
    void showFreeze() {
        assertThat(mvc.get().uri("/api/v1/freezes/{id}", declared()).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, id(), responseFields(freeze())));
    }

    @Test
    void liftFreeze() {
        assertThat(mvc.delete().uri("/api/v1/freezes/{id}", declared()).with(httpBasic("mona", "mona-sample")))
                .hasStatus(204)
                .apply(operation(RESOURCE, id()));
    }
}
