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
class ServicesApiDocumentationTests {

    private static final String RESOURCE = "services";

    @Autowired
    private MockMvcTester mvc;

    static List<FieldDescriptor> description() {
        return List.of(
                fieldWithPath("name").description("Name for people, at most 200 characters"),
                fieldWithPath("tier").description("1 (the organisation stops without it) to 4 (only its team notices)"),
                fieldWithPath("ownerGroup").description("Key of the group that owns the service"),
                fieldWithPath("complianceScopes")
                        .description("Regulations it falls under, at most 20")
                        .optional()
                        .type("Array"),
                fieldWithPath("dependencies")
                        .description("Keys of the services it needs in order to work, at most 200; they must exist")
                        .optional()
                        .type("Array"));
    }

    static List<FieldDescriptor> service() {
        FieldDescriptor key = fieldWithPath("key").description("What the service is called everywhere");
        return Stream.concat(Stream.of(key), description().stream()).toList();
    }

    static List<FieldDescriptor> deployment() {
        return List.of(
                fieldWithPath("service").description("Key of the service"),
                fieldWithPath("environment").description("Key of the environment"),
                fieldWithPath("version").description("What was deployed, as the service's team writes it"),
                fieldWithPath("digest")
                        .description("Digest of the artifact, if it is known")
                        .optional()
                        .type("String"),
                fieldWithPath("change")
                        .description("Number of the change that brought it there; absent if none did")
                        .optional()
                        .type("String"),
                fieldWithPath("since").description("When it was deployed, UTC"),
                fieldWithPath("live").description("Whether it is what runs there now"));
    }

    @Test
    void listServices() {
        assertThat(mvc.get().uri("/api/v1/services?dependsOn=os-brick&limit=1").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(
                                parameterWithName("ownerGroup")
                                        .description("Only services of this group")
                                        .optional(),
                                parameterWithName("tier")
                                        .description("Only services of this tier")
                                        .optional(),
                                parameterWithName("complianceScope")
                                        .description("Only services under this regulation")
                                        .optional(),
                                parameterWithName("dependsOn")
                                        .description("Only services that need this one directly")
                                        .optional()),
                        responseFields(pageOf(service()))));
    }

    @Test
    void showService() {
        assertThat(mvc.get().uri("/api/v1/services/{key}", "python-novaclient").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("Key of the service")),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(service())));
    }

    @Test
    void createService() {
        String body =
                """
                {"name": "Payments", "tier": 1, "ownerGroup": "payments",
                 "complianceScopes": ["pci-dss"], "dependencies": ["keystone"]}
                """;
        assertThat(mvc.put()
                        .uri("/api/v1/services/{key}", "payments")
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
                                headerWithName("If-None-Match").description("`*`: the service must not exist yet")),
                        requestFields(description()),
                        responseHeaders(
                                headerWithName("Location").description("Address of the service"),
                                headerWithName("ETag").description("Version, to be sent in `If-Match`"))));
    }

    @Test
    void updateService() {
        String body =
                """
                {"name": "Dashboard", "tier": 2, "ownerGroup": "horizon", "dependencies": ["keystone"]}
                """;
        assertThat(mvc.put()
                        .uri("/api/v1/services/{key}", "horizon")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header("If-Match", "\"1\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The `ETag` that was read")),
                        requestFields(description())));
    }

    @Test
    void listDeployments() {
        assertThat(mvc.get()
                        .uri("/api/v1/services/{key}/deployments?environment=production", "nova")
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("Key of the service")),
                        pageParameters(
                                parameterWithName("environment")
                                        .description("Only deployments in this environment")
                                        .optional(),
                                parameterWithName("live")
                                        .description("`true`: only what runs now")
                                        .optional()),
                        responseFields(pageOf(deployment()))));
    }
}
