package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.applyPathPrefix;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ReleaseTemplatesApiDocumentationTests {

    private static final String RESOURCE = "release-templates";
    private static final String ONE = "/api/v1/release-templates/{key}";

    private static final String CONTENT =
            """
            {
              "name": "Major release",
              "description": "Twice a year, with its train",
              "stages": [
                {
                  "name": "staging",
                  "environment": "staging",
                  "daysBefore": 21,
                  "days": 14,
                  "tests": [{"name": "upgrade", "askedGroup": "qa-lead", "requiredPercent": 95}],
                  "exitCriteria": ["Operations have read the runbook"],
                  "approvals": ["qa-lead", "ops-lead"],
                  "rolloutPlan": "node-by-node"
                }
              ],
              "criteria": [{"title": "Support is trained", "askedGroup": "ops-lead", "daysBefore": 3}],
              "seats": [{"seat": "qa-lead", "veto": true}, {"seat": "product-owner", "veto": false}],
              "rolloutPlan": "node-by-node"
            }""";

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> content() {
        return List.of(
                fieldWithPath("name").description("What people call it, at most 200 characters"),
                fieldWithPath("description")
                        .description("More about it, at most 20,000 characters")
                        .optional()
                        .type("String"),
                fieldWithPath("stages")
                        .description("What its releases go through before production, in order, at most 20"),
                fieldWithPath("stages[].name").description("What the stage is called, each once"),
                fieldWithPath("stages[].environment").description("Key of an environment that is not production"),
                fieldWithPath("stages[].daysBefore")
                        .description("How many days before the window of the release it begins, 1 to 365"),
                fieldWithPath("stages[].days").description("How many days it takes, 1 to `daysBefore`"),
                fieldWithPath("stages[].tests[].name").description("A test, each once in its stage"),
                fieldWithPath("stages[].tests[].askedGroup").description("Role or team that records its result"),
                fieldWithPath("stages[].tests[].requiredPercent")
                        .description("How many of a hundred cases that ran must pass"),
                fieldWithPath("stages[].exitCriteria")
                        .description("What a person sees to before a release leaves the stage"),
                fieldWithPath("stages[].signedOffBy")
                        .description("Role that signs it off; `qa-lead` if neither this nor `approvals` is given")
                        .optional()
                        .type("String"),
                fieldWithPath("stages[].approvals")
                        .description("Roles that have to sign it off, each of them, instead of `signedOffBy`")
                        .optional()
                        .type("Array"),
                fieldWithPath("stages[].changeTemplate")
                        .description(
                                "Key of a template of standard changes that deploys its releases there, if the policy"
                                        + " lets it")
                        .optional()
                        .type("String"),
                fieldWithPath("stages[].rehearsesRollback")
                        .description(
                                "Whether releases are deployed and rolled back there before they are deployed to be"
                                        + " tested; absent if not")
                        .optional()
                        .type("Boolean"),
                fieldWithPath("stages[].rolloutPlan")
                        .description("Key of the <<rollout-plan-templates,plan template>> by which a normal change"
                                + " deploys its releases there")
                        .optional()
                        .type("String"),
                fieldWithPath("rolloutPlan")
                        .description("Key of the one by which a normal change brings them into production")
                        .optional()
                        .type("String"),
                fieldWithPath("criteria")
                        .description("Of what somebody has to say whether it is so, at most 50; each becomes a"
                                + " <<criteria,criterion>> of a release that is planned by it"),
                fieldWithPath("criteria[].title").description("What has to be so, in a line"),
                fieldWithPath("criteria[].askedGroup").description("Role or team of which somebody says so"),
                fieldWithPath("criteria[].daysBefore")
                        .description("How many days before the window of the release, 0 to 365; whoever is asked has a"
                                + " day in any case"),
                fieldWithPath("seats[].seat").description("A role that decides whether it goes, each once"),
                fieldWithPath("seats[].veto").description("Whether its no is everybody's"));
    }

    private static List<FieldDescriptor> template() {
        return Stream.of(
                        List.of(
                                fieldWithPath("key").description("What it is called everywhere"),
                                fieldWithPath("version").description("Which one, from 1")),
                        content(),
                        List.of(
                                fieldWithPath("writtenBy").description("Who wrote this version"),
                                fieldWithPath("writtenAt").description("When, in UTC"),
                                fieldWithPath("retiredBecause")
                                        .description("Why no release is planned by it any more")
                                        .optional()
                                        .type("String")))
                .flatMap(List::stream)
                .toList();
    }

    private MockMvcTester.MockMvcRequestBuilder get(String path, Object... values) {
        return mvc.get().uri(path, values).with(httpBasic("rita", "rita-sample"));
    }

    private MockMvcTester.MockMvcRequestBuilder put(String key, String body, String header, String value) {
        return mvc.put()
                .uri(ONE, key)
                .with(httpBasic("rolf", "rolf-sample"))
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private MockMvcTester.MockMvcRequestBuilder post(String path, String body, Object... values) {
        return mvc.post()
                .uri(path, values)
                .with(httpBasic("rolf", "rolf-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private void written() {
        assertThat(put("aa-major", CONTENT, HttpHeaders.IF_NONE_MATCH, "*")).hasStatus(201);
    }

    @Test
    void listReleaseTemplates() {
        written();
        assertThat(get("/api/v1/release-templates?limit=1"))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(template()))));
    }

    @Test
    void showReleaseTemplate() {
        written();
        assertThat(get(ONE, "aa-major")).hasStatusOk().apply(operation(RESOURCE, responseFields(template())));
    }

    @Test
    void listVersions() {
        written();
        assertThat(put("aa-major", CONTENT.replace("95", "98"), HttpHeaders.IF_MATCH, "\"1\""))
                .hasStatusOk();
        assertThat(get(ONE + "/versions", "aa-major"))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(applyPathPrefix("[].", template()))))
                .bodyJson()
                .extractingPath("$[*].stages[0].tests[0].requiredPercent")
                .asArray()
                .containsExactly(95, 98);
    }

    @Test
    void writeReleaseTemplate() {
        written();
        assertThat(put("aa-major", CONTENT, HttpHeaders.IF_MATCH, "\"1\""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The version that was read")),
                        requestFields(content()),
                        responseFields(template())));
    }

    @Test
    void copyReleaseTemplate() {
        written();
        assertThat(post(ONE + "/copies", "{\"key\": \"aa-minor\"}", "aa-major"))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("key").description("What the copy is called")),
                        responseFields(template())));
        assertThat(post(ONE + "/copies", "{\"key\": \"aa-minor\"}", "aa-major")).hasStatus(409);
    }

    @Test
    void retireReleaseTemplate() {
        written();
        assertThat(post(ONE + "/retirement", "{\"reason\": \"Every release goes by the new one\"}", "aa-major"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 1,000 characters")),
                        responseFields(template())));
        assertThat(put("aa-major", CONTENT, HttpHeaders.IF_MATCH, "\"1\"")).hasStatus(409);
        assertThat(post("/api/v1/releases", RELEASE, new Object[0]))
                .as("nothing is planned by it")
                .hasStatus(400)
                .bodyText()
                .contains("template");
    }

    private static final String RELEASE =
            """
            {"name": "Gazpacho", "manager": "rolf", "readyOn": "2030-04-01", "environment": "production",
             "window": {"startsAt": "2030-04-03T20:00:00Z", "endsAt": "2030-04-03T23:00:00Z"},
             "items": [{"service": "nova", "version": "31.0.0"}], "template": "aa-major"}""";

    @Test
    void givesAReleaseItsSeatsAndItsStagesCountedBackFromTheWindow() {
        written();
        assertThat(post("/api/v1/releases", RELEASE, new Object[0]))
                .hasStatus(201)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"template": "aa-major@1",
                         "stages": [{"name": "staging", "planned":
                           {"startsAt": "2030-03-13T20:00:00Z", "endsAt": "2030-03-27T20:00:00Z"}}],
                         "seats": [{"seat": "qa-lead", "veto": true}, {"seat": "product-owner", "veto": false}]}""")
                .extractingPath("$.number")
                .asString()
                .satisfies(
                        number -> assertThat(get("/api/v1/releases/{number}/criteria", number))
                                .bodyJson()
                                .isLenientlyEqualTo(
                                        """
                                [{"title": "Support is trained", "ownerGroup": "ops-lead", "dueAt": "2030-03-31T20:00:00Z"}]"""));
    }

    /** As whoever reads a release, alters it and gives it back. */
    @Test
    void isNamedAsTheReleaseNamesItWhenThatIsRewrittenThoughItIsRetired() {
        written();
        MvcTestResult planned = post("/api/v1/releases", RELEASE, new Object[0]).exchange();
        String address = String.valueOf(planned.getResponse().getHeader("Location"));
        assertThat(post(ONE + "/retirement", "{\"reason\": \"Another is better\"}", "aa-major"))
                .hasStatusOk();

        assertThat(mvc.put()
                        .uri(address)
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header(HttpHeaders.IF_MATCH, "\"1\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(RELEASE.replace("aa-major", "aa-major@1")))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.template")
                .isEqualTo("aa-major@1");
        assertThat(mvc.put()
                        .uri(address)
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header(HttpHeaders.IF_MATCH, "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(RELEASE))
                .as("as what it could be planned by, it is retired")
                .hasStatus(400);
    }

    @Test
    void saysEverythingThatIsWrongWithItsStages() {
        assertThat(put(
                        "aa-wrong",
                        CONTENT.replace("\"environment\": \"staging\"", "\"environment\": \"production\"")
                                .replace("\"days\": 14", "\"days\": 22")
                                .replace("[\"qa-lead\", \"ops-lead\"]", "[\"qa-lead\", \"admin\"]")
                                .replace("node-by-node", "no-such-plan")
                                .replace("\"name\": \"staging\"", "\"name\": \"production\""),
                        HttpHeaders.IF_NONE_MATCH,
                        "*"))
                .hasStatus(400)
                .bodyText()
                .contains(
                        "stages[0].environment",
                        "stages[0].days",
                        "stages[0].approvals[1]",
                        "stages[0].rolloutPlan",
                        "\"rolloutPlan\"",
                        "stages[0].name");
    }
}
