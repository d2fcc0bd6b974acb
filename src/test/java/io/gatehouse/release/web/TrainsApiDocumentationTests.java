package io.gatehouse.release.web;

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
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.Map;
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
class TrainsApiDocumentationTests {

    private static final String RESOURCE = "trains";
    private static final String ONE = "/api/v1/trains/{key}";

    private static final String CONTENT =
            """
            {
              "name": "OpenStack 2026.2 Hibiscus",
              "series": "openstack",
              "cadence": "P26W",
              "startsOn": "2026-04-06",
              "releasesOn": "2026-09-28",
              "milestones": [
                {"name": "nova-spec-freeze", "kind": "FREEZE", "service": "nova",
                 "startsOn": "2026-06-08", "endsOn": "2026-06-12"},
                {"name": "oslo-feature-freeze", "kind": "FREEZE", "about": "oslo",
                 "startsOn": "2026-08-10", "endsOn": "2026-08-14"},
                {"name": "final", "kind": "FINAL", "startsOn": "2026-09-28", "endsOn": "2026-10-02"}
              ]
            }""";

    private static final String SCHEDULE =
            """
            start-week: 2026-09-14
            release-week: 2026-09-28
            cycle:
              - start: 2026-09-14
                end: 2026-09-18
                name: R-2
                x-project: [i-election-voting]
                project-specific: [h-nova-review-day]
              - start: 2026-09-21
                end: 2026-09-25
                name: R-1
                x-project: [h-finalrc, i-election-voting]
              - start: 2026-09-28
                end: 2026-10-02
                name: R+0
                x-project: [h-final]
            """;

    @Autowired
    private MockMvcTester mvc;

    private static FieldDescriptor field(String path, String description) {
        return fieldWithPath(path).description(description);
    }

    private static FieldDescriptor maybe(String path, String type, String description) {
        return field(path, description).optional().type(type);
    }

    private static List<FieldDescriptor> heading() {
        return List.of(
                field("name", "What people call it, at most 200 characters"),
                maybe("series", "String", "What it is the next of, written as a key"),
                maybe(
                        "cadence",
                        "String",
                        "After what time the next one follows, a period of one unit: `P6M`, `P26W`, `P90D`, `P1Y`"),
                field("startsOn", "Its first day"),
                field("releasesOn", "The day on which it releases, not before it starts"));
    }

    private static List<FieldDescriptor> content() {
        return Stream.concat(
                        heading().stream(),
                        Stream.of(
                                maybe("milestones", "Array", "What is in its schedule, at most 500; none if absent"),
                                maybe(
                                        "milestones[].name",
                                        "String",
                                        "What it is called, written as a key; no two of one name start on the same day"),
                                maybe("milestones[].kind", "String", "What it is, see the table of kinds"),
                                maybe(
                                        "milestones[].service",
                                        "String",
                                        "Key of the service that it is about, which the catalog knows"),
                                maybe(
                                        "milestones[].about",
                                        "String",
                                        "Whom it is about if that is no service of the catalog; with neither, the"
                                                + " whole train"),
                                maybe("milestones[].startsOn", "String", "Its first day; may be before the train's"),
                                maybe("milestones[].endsOn", "String", "Its last day")))
                .toList();
    }

    private static List<FieldDescriptor> train() {
        return Stream.of(
                        Stream.of(key()),
                        content().stream(),
                        Stream.of(
                                maybe(
                                        "nextPlanned.startsOn",
                                        "String",
                                        "First day of the next one, as many days later as it releases later"),
                                maybe(
                                        "nextPlanned.releasesOn",
                                        "String",
                                        "When the next one would release, as the cadence says; absent without one"),
                                subsectionWithPath("nextPlanned.milestones")
                                        .description("Its milestones, as many days later")
                                        .optional()
                                        .type("Array")))
                .flatMap(fields -> fields)
                .toList();
    }

    private static FieldDescriptor key() {
        return field("key", "What the train is called everywhere");
    }

    private static PathParametersSnippet keyInPath() {
        return pathParameters(parameterWithName("key").description("Key of the train"));
    }

    private MockMvcRequestBuilder put(String precondition, String value, String content) {
        return mvc.put()
                .uri(ONE, "hibiscus")
                .with(httpBasic("rolf", "rolf-sample"))
                .header(precondition, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(content);
    }

    private MockMvcRequestBuilder creation() {
        return put("If-None-Match", "*", CONTENT);
    }

    @Test
    void createTrain() {
        assertThat(creation())
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestHeaders(
                                headerWithName("If-None-Match").description("`*`: the train must not exist yet")),
                        requestFields(content()),
                        responseHeaders(
                                headerWithName("Location").description("Address of the train"),
                                headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(train())));
    }

    @Test
    void updateTrain() {
        assertThat(creation()).hasStatus(201);
        assertThat(put("If-Match", "\"1\"", CONTENT.replace("2026-09-28", "2026-09-29")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The version that was read")),
                        requestFields(content()),
                        responseFields(train())));
    }

    @Test
    void importSchedule() throws JsonProcessingException {
        assertThat(creation()).hasStatus(201);
        assertThat(mvc.post()
                        .uri(ONE + "/schedule-imports", "hibiscus")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(new ObjectMapper().writeValueAsString(Map.of("schedule", SCHEDULE))))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        keyInPath(),
                        requestFields(field("schedule", "The text of the file, at most 100,000 characters")),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(train())));
    }

    @Test
    void listTrains() {
        assertThat(mvc.get().uri("/api/v1/trains?limit=1").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(),
                        responseFields(pageOf(Stream.concat(Stream.of(key()), heading().stream())
                                .toList()))));
    }

    @Test
    void showTrain() {
        assertThat(creation()).hasStatus(201);
        assertThat(mvc.get().uri(ONE, "hibiscus").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        keyInPath(),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(train())));
    }
}
