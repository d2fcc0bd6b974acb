package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.ApiDocumentationTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class CriteriaApiDocumentationTests {

    private static final String RESOURCE = "criteria";

    private static final String CRITERION =
            """
            {
              "title": "The load test is green",
              "details": "A thousand machines in ten minutes",
              "ownerGroup": "qa-lead",
              "dueAt": "2997-12-31T18:00:00Z"
            }""";

    private static final String MET = """
            {"met": true, "note": "Run 4711"}""";

    @Autowired
    private MockMvcTester mvc;

    private static FieldDescriptor text(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    private static List<FieldDescriptor> criterion() {
        return List.of(
                fieldWithPath("number").description("What it is called everywhere"),
                fieldWithPath("title").description("What has to be so"),
                text("details", "More about it"),
                text("owner", "Who says whether it is so"),
                text("ownerGroup", "Or whoever of this role is first"),
                fieldWithPath("dueAt").description("Until when, in UTC"),
                fieldWithPath("state").description("`OPEN`, `CONFIRMED`, `NOT_MET` or `WITHDRAWN`"),
                text("missingSince", "Since when it is missing, in UTC; absent if it is confirmed or withdrawn"),
                fieldWithPath("answers").description("Everything that was said of it, oldest first"),
                text("answers[].kind", "`CONFIRMED`, `NOT_MET`, `REOPENED` or `WITHDRAWN`"),
                text("answers[].by", "Who said it; absent if it was withdrawn because the release was over"),
                text("answers[].at", "When, in UTC"),
                text("answers[].note", "How to see it, or why"),
                fieldWithPath("addedBy").description("Who added it"),
                fieldWithPath("addedAt").description("When, in UTC"));
    }

    private MockMvcTester.MockMvcRequestBuilder post(String person, String path, String body, Object... values) {
        return mvc.post()
                .uri("/api/v1/releases" + path, values)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private String started() {
        MvcTestResult planned = post("rolf", "", new Operations().bodyOf("POST /api/v1/releases"))
                .exchange();
        assertThat(planned).hasStatus(201);
        String number =
                String.valueOf(planned.getResponse().getHeader("Location")).replaceFirst(".*/", "");
        assertThat(post("rolf", "/{number}/start", "", number)).hasStatusOk();
        return number;
    }

    private String addedTo(String release) {
        MvcTestResult added =
                post("rolf", "/{number}/criteria", CRITERION, release).exchange();
        assertThat(added).hasStatus(201);
        return JsonPath.read(
                new String(added.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8), "$.number");
    }

    private String confirmedOf(String release) {
        String criterion = addedTo(release);
        assertThat(post("quinn", "/{number}/criteria/{criterion}/confirmations", MET, release, criterion))
                .hasStatusOk();
        return criterion;
    }

    @Test
    void addCriterion() {
        assertThat(post("rolf", "/{number}/criteria", CRITERION, started()))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("title")
                                        .description("What has to be so, in a line of at most 200 characters"),
                                text("details", "More about it, at most 20,000 characters"),
                                text("owner", "Id of the person who says whether it is so"),
                                text("ownerGroup", "Or a role of which somebody does; one of both"),
                                fieldWithPath("dueAt").description("Until when, not after the window of the release")),
                        responseFields(criterion())));
    }

    @Test
    void listCriteria() {
        String release = started();
        confirmedOf(release);
        assertThat(mvc.get().uri("/api/v1/releases/{number}/criteria", release).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(fieldWithPath("[]").description("In the order in which they were added"))
                                .andWithPrefix("[].", criterion())));
    }

    @Test
    void confirmCriterion() {
        String release = started();
        assertThat(post("quinn", "/{number}/criteria/{criterion}/confirmations", MET, release, addedTo(release)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("met").description("Whether it is so"),
                                fieldWithPath("note")
                                        .description("How to see it, or why it is not, at most 2,000 characters")),
                        responseFields(criterion())));
    }

    @Test
    void reopenCriterion() {
        String release = started();
        assertThat(post(
                        "rolf",
                        "/{number}/criteria/{criterion}/reopening",
                        "{\"reason\": \"The package has another version\", \"dueAt\": \"2997-12-31T20:00:00Z\"}",
                        release,
                        confirmedOf(release)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("reason").description("Why, at most 2,000 characters"),
                                fieldWithPath("dueAt").description("Until when it should be answered now")),
                        responseFields(criterion())));
    }

    @Test
    void withdrawCriterion() {
        String release = started();
        assertThat(post(
                        "rolf",
                        "/{number}/criteria/{criterion}/withdrawal",
                        "{\"reason\": \"That service is not in the package any more\"}",
                        release,
                        addedTo(release)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 2,000 characters")),
                        responseFields(criterion())));
    }

    @Test
    void isConfirmedByItsOwnerOnly() {
        String release = started();
        assertThat(post("oskar", "/{number}/criteria/{criterion}/confirmations", MET, release, addedTo(release)))
                .hasStatus(403);
        assertThat(post("quinn", "/{number}/criteria/{criterion}/confirmations", MET, release, "CRIT-999999999"))
                .hasStatus(404);
        assertThat(post("quinn", "/{number}/criteria/{criterion}/confirmations", MET, started(), addedTo(release)))
                .as("of another release")
                .hasStatus(404);
    }
}
