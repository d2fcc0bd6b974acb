package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.access.ToolAction;
import io.gatehouse.api.Precondition;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.Releases;
import io.gatehouse.release.StageDriver;
import io.gatehouse.release.StageTest;
import io.gatehouse.testing.ApiDocumentationTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolDescription;
import io.gatehouse.tool.Tools;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ReleaseStagesApiDocumentationTests {

    private static final String RESOURCE = "release-stages";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private Releases releases;

    @Autowired
    private BeanFactory beans;

    @Autowired
    private Tools tools;

    @Autowired
    private Tokens tokens;

    @Autowired
    private JdbcTemplate jdbc;

    private StageDriver driver;

    /** Nobody of the sample has this environment to itself. */
    @BeforeEach
    void begin() {
        driver = new StageDriver(beans);
        jdbc.update("insert into environment (environment_key, name, kind, stage_order, production, version)"
                + " values ('rehearsal', 'Rehearsal', 'TEST', 3, false, 1)");
    }

    private String deployed() {
        Instant now = Instant.now();
        ReleaseContent content = ReleaseFixture.content(now);
        String number = SignedIn.ROLF.does(() -> releases.start(releases.plan(ReleaseFixture.with(
                                content,
                                content.items(),
                                List.of(ReleaseFixture.stage(
                                        now, "staging", "rehearsal", new StageTest("upgrade", "qa-lead", 95)))))
                        .number())
                .number());
        assertThat(mvc.post()
                        .uri("/api/v1/releases/{number}/package-confirmations", number)
                        .with(httpBasic("rolf", "rolf-sample")))
                .hasStatusOk();
        driver.deploy(number);
        return number;
    }

    private static FieldDescriptor[] stages() {
        return new FieldDescriptor[] {
            subsectionWithPath("[].stage").description("As the <<releases-plan,release>> has it"),
            fieldWithPath("[].passed").description("Whether this package has passed it, as it is now"),
            fieldWithPath("[].runs").description("Each time that the release went through it, oldest first"),
            fieldWithPath("[].runs[].tested").description("SHA-256 of what went through it: package, tests, criteria"),
            fieldWithPath("[].runs[].openedAt").description("When it was its turn, in UTC"),
            text("waitsFor", "Why it has not entered it yet"),
            text("enteredAt", "From when it has had the environment to itself"),
            text("heldEnvironment", "Which one, while it has it"),
            text("rehearsal.change", "Number of the change that deployed it there and undid everything"),
            text("rehearsal.rollout", "Number of its rollout, once all of it has come back"),
            text("rehearsal.endedAt", "When that was, in UTC"),
            number("rehearsal.stepsUndone", "How many steps were undone"),
            text("rehearsal.took", "How long the way back took, as an ISO 8601 duration"),
            text("change", "Number of the change that deploys it there"),
            text("carrier.type", "`STANDARD` or `NORMAL`, which the policy chose for that change"),
            text("carrier.because", "Why that one"),
            text("deployedAt", "When that was closed well"),
            text("outcome", "`PASSED`, `FAILED` or `VOID`; absent while it is there"),
            text("reason", "Why, or what whoever signed it off said"),
            text("signedOffBy", "Who let it leave"),
            text("signedOffInPlaceOf", "Who has the role for that, if a delegate did it for them"),
            text("endedAt", "When it left"),
            fieldWithPath("[].runs[].tests[].number").description("What the test is called everywhere"),
            fieldWithPath("[].runs[].tests[].name").description("Which of the tests of the stage"),
            fieldWithPath("[].runs[].tests[].askedGroup").description("Who records its result"),
            fieldWithPath("[].runs[].tests[].requiredPercent").description("How many of a hundred cases must pass"),
            fieldWithPath("[].runs[].tests[].askedAt").description("Since when a result is waited for"),
            fieldWithPath("[].runs[].tests[].reached").description("Whether as many have passed"),
            number("tests[].passed", "Cases that passed"),
            number("tests[].failed", "Cases that failed"),
            number("tests[].skipped", "Cases that were skipped"),
            text("tests[].link", "Where the report is"),
            text("tests[].reportSha256", "SHA-256 of the report"),
            text("tests[].note", "What else was said"),
            text("tests[].recordedBy", "Who recorded it; a tool is `tool:` and its name"),
            text("tests[].recordedAt", "When, in UTC"),
            fieldWithPath("[].runs[].signOffs")
                    .description("What was said about whether it leaves the stage, oldest first"),
            number("signOffs[].round", "Counted from 1; each time that tests are done once more is another"),
            text("signOffs[].seat", "The role for which it was said"),
            text("signOffs[].person", "Who said it"),
            text("signOffs[].inPlaceOf", "In whose place, if a delegate said it"),
            text("signOffs[].decision", "`PASS`, `REPEAT_TESTS` or `FAIL`"),
            text("signOffs[].note", "What else was said"),
            text("signOffs[].signedAt", "When, in UTC"),
            fieldWithPath("[].runs[].missing").description("The roles that are asked and have not signed yet"),
            text("missingSince", "Since when they are asked, in UTC"),
            text("rolloutPlan", "Key of the plan template by which it was deployed, if it was by one"),
            text("rolloutPlanSha256", "Digest of what was written in that then"),
            fieldWithPath("[].runs[].rolloutPlanAltered")
                    .description("Whether something else is written in it now, so that it has to pass the stage anew")
                    .optional()
                    .type("Boolean")
        };
    }

    private static FieldDescriptor text(String path, String description) {
        return fieldWithPath("[].runs[]." + path)
                .description(description)
                .optional()
                .type("String");
    }

    private static FieldDescriptor number(String path, String description) {
        return fieldWithPath("[].runs[]." + path)
                .description(description)
                .optional()
                .type("Number");
    }

    private MockMvcTester.MockMvcRequestBuilder asQuinn(String path, String body, Object... values) {
        return mvc.post()
                .uri("/api/v1/releases/{number}" + path, values)
                .with(httpBasic("quinn", "quinn-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    @Test
    void listStages() {
        assertThat(mvc.get().uri("/api/v1/releases/{number}/stages", deployed()).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(stages())));
    }

    @Test
    void recordTestResult() {
        String number = deployed();
        String result =
                """
                {
                  "passed": 412,
                  "failed": 3,
                  "skipped": 7,
                  "link": "https://ci.example.org/runs/4711",
                  "reportSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                  "note": "The three are known"
                }""";
        assertThat(asQuinn("/tests/{test}/results", result, number, driver.testOf(number, "upgrade")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("passed").description("Cases that passed"),
                                fieldWithPath("failed").description("Cases that failed"),
                                fieldWithPath("skipped")
                                        .description("Cases that were skipped; none if not given")
                                        .optional(),
                                fieldWithPath("link")
                                        .description("Where the report is, http or https")
                                        .optional(),
                                fieldWithPath("reportSha256")
                                        .description("SHA-256 of the report, in lower-case hexadecimal")
                                        .optional(),
                                fieldWithPath("note")
                                        .description("What else is to be said, at most 2,000 characters")
                                        .optional()),
                        responseFields(stages())))
                .bodyJson()
                .extractingPath("$[0].runs[0].tests[0].reached")
                .isEqualTo(true);
    }

    @Test
    void recordResultOfPackage() {
        String number = deployed();
        String body =
                """
                {
                  "tested": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}],
                  "junit": "<testsuite><testcase name=\\"boots\\"/><testcase name=\\"moves\\"/></testsuite>",
                  "link": "https://ci.example.org/runs/4711",
                  "note": "Nightly"
                }""";
        assertThat(mvc.post()
                        .uri(
                                "/api/v1/releases/{number}/stages/{stage}/tests/{test}/results",
                                number,
                                "staging",
                                "upgrade")
                        .header("Authorization", "Bearer " + pipeline())
                        .header("Idempotency-Key", "build-4711-upgrade")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("number").description("Number of the release"),
                                parameterWithName("stage").description("Name of the stage"),
                                parameterWithName("test").description("Name of the test in that stage")),
                        requestFields(
                                fieldWithPath("tested[].service").description("Key of each service in the package"),
                                fieldWithPath("tested[].version").description("Version that was tested"),
                                fieldWithPath("tested[].digest")
                                        .description("Digest that was tested; needed if the package has one")
                                        .optional(),
                                fieldWithPath("passed")
                                        .description("Cases that passed; needed without `junit`")
                                        .type("Number")
                                        .optional(),
                                fieldWithPath("failed")
                                        .description("Cases that failed; needed without `junit`")
                                        .type("Number")
                                        .optional(),
                                fieldWithPath("skipped")
                                        .description("Cases that were skipped; none if not given")
                                        .type("Number")
                                        .optional(),
                                fieldWithPath("junit")
                                        .description(
                                                "A JUnit report in their place, at most 200,000 characters, without"
                                                        + " document type; its cases are counted and its SHA-256 is kept")
                                        .optional(),
                                fieldWithPath("link")
                                        .description("Where the report is, http or https")
                                        .optional(),
                                fieldWithPath("reportSha256")
                                        .description("SHA-256 of the report, in lower-case hexadecimal")
                                        .type("String")
                                        .optional(),
                                fieldWithPath("note")
                                        .description("What else is to be said, at most 2,000 characters")
                                        .optional()),
                        responseFields(test())))
                .bodyJson()
                .extractingPath("$.recordedBy")
                .isEqualTo("tool:tempest");
    }

    /** The token of a tool that tests what nova is released in. */
    private String pipeline() {
        SignedIn admin = new SignedIn("adam", "admin");
        admin.runs(() -> tools.put(
                "tempest",
                new ToolDescription("Tests", Set.of(ToolAction.RECORD_TESTS), Set.of("nova"), Set.of(), "quinn", true),
                Precondition.parse(null, "*")));
        return admin.does(() -> tokens.issue("tempest", null)).text();
    }

    private static FieldDescriptor[] test() {
        return new FieldDescriptor[] {
            fieldWithPath("number").description("What the test is called everywhere"),
            fieldWithPath("name").description("Which of the tests of the stage"),
            fieldWithPath("askedGroup").description("Who is asked for its result"),
            fieldWithPath("requiredPercent").description("How many of a hundred cases must pass"),
            fieldWithPath("askedAt").description("Since when a result was waited for"),
            fieldWithPath("reached").description("Whether as many have passed"),
            fieldWithPath("passed").description("Cases that passed"),
            fieldWithPath("failed").description("Cases that failed"),
            fieldWithPath("skipped").description("Cases that were skipped"),
            fieldWithPath("link").description("Where the report is").optional(),
            fieldWithPath("reportSha256").description("SHA-256 of the report").optional(),
            fieldWithPath("note").description("What else was said").optional(),
            fieldWithPath("recordedBy").description("The tool, as `tool:` and its name"),
            fieldWithPath("recordedAt").description("When, in UTC")
        };
    }

    @Test
    void signOffStage() {
        String number = deployed();
        driver.record(number, "upgrade", 19, 1);
        assertThat(asQuinn("/sign-offs", "{\"decision\": \"PASS\", \"criteriaMet\": true, \"note\": \"Good\"}", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("seat")
                                        .description("For which of the roles; if not given, one that you have")
                                        .optional()
                                        .type("String"),
                                fieldWithPath("decision").description("`PASS`, `REPEAT_TESTS` or `FAIL`"),
                                fieldWithPath("criteriaMet")
                                        .description("Whether every exit criterion is met; needed to pass")
                                        .optional(),
                                fieldWithPath("note")
                                        .description("Why, at most 1,000 characters; needed unless it passes")
                                        .optional()),
                        responseFields(stages())))
                .bodyJson()
                .extractingPath("$[0].passed")
                .isEqualTo(true);
    }

    @Test
    void refusesAResultWithoutSenseAndATestOfAnotherRelease() {
        String number = deployed();
        String test = driver.testOf(number, "upgrade");
        assertThat(asQuinn("/tests/{test}/results", "{\"passed\": -1, \"failed\": 0}", number, test))
                .hasStatus(400);
        assertThat(asQuinn(
                        "/tests/{test}/results",
                        "{\"passed\": 1, \"failed\": 0, \"link\": \"file:/etc\"}",
                        number,
                        test))
                .hasStatus(400);
        assertThat(asQuinn("/tests/{test}/results", "{\"passed\": 1, \"failed\": 0}", number, "TEST-999999"))
                .hasStatus(404);
        assertThat(asQuinn("/tests/{test}/results", "{\"passed\": 1, \"failed\": 0}", "REL-1999-001", test))
                .hasStatus(404);
    }
}
