package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.applyPathPrefix;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.Releases;
import io.gatehouse.testing.ApiDocumentationTest;
import io.gatehouse.testing.SignedIn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ScopeChangesApiDocumentationTests {

    private static final String RESOURCE = "release-scope-changes";
    private static final String WANTED =
            """
            {
              "items": [{"service": "nova", "version": "31.0.1", "digest": "sha256:60303ae22b998861"}],
              "reason": "Without the fix machines do not boot"
            }""";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private Releases releases;

    @Autowired
    private Tasks tasks;

    private String confirmed() {
        String number = SignedIn.ROLF.does(() -> releases.start(
                        releases.plan(ReleaseFixture.content(Instant.now())).number())
                .number());
        SignedIn.ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
        return number;
    }

    private static List<FieldDescriptor> scopeChange() {
        return List.of(
                fieldWithPath("number").description("What it is called everywhere"),
                fieldWithPath("items[].service").description("A service of the package as it would be"),
                fieldWithPath("items[].version").description("The version that it would get"),
                text("items[].digest", "Digest of that"),
                fieldWithPath("reason").description("Why it is wanted"),
                fieldWithPath("requestedBy").description("Who asked for it; an author of the release once it is in"),
                fieldWithPath("requestedAt").description("When, in UTC"),
                fieldWithPath("state").description("`REQUESTED`, `APPLIED`, `REJECTED`, `WITHDRAWN` or `TOO_LATE`"),
                text("endedBecause", "Why it is not in"),
                text("endedAt", "When that was settled"),
                fieldWithPath("decisions").description("What its seats, `product-owner` and `release-manager`, said"),
                text("decisions[].seat", "For which seat"),
                text("decisions[].person", "Who decided"),
                fieldWithPath("decisions[].approved")
                        .description("Whether for it")
                        .optional()
                        .type("Boolean"),
                text("decisions[].reason", "Why"),
                text("decisions[].decidedAt", "When, in UTC"));
    }

    private static FieldDescriptor text(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    private MockMvcTester.MockMvcRequestBuilder as(String person, String path, String body, Object... values) {
        return mvc.post()
                .uri("/api/v1/releases/{number}/scope-changes" + path, values)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private String requested(String number) {
        MvcTestResult requested = as("rita", "", WANTED, number).exchange();
        assertThat(requested).hasStatus(201);
        return JsonPath.read(
                new String(requested.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8), "$.number");
    }

    @Test
    void requestScopeChange() {
        assertThat(as("rita", "", WANTED, confirmed()))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("items")
                                        .description("The whole package as it should be, 1 to 100 services"),
                                fieldWithPath("items[].service").description("Key of a service, each once"),
                                fieldWithPath("items[].version").description("The version that it gets"),
                                text("items[].digest", "Digest of what is deployed"),
                                fieldWithPath("reason").description("Why, at most 2,000 characters")),
                        responseFields(scopeChange())));
    }

    @Test
    void decideScopeChange() {
        String number = confirmed();
        assertThat(as(
                        "petra",
                        "/{scope}/approvals",
                        "{\"decision\": \"APPROVE\", \"reason\": \"Nobody can use it without\"}",
                        number,
                        requested(number)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                text("seat", "For which seat; one of yours if not given"),
                                fieldWithPath("decision").description("`APPROVE` or `REJECT`"),
                                fieldWithPath("reason").description("Why, at most 2,000 characters")),
                        responseFields(scopeChange())));
    }

    @Test
    void withdrawScopeChange() {
        String number = confirmed();
        assertThat(as("rita", "/{scope}/withdrawal", "{\"reason\": \"It can wait\"}", number, requested(number)))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 2,000 characters")),
                        responseFields(scopeChange())));
    }

    @Test
    void listScopeChanges() {
        String number = confirmed();
        requested(number);
        assertThat(mvc.get()
                        .uri("/api/v1/releases/{number}/scope-changes", number)
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(applyPathPrefix("[].", scopeChange()))));
    }

    @Test
    void isNotThereOfAnotherRelease() {
        String scope = requested(confirmed());
        assertThat(as(
                        "petra",
                        "/{scope}/approvals",
                        "{\"decision\": \"APPROVE\", \"reason\": \"x\"}",
                        confirmed(),
                        scope))
                .hasStatus(404);
        assertThat(as(
                        "petra",
                        "/{scope}/approvals",
                        "{\"decision\": \"APPROVE\", \"reason\": \"x\"}",
                        confirmed(),
                        "SCOPE-1"))
                .hasStatus(404);
    }
}
