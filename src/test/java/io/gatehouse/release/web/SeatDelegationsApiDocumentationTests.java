package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class SeatDelegationsApiDocumentationTests {

    private static final String RESOURCE = "release-delegations";
    private static final String ALL = "/api/v1/release-delegations";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    private static List<FieldDescriptor> delegation(String path) {
        return Stream.of(
                        fieldWithPath("id").description("What it is called"),
                        fieldWithPath("seat").description("The role"),
                        fieldWithPath("person").description("Id of who has that role"),
                        fieldWithPath("delegate").description("Id of who answers in their place"),
                        fieldWithPath("from").description("The first moment of it, in UTC"),
                        fieldWithPath("until").description("The first moment after it, in UTC"),
                        fieldWithPath("givenBy").description("Who said so"),
                        fieldWithPath("givenAt").description("When, in UTC"),
                        fieldWithPath("withdrawnBy")
                                .description("Who ended it before its time")
                                .optional()
                                .type("String"),
                        fieldWithPath("withdrawnAt")
                                .description("When, in UTC")
                                .optional()
                                .type("String"))
                .map(field -> {
                    FieldDescriptor of = fieldWithPath(path + field.getPath()).description(field.getDescription());
                    return field.isOptional() ? of.optional().type("String") : of;
                })
                .toList();
    }

    private MockMvcTester.MockMvcRequestBuilder give(String person, String body) {
        return mvc.post()
                .uri(ALL)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private long given() {
        String until = Instant.now().plus(3, ChronoUnit.DAYS).toString();
        assertThat(give("quinn", "{\"seat\": \"qa-lead\", \"delegate\": \"theo\", \"until\": \"" + until + "\"}"))
                .hasStatusOk();
        return jdbc.queryForObject("select max(id) from release_delegation", Long.class);
    }

    @Test
    void giveDelegation() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(give(
                        "quinn",
                        """
                        {
                          "seat": "qa-lead",
                          "person": "quinn",
                          "delegate": "theo",
                          "from": "%s",
                          "until": "%s"
                        }"""
                                .formatted(now.plus(1, ChronoUnit.DAYS), now.plus(15, ChronoUnit.DAYS))))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("seat").description("The role for which somebody answers"),
                                fieldWithPath("person")
                                        .description("Id of who has that role; yourself if not given")
                                        .optional(),
                                fieldWithPath("delegate").description("Id of who answers; in a role that may vote"),
                                fieldWithPath("from")
                                        .description("The first moment of it; now if not given")
                                        .optional(),
                                fieldWithPath("until")
                                        .description("The first moment after it, at most 366 days later")),
                        responseFields(delegation(""))));
    }

    @Test
    void listDelegations() {
        given();
        assertThat(mvc.get().uri(ALL + "?limit=1").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(Stream.concat(
                                        delegation("items[].").stream(),
                                        Stream.of(fieldWithPath("next")
                                                .description("Cursor of the next page")
                                                .optional()
                                                .type("String")))
                                .toList())));
    }

    @Test
    void withdrawDelegation() {
        assertThat(mvc.post().uri(ALL + "/{id}/withdrawal", given()).with(httpBasic("quinn", "quinn-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("id").description("What the delegation is called")),
                        responseFields(delegation(""))))
                .bodyJson()
                .extractingPath("$.withdrawnBy")
                .isEqualTo("quinn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"seat\": \"qa-lead\", \"delegate\": \"theo\"}",
                "{\"seat\": \"qa-lead\", \"delegate\": \"theo\", \"until\": \"some day\"}",
                "{\"seat\": \"qa-lead\", \"delegate\": \"theo\", \"until\": \"1999-01-01T00:00:00Z\"}",
                "{\"seat\": \"qa-lead\", \"person\": \"\", \"delegate\": \"theo\", \"until\": \"2999-01-01T00:00:00Z\"}",
                "{\"seat\": \"auditor\", \"delegate\": \"theo\", \"until\": \"2999-01-01T00:00:00Z\"}"
            })
    void refusesWhatHasNoSense(String body) {
        assertThat(give("quinn", body)).hasStatus(400);
    }

    @Test
    void refusesWhatIsNotTheirs() {
        long id = given();
        assertThat(give(
                        "oskar",
                        "{\"seat\": \"qa-lead\", \"person\": \"quinn\", \"delegate\": \"theo\","
                                + " \"until\": \"2999-01-01T00:00:00Z\"}"))
                .hasStatus(403);
        assertThat(mvc.post().uri(ALL + "/{id}/withdrawal", id).with(httpBasic("oskar", "oskar-sample")))
                .hasStatus(403);
        assertThat(mvc.post().uri(ALL + "/{id}/withdrawal", 999_999_999).with(httpBasic("rolf", "rolf-sample")))
                .hasStatus(404);
    }
}
