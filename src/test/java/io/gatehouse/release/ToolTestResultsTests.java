package io.gatehouse.release;

import static io.gatehouse.release.StageDriver.QUINN;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.tool.ToolFixture.ADAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.ToolAction;
import io.gatehouse.api.Precondition;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolDescription;
import io.gatehouse.tool.ToolFixture;
import io.gatehouse.tool.Tools;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

/** Pipelines record results of the package that is in the stage, and decide nothing. */
@ProcessTest
@OnH2
class ToolTestResultsTests {

    private static final String NOVA =
            "{\"service\": \"nova\", \"version\": \"31.0.0\", \"digest\": \"sha256:0123456789abcdef\"}";

    @Autowired
    BeanFactory beans;

    @Autowired
    WebApplicationContext context;

    @Autowired
    Releases releases;

    @Autowired
    Stages stages;

    @Autowired
    FormService forms;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskService engineTasks;

    @Autowired
    IdentityService identities;

    @Autowired
    Tools tools;

    @Autowired
    Tokens tokens;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    private MockMvcTester mvc;
    private StageDriver driver;
    private String environment = "";
    private String tool = "";
    private String token = "";

    @BeforeEach
    void begin() {
        mvc = Door.to(context);
        driver = new StageDriver(beans);
        ToolFixture fixture = new ToolFixture(jdbc, identities, tools, tokens);
        fixture.teams();
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
        environment = "tooled-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
        tool = "ci-" + UUID.randomUUID();
        token = token(tool, EnumSet.allOf(ToolAction.class), Set.of("nova"), Set.of());
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void recordsAResultOfThePackageInTheStage() {
        String number = deployed();
        String test = driver.testOf(number, "upgrade");

        MvcTestResult answer = record(
                token,
                number,
                """
                {"tested": [%s], "passed": 98, "failed": 2, "skipped": 7, "link": "https://ci.example.org/runs/4711",
                 "note": "Nightly"}"""
                        .formatted(NOVA));

        assertThat(answer).hasStatusOk().bodyJson().extractingPath("$.reached").isEqualTo(true);
        TestRun recorded = stages.test(test);
        assertThat(recorded.recordedBy()).isEqualTo("tool:" + tool);
        assertThat(recorded.result())
                .isEqualTo(new TestResult(98, 2, 7, "https://ci.example.org/runs/4711", null, "Nightly"));
        assertThat(openTasks(test)).as("nobody is asked for it any more").isZero();
        assertThat(jdbc.queryForObject(
                        "select actor from audit_entry where action = 'release.TestRecorded' order by n desc limit 1",
                        String.class))
                .isEqualTo("tool:" + tool);
        String said = "upgrade: passed, 98 of 100 cases passed, 7 skipped, 95 % required, recorded by tool:" + tool
                + ", https://ci.example.org/runs/4711";
        assertThat(QUINN.does(() -> forms.getTaskFormVariables(taskOf(number))))
                .as("whoever signs it off sees")
                .containsEntry("tests", said);
        driver.signOff(QUINN, number, "PASS");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(decisions.readinessOf(number).items())
                .as("and so does whoever votes")
                .contains(new ReadinessItem(
                        "stage-staging", true, "this package passed it, signed off by quinn; " + said));
    }

    @Test
    void takesTheNumbersFromAReport() {
        String number = deployed();

        assertThat(record(
                        token,
                        number,
                        """
                        {"tested": [%s], "junit": "<testsuite><testcase name='a'/><testcase name='b'><error/></testcase>
                        <testcase name='c'><skipped/></testcase></testsuite>"}"""
                                .formatted(NOVA)
                                .replace("\n", "")))
                .hasStatusOk();

        assertThat(stages.test(driver.testOf(number, "upgrade")).result()).satisfies(result -> {
            assertThat(result)
                    .extracting(TestResult::passed, TestResult::failed, TestResult::skipped)
                    .containsExactly(1, 1, 1);
            assertThat(result.reportSha256()).as("of the report").hasSize(64);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    {"service": "nova", "version": "31.0.1", "digest": "sha256:0123456789abcdef"} | nova 31.0.0 (sha256:0123456789abcdef) is there, not nova 31.0.1
                    {"service": "nova", "version": "31.0.0", "digest": "sha256:another0"}         | is there, not nova 31.0.0 (sha256:another0)
                    {"service": "nova", "version": "31.0.0"}                                      | is there, not nova 31.0.0.
                    {"service": "glance", "version": "31.0.0"}                                    | nova 31.0.0 (sha256:0123456789abcdef) is there and was not tested; glance 31.0.0 is not in the package
                    """)
    void refusesAResultOfAnotherPackageAndSaysWhatIsThere(String tested, String there) {
        String number = deployed();

        assertRefused(record(token, number, result(tested)), 409, "another-package", there);
        assertRefused(
                record(token, number, result(NOVA + ", {\"service\": \"glance\", \"version\": \"1\"}")),
                409,
                "another-package",
                "glance 1 is not in the package");
        assertThat(openTasks(driver.testOf(number, "upgrade")))
                .as("somebody is still asked")
                .isEqualTo(1);
    }

    @Test
    void saysWhyAResultComesTooSoonOrTooLate() {
        String number = confirmed();
        assertRefused(record(token, number, result(NOVA)), 409, "test-state", "has not come to staging yet");
        driver.enter(number);
        assertRefused(record(token, number, result(NOVA)), 409, "test-state", "is not deployed in staging");
        driver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");
        driver.bringToItsEnd(number);

        assertThat(record(token, number, result(NOVA))).hasStatusOk();
        assertRefused(
                record(token, number, result(NOVA)),
                409,
                "test-state",
                "tool:" + tool + " recorded that at",
                "repeated");

        driver.signOff(QUINN, number, "REPEAT_TESTS");
        assertThat(record(token, number, result(NOVA))).as("once more").hasStatusOk();
        driver.signOff(QUINN, number, "PASS");
        assertRefused(record(token, number, result(NOVA)), 409, "test-state", "left staging at", "(PASSED)");
    }

    @Test
    void takesAResultOnceHoweverOftenItIsSent() {
        String number = deployed();
        String key = UUID.randomUUID().toString();

        assertThat(record(token, number, result(NOVA), key)).hasStatusOk();
        assertThat(record(token, number, result(NOVA), key))
                .hasStatusOk()
                .headers()
                .hasValue("Idempotency-Replayed", "true");
        assertThat(record(token, number, result(NOVA).replace("19", "18"), key)).hasStatus(422);
    }

    @Test
    void isRefusedOutsideOfItsScope() {
        String number = deployed();
        for (String other : List.of(
                token(EnumSet.complementOf(EnumSet.of(ToolAction.RECORD_TESTS)), Set.of("nova"), Set.of()),
                token(EnumSet.allOf(ToolAction.class), Set.of("keystone"), Set.of()),
                token(EnumSet.allOf(ToolAction.class), Set.of("nova"), Set.of("production")))) {
            assertThat(record(other, number, result(NOVA))).hasStatus(403);
        }
        assertThat(record(
                        token(EnumSet.of(ToolAction.RECORD_TESTS), Set.of("nova", "keystone"), Set.of(environment)),
                        number,
                        result(NOVA)))
                .hasStatusOk();
    }

    @Test
    void signsNothingOffAndVotesForNobody() {
        String number = deployed();
        record(token, number, result(NOVA));

        assertThat(post(
                        token,
                        "/api/v1/releases/" + number + "/sign-offs",
                        "{\"decision\": \"FAIL\", \"note\": \"no\"}"))
                .hasStatus(403);
        assertThat(post(
                        token,
                        "/api/v1/releases/" + number + "/votes",
                        "{\"vote\": \"GO\", \"reason\": \"because\", \"seat\": \"qa-lead\"}"))
                .hasStatus(403);
        assertThat(stages.currentOf(number).outcome()).isNull();
    }

    @Test
    void leavesATaskToWhoHasClaimedIt() {
        String number = deployed();
        String test = driver.testOf(number, "upgrade");
        QUINN.runs(() -> engineTasks.claim(taskOf(test), "quinn"));

        assertRefused(record(token, number, result(NOVA)), 403, "task-claimed", "claimed by quinn");

        driver.record(number, "upgrade", 1, 0);
        assertRefused(record(token, number, result(NOVA)), 409, "test-state", "quinn recorded that");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    {"passed": 1, "failed": 0}                                                                                            | tested
                    {"tested": [], "passed": 1, "failed": 0}                                                                              | tested
                    {"tested": [null], "passed": 1, "failed": 0}                                                                          | tested[0]
                    {"tested": [{"service": "nova"}], "passed": 1, "failed": 0}                                                           | tested[0].version
                    {"tested": [{"service": "nova", "version": "1"}, {"service": "nova", "version": "2"}], "passed": 1, "failed": 0}      | tested
                    {"tested": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}]}                           | passed
                    {"tested": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}], "passed": -1}             | passed
                    {"tested": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}], "passed": 1}              | failed
                    {"tested": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}], "junit": "<html/>"}       | junit
                    {"tested": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}], "junit": "<testsuite><testcase/></testsuite>", "failed": 0} | junit
                    {"tested": [{"service": "nova", "version": "31.0.0"}], "passed": 1, "failed": 0, "link": "file:/x"}                   | link
                    """)
    void refusesWhatHasNoSense(String body, String field) {
        String number = deployed();

        assertThat(record(token, number, body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields[*].field")
                .asArray()
                .contains(field);
        assertThat(openTasks(driver.testOf(number, "upgrade"))).isEqualTo(1);
    }

    @Test
    void knowsNoOtherReleaseStageOrTest() {
        String number = deployed();
        String one = "/api/v1/releases/" + number + "/stages/";
        assertThat(post(token, one + "uat/tests/upgrade/results", result(NOVA))).hasStatus(404);
        assertThat(post(token, one + "staging/tests/load/results", result(NOVA)))
                .hasStatus(404);
        assertThat(record(token, "REL-1999-001", result(NOVA))).hasStatus(404);
    }

    private static String result(String tested) {
        return "{\"tested\": [%s], \"passed\": 19, \"failed\": 1}".formatted(tested);
    }

    private MvcTestResult record(String by, String number, String body) {
        return record(by, number, body, UUID.randomUUID().toString());
    }

    private MvcTestResult record(String by, String number, String body, String key) {
        return mvc.post()
                .uri("/api/v1/releases/{number}/stages/staging/tests/upgrade/results", number)
                .header("Authorization", "Bearer " + by)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult post(String by, String address, String body) {
        return mvc.post()
                .uri(address)
                .header("Authorization", "Bearer " + by)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static void assertRefused(MvcTestResult answer, int status, String code, String... detail) {
        assertThat(answer).hasStatus(status).bodyText().contains(code).contains(detail);
    }

    private String token(Set<ToolAction> actions, Set<String> services, Set<String> environments) {
        return token("ci-" + UUID.randomUUID(), actions, services, environments);
    }

    private String token(String name, Set<ToolAction> actions, Set<String> services, Set<String> environments) {
        ADAM.runs(() -> tools.put(
                name,
                new ToolDescription("Tests", actions, services, environments, "anna", true),
                Precondition.parse(null, "*")));
        return ADAM.does(() -> tokens.issue(name, null)).text();
    }

    private String confirmed() {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        ReleaseStage staging =
                ReleaseFixture.stage(clock.instant(), "staging", environment, new StageTest("upgrade", "qa-lead", 95));
        String number = ROLF.does(
                () -> releases.start(releases.plan(ReleaseFixture.with(content, content.items(), List.of(staging)))
                                .number())
                        .number());
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
        return number;
    }

    private String deployed() {
        String number = confirmed();
        driver.deploy(number);
        return number;
    }

    private long openTasks(String test) {
        return engineTasks.createTaskQuery().processInstanceBusinessKey(test).count();
    }

    private String taskOf(String test) {
        return engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(test)
                .singleResult()
                .getId();
    }
}
