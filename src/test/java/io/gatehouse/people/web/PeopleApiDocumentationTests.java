package io.gatehouse.people.web;

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
class PeopleApiDocumentationTests {

    private static final String RESOURCE = "people";
    private static final RequestPostProcessor ADAM = httpBasic("adam", "adam-sample");

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> description() {
        return List.of(
                fieldWithPath("name").description("What others read, 1 to 100 characters"),
                fieldWithPath("email")
                        .description("Address that mail can be sent to; absent if there is none")
                        .optional()
                        .type("String"),
                fieldWithPath("roles")
                        .description("Roles, as in <<permissions>>; none when absent")
                        .optional()
                        .type("Array"),
                fieldWithPath("teams")
                        .description("Teams: the groups that own services; one that is new is made. None when absent")
                        .optional()
                        .type("Array"));
    }

    private static List<FieldDescriptor> person() {
        return Stream.of(
                        Stream.of(fieldWithPath("id").description("What they sign in with; records count them by it")),
                        description().stream(),
                        Stream.of(fieldWithPath("enabled").description("Whether they may come in")))
                .flatMap(fields -> fields)
                .toList();
    }

    private MockMvcRequestBuilder post(String path, Object... variables) {
        return mvc.post().uri("/api/v1/people" + path, variables).with(ADAM).contentType(MediaType.APPLICATION_JSON);
    }

    private MockMvcRequestBuilder add() {
        return post("").content(
                        """
                        {
                          "id": "nora.berg",
                          "name": "Nora Berg",
                          "email": "nora.berg@example.com",
                          "roles": ["requester", "technical-approver"],
                          "teams": ["glance"]
                        }""");
    }

    @Test
    void addPerson() {
        assertThat(add())
                .hasStatus(201)
                .hasHeader("Location", "/api/v1/people/nora.berg")
                .apply(operation(
                        RESOURCE,
                        requestFields(Stream.concat(
                                        Stream.of(fieldWithPath("id")
                                                .description("1 to 64 of `a-z`, `0-9`, dots, hyphens and underscores,"
                                                        + " for ever theirs")),
                                        description().stream())
                                .toList()),
                        responseHeaders(headerWithName("ETag").description("Version of the person")),
                        responseFields(person())));
    }

    @Test
    void listPeople() {
        assertThat(mvc.get().uri("/api/v1/people?limit=2").with(ADAM))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(person()))));
    }

    @Test
    void showPerson() {
        add().exchange();
        assertThat(mvc.get().uri("/api/v1/people/{id}", "nora.berg").with(ADAM))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("id").description("Their id")),
                        responseFields(person())));
    }

    @Test
    void changePerson() {
        String version =
                java.util.Objects.requireNonNull(add().exchange().getResponse().getHeader("ETag"));
        assertThat(
                        mvc.put()
                                .uri("/api/v1/people/{id}", "nora.berg")
                                .with(ADAM)
                                .header("If-Match", version)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                {
                                  "name": "Nora Berg",
                                  "roles": ["requester", "ops-lead"]
                                }"""))
                .hasStatusOk()
                .hasHeader("ETag", "\"2\"")
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("id").description("Their id")),
                        requestHeaders(headerWithName("If-Match").description("The version that was read")),
                        requestFields(description()),
                        responseFields(person())));
    }

    @Test
    void disablePerson() {
        add().exchange();
        assertThat(post("/{id}/disablement", "nora.berg"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("id").description("Their id")),
                        responseFields(person())));
    }

    @Test
    void enablePerson() {
        add().exchange();
        post("/{id}/disablement", "nora.berg").exchange();
        assertThat(post("/{id}/enablement", "nora.berg"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("id").description("Their id")),
                        responseFields(person())));
    }

    @Test
    void erasePerson() {
        add().exchange();
        assertThat(post("/{id}/erasure", "nora.berg"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("id").description("Their id")),
                        responseFields(person())));
    }

    @Test
    void signPersonOut() {
        add().exchange();
        assertThat(post("/{id}/sign-out", "nora.berg"))
                .hasStatus(204)
                .apply(operation(
                        RESOURCE, pathParameters(parameterWithName("id").description("Their id"))));
    }

    @Test
    void makePasswordLink() throws Exception {
        add().exchange();
        MvcTestResult answer = post("/{id}/password-links", "nora.berg").exchange();
        assertThat(answer)
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("id").description("Their id")),
                        responseFields(
                                fieldWithPath("link")
                                        .description("What to hand to them. Nobody can show it a second time"),
                                fieldWithPath("expiresAt").description("When it ends, in three days"))));
        String link = JsonPath.read(answer.getResponse().getContentAsString(), "$.link");
        assertThat(mvc.get().uri(link)).hasStatusOk().bodyText().contains("Nora Berg", "nora.berg");
    }

    @Test
    void keepsALinkOutOfTheRepeatedAnswer() throws Exception {
        add().exchange();
        MockMvcRequestBuilder first = post("/{id}/password-links", "nora.berg").header("Idempotency-Key", "link-1");
        String link = JsonPath.read(first.exchange().getResponse().getContentAsString(), "$.link");

        assertThat(post("/{id}/password-links", "nora.berg").header("Idempotency-Key", "link-1"))
                .hasStatus(201)
                .bodyText()
                .contains("shown only in the first answer")
                .doesNotContain(link);
    }

    @Test
    void isForAdministratorsAndAuditorsOnly() {
        assertThat(mvc.get().uri("/api/v1/people/{id}", "adam").with(httpBasic("alma", "alma-sample")))
                .hasStatusOk();
        assertThat(mvc.get().uri("/api/v1/people").with(httpBasic("mona", "mona-sample")))
                .hasStatus(403);
        for (String person : List.of("alma", "mona")) {
            assertThat(mvc.post()
                            .uri("/api/v1/people/{id}/disablement", "adam")
                            .with(httpBasic(person, person + "-sample")))
                    .hasStatus(403);
        }
        assertThat(mvc.get().uri("/api/v1/people")).hasStatus(401);
    }
}
