package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.ApiDocumentationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class RisksApiDocumentationTests {

    private static final String RESOURCE = "risks";

    private static final String ENTRY =
            """
            {
              "kind": "RISK",
              "title": "The client is late",
              "description": "It was late for the last two releases",
              "owner": "oskar",
              "likelihood": 4,
              "consequence": 4,
              "dueOn": "2030-03-20"
            }""";

    private static final String REWRITTEN =
            """
            {
              "title": "The client is late",
              "owner": "oskar",
              "response": {"kind": "REDUCE", "text": "The old client works as well; test both"},
              "dueOn": "2030-03-20"
            }""";

    @Autowired
    private MockMvcTester mvc;

    private static FieldDescriptor text(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    private static List<FieldDescriptor> content() {
        return List.of(
                fieldWithPath("title").description("What it is, in a line of at most 200 characters"),
                text("description", "More about it, at most 20,000 characters"),
                fieldWithPath("owner").description("Id of the person who sees to it"),
                text("response.kind", "What is done about it: `AVOID`, `REDUCE`, `TRANSFER` or `ACCEPT`"),
                text("response.text", "How, at most 2,000 characters"),
                text("dueOn", "Until when it is dealt with: the last day, by UTC"),
                fieldWithPath("blocker")
                        .description("Whether the release must not go while it is open; only of an issue")
                        .optional()
                        .type("Boolean"),
                fieldWithPath("knownIssue")
                        .description(
                                "Whether its title is fit for the release notes, which anybody may read: while it is"
                                        + " open, they are drafted with it. `false` unless somebody says so; only of an issue")
                        .optional()
                        .type("Boolean"));
    }

    private static final FieldDescriptor LIKELIHOOD = fieldWithPath("likelihood")
            .description("How likely it is, 1 to 5; only of a risk, which has not happened")
            .optional()
            .type("Number");

    private static final FieldDescriptor CONSEQUENCE =
            fieldWithPath("consequence").description("How bad it is, 1 to 5");

    private static FieldDescriptor[] raised() {
        List<FieldDescriptor> fields = new ArrayList<>(content());
        fields.add(fieldWithPath("kind").description("`RISK`, or `ISSUE` of what has happened"));
        fields.add(LIKELIHOOD);
        fields.add(CONSEQUENCE);
        return fields.toArray(FieldDescriptor[]::new);
    }

    private static List<FieldDescriptor> entry() {
        return Stream.of(
                        List.of(
                                fieldWithPath("number").description("What it is called everywhere"),
                                fieldWithPath("kind").description("`RISK` or `ISSUE`"),
                                fieldWithPath("state").description("`OPEN` or `CLOSED`")),
                        content(),
                        List.of(
                                text("blockerSince", "Since when it keeps the release from going"),
                                fieldWithPath("rating")
                                        .description(
                                                "Likelihood × consequence, 1 to 25; an issue counts as most likely"),
                                text(
                                        "trend",
                                        "`RISING`, `STEADY` or `FALLING`, of the last two assessments; absent while"
                                                + " there is one"),
                                fieldWithPath("assessments")
                                        .description("Everything it was judged to be, oldest first"),
                                fieldWithPath("assessments[].likelihood")
                                        .description("How likely it was")
                                        .optional()
                                        .type("Number"),
                                fieldWithPath("assessments[].consequence").description("How bad"),
                                fieldWithPath("assessments[].by").description("Who judged"),
                                fieldWithPath("assessments[].at").description("When, in UTC"),
                                text("assessments[].note", "Why"),
                                fieldWithPath("raisedBy").description("Who saw it first"),
                                fieldWithPath("raisedAt").description("When, in UTC"),
                                text("closing.by", "Who closed it"),
                                text("closing.at", "When, in UTC"),
                                text("closing.note", "How it ended")))
                .flatMap(List::stream)
                .toList();
    }

    private MockMvcTester.MockMvcRequestBuilder post(String person, String path, String body, Object... values) {
        return mvc.post()
                .uri("/api/v1/releases" + path, values)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private String created(String person, String path, String body, Object... values) {
        MvcTestResult created = post(person, path, body, values).exchange();
        assertThat(created).hasStatus(201);
        return String.valueOf(created.getResponse().getHeader("Location")).replaceFirst(".*/", "");
    }

    private String release() {
        return created("rolf", "", new Operations().bodyOf("POST /api/v1/releases"));
    }

    private String raisedIn(String release) {
        return created("rita", "/{number}/risks", ENTRY, release);
    }

    @Test
    void raiseRisk() {
        assertThat(post("rita", "/{number}/risks", ENTRY, release()))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(raised()),
                        responseFields(entry()),
                        responseHeaders(
                                headerWithName("Location").description("Where it is"),
                                headerWithName("ETag").description("The version; give it back to rewrite it"))));
    }

    @Test
    void listRisks() {
        String release = release();
        raisedIn(release);
        assertThat(mvc.get().uri("/api/v1/releases/{number}/risks", release).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(fieldWithPath("[]").description("Open ones first, the greatest first"))
                                .andWithPrefix("[].", entry())));
    }

    @Test
    void showRisk() {
        String release = release();
        assertThat(mvc.get()
                        .uri("/api/v1/releases/{number}/risks/{risk}", release, raisedIn(release))
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(entry())));
    }

    @Test
    void rewriteRisk() {
        String release = release();
        assertThat(mvc.put()
                        .uri("/api/v1/releases/{number}/risks/{risk}", release, raisedIn(release))
                        .with(httpBasic("oskar", "oskar-sample"))
                        .header("If-Match", "\"1\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(REWRITTEN))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The version that was read")),
                        requestFields(content()),
                        responseFields(entry())));
    }

    @Test
    void assessRisk() {
        String release = release();
        assertThat(post(
                        "oskar",
                        "/{number}/risks/{risk}/assessments",
                        "{\"likelihood\": 2, \"consequence\": 4, \"note\": \"A first version is here\"}",
                        release,
                        raisedIn(release)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(LIKELIHOOD, CONSEQUENCE, text("note", "Why, at most 2,000 characters")),
                        responseFields(entry())));
    }

    @Test
    void closeRisk() {
        String release = release();
        assertThat(post(
                        "oskar",
                        "/{number}/risks/{risk}/closure",
                        "{\"note\": \"It came in time\"}",
                        release,
                        raisedIn(release)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("note").description("How it ended, at most 2,000 characters")),
                        responseFields(entry())));
    }

    @Test
    void isWrittenByItsOwnerAndByReleaseManagers() {
        String release = release();
        assertThat(post(
                        "rita",
                        "/{number}/risks/{risk}/closure",
                        "{\"note\": \"I raised it\"}",
                        release,
                        raisedIn(release)))
                .hasStatus(403)
                .bodyText()
                .contains("Only its owner, oskar");
    }

    @Test
    void saysWhatIsWrong() {
        String release = release();
        assertThat(post("rita", "/{number}/risks", ENTRY.replace(": 4", ": 6"), release))
                .hasStatus(400)
                .bodyText()
                .contains("likelihood", "consequence");
        assertThat(post("rita", "/{number}/risks", ENTRY.replace("oskar", "nobody"), release))
                .hasStatus(400)
                .bodyText()
                .contains("owner", "somebody who can sign in");
        assertThat(post("rita", "/{number}/risks", ENTRY.replace("RISK", "ISSUE"), release))
                .hasStatus(400)
                .bodyText()
                .contains("likelihood", "not of an issue");
    }
}
