package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@OnH2
@RolloutTest
class RolloutApiTests {

    private static final String STEP =
            """
            {"stage": "DEPLOY_APPLICATION", "name": "Web", "connector": "tool", "target": "web",
             "parameters": {"version": "2.0"}, "undo": {"connector": "tool", "parameters": {"version": "1.0"}}}""";

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcClient jdbc;

    private String change = "";

    @BeforeEach
    void raiseChange() {
        change = driver.changeInImplementation("rita");
        jdbc.sql("update change_request set state = 'NEW' where id = :id")
                .param("id", Long.parseLong(change.substring(4)))
                .update();
    }

    @Test
    void keepsThePlanOfItsRequester() {
        MvcTestResult created = put("rita", plan(STEP), "If-None-Match", "*");

        assertThat(created).hasStatus(201).hasHeader("ETag", "\"1\"");
        assertThat(get("/api/v1/changes/" + change + "/rollout-plan"))
                .hasStatusOk()
                .hasHeader("ETag", "\"1\"")
                .bodyJson()
                .extractingPath("steps[0].undo.parameters.version")
                .isEqualTo("1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| ROLL_BACK",
                "\"onFailedVerification\": \"ROLL_BACK\", | ROLL_BACK",
                "\"onFailedVerification\": \"ASK\", | ASK"
            })
    void keepsWhatIsDoneWhenACheckFails(@Nullable String given, String kept) {
        String body = plan(STEP).replace("{\"process\"", "{" + (given == null ? "" : given) + "\"process\"");

        assertThat(put("rita", body, "If-None-Match", "*"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("onFailedVerification")
                .isEqualTo(kept);
    }

    @Test
    void replacesAPlanOnlyInTheVersionThatWasRead() {
        put("rita", plan(STEP), "If-None-Match", "*");

        assertThat(put("rita", plan(STEP), "If-None-Match", "*")).hasStatus(412);
        assertThat(put("rita", plan(STEP), "If-Match", "\"1\"")).hasStatusOk().hasHeader("ETag", "\"2\"");
        assertThat(put("rita", plan(STEP), "If-Match", "\"1\"")).hasStatus(412);
    }

    @Test
    void letsNobodyElsePlan() {
        assertThat(put("theo", plan(STEP), "If-None-Match", "*")).hasStatus(403);
    }

    @Test
    void letsNobodyPlanOnceTheChangeIsOnItsWay() {
        jdbc.sql("update change_request set state = 'ASSESS' where id = :id")
                .param("id", Long.parseLong(change.substring(4)))
                .update();

        assertThat(put("rita", plan(STEP), "If-None-Match", "*")).hasStatus(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tool\", \"target\"         | \"rm -rf\", \"target\"        | steps[0].connector",
                "{\"version\": \"2.0\"}       | {\"version\": \"2.0; reboot\"} | steps[0].parameters.version",
                "{\"version\": \"2.0\"}       | {}                         | steps[0].parameters.version",
                "{\"version\": \"2.0\"}       | {\"version\": \"2\", \"url\": \"x\"} | steps[0].parameters.url",
                "{\"version\": \"1.0\"}       | {\"version\": \"\"}            | steps[0].undo.parameters.version",
                "\"undo\": {\"connector\": \"tool\" | \"cannotBeUndone\": \"x\", \"undo\": {\"connector\": \"tool\" | steps[0].undo",
                "\"DEPLOY_APPLICATION\"       | \"VERIFY\"                  | steps[0].undo",
                "\"name\": \"Web\"              | \"name\": \"Web\", \"check\": true | steps[0].undo",
                "\"name\": \"Web\"              | \"name\": \"Web\", \"check\": true, \"cannotBeUndone\": \"x\" | steps[0].cannotBeUndone",
                "\"name\": \"Web\"              | \"name\": \"Web\", \"runbook\": \"\" | steps[0].runbook",
                "\"name\": \"Web\"              | \"name\": \"Web\", \"expectedDuration\": \"soon\" | steps[0].expectedDuration",
                "\"name\": \"Web\"              | \"name\": \"Web\", \"expectedDuration\": \"PT0S\" | steps[0].expectedDuration",
                "\"name\": \"Web\"              | \"name\": \"Web\", \"expectedDuration\": \"P15D\" | steps[0].expectedDuration",
                "\"Rollout\"                  | \"Nonsense\"                | process",
                "\"Rollout\"                  | \"NormalChange\"            | process",
                "\"Rollout\"                  | \"SampleRollout\"           | steps",
                "\"PT1H\"                     | \"P99D\"                    | soak",
                "\"PT1H\"                     | \"soon\"                    | soak",
                "\"Rollout\" | \"SampleRollout\", \"onFailedVerification\": \"ASK\" | onFailedVerification",
                "\"Web\"                      | \"\"                        | steps[0].name"
            })
    void saysWhichFieldOfAPlanIsWrong(String right, String wrong, String field) {
        String body = plan(STEP);
        assertThat(body).contains(right);

        assertThat(put("rita", body.replace(right, wrong), "If-None-Match", "*"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("fields[*].field")
                .asArray()
                .contains(field);
    }

    @Test
    void takesWhatPeopleAreToDoAndShowsItAsItWasWritten() {
        String step =
                """
                {"stage": "DEPLOY_APPLICATION", "name": "Cable", "target": "rack 7",
                 "manual": {"instructions": "Swap it", "checklist": ["It is in", "The light is green"]},
                 "undo": {"manual": {"instructions": "Take it back"}}}""";
        assertThat(put("rita", plan(step), "If-None-Match", "*")).hasStatus(201);

        MvcTestResult shown = get("/api/v1/changes/" + change + "/rollout-plan");

        assertThat(shown)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"steps": [{"connector": "manual", "parameters": {},
                          "manual": {"instructions": "Swap it", "checklist": ["It is in", "The light is green"]},
                          "undo": {"connector": "manual", "manual": {"instructions": "Take it back", "checklist": []}}}]}""");
        assertThat(put("rita", body(shown), "If-Match", "\"1\"")).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"instructions\": \" \"}' | steps[0].manual.instructions",
                "'{\"checklist\": [\"It is in\"]}' | steps[0].manual.instructions",
                "'{\"instructions\": \"Swap it\", \"checklist\": [\"\"]}' | steps[0].manual.checklist[0]",
                "'{\"instructions\": \"Swap it\", \"checklist\": [\"In\", \"In\"]}' | steps[0].manual.checklist[1]",
                "'{\"instructions\": \"Swap ${it}\"}' | steps[0].manual.instructions",
                "null | steps[0].connector"
            })
    void saysWhatIsWrongWithWhatPeopleAreToDo(String manual, String field) {
        String step =
                """
                {"stage": "DEPLOY_APPLICATION", "name": "Cable", "target": "rack 7", "cannotBeUndone": "It is cut",
                 "manual": %s}"""
                        .formatted(manual);

        assertThat(put("rita", plan(step), "If-None-Match", "*"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("fields[*].field")
                .asArray()
                .contains(field);
    }

    private static String body(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void showsWhatRanAndWhatItPrinted() {
        String number = driver.start(deploySteps(2));
        tools.during(number, 1, CommandKind.RUN, call -> {
            call.log().accept("line 1");
            call.log().accept("line 2");
            return ConnectorAnswer.succeeded("done");
        });
        driver.settle(number);

        assertThat(get("/api/v1/rollouts/" + number + "/steps"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("items[*].state")
                .asArray()
                .containsExactly("DONE", "DONE");
        MvcTestResult first = get("/api/v1/rollouts/" + number + "/steps/1/log?limit=1");
        assertThat(first).bodyJson().extractingPath("items[0].output").isEqualTo("line 1");
        assertThat(get("/api/v1/rollouts/" + number + "/rollback-preview"))
                .bodyJson()
                .extractingPath("items[*].seq")
                .asArray()
                .containsExactly(2, 1);
    }

    @Test
    void keepsWhatAPlanSaysToPeople() {
        String told = STEP.replace(
                "\"name\": \"Web\"", "\"name\": \"Web\", \"runbook\": \"Watch it\", \"expectedDuration\": \"PT5M\"");
        String check =
                """
                {"stage": "DEPLOY_APPLICATION", "name": "Answers", "connector": "tool", "target": "web",
                 "parameters": {"version": "2.0"}, "check": true}""";
        put("rita", plan(told + ", " + check), "If-None-Match", "*");

        assertThat(get("/api/v1/changes/" + change + "/rollout-plan"))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"steps": [{"check": false, "runbook": "Watch it", "expectedDuration": "PT5M"},
                         {"name": "Answers", "check": true}]}""");
    }

    @Test
    void tellsHowFarARolloutIsAndHowLongItStillTakes() {
        String number = driver.start(RolloutDriver.plan(
                taking(Stage.DEPLOY_APPLICATION, Duration.ofMinutes(10)),
                taking(Stage.DEPLOY_APPLICATION, Duration.ofMinutes(20)),
                taking(Stage.VERIFY, Duration.ofMinutes(5))));
        hasProgress(number, 0, Duration.ofMinutes(35));

        driver.dispatchOnce();
        hasProgress(number, 1, Duration.ofMinutes(25));
        assertThat(get("/api/v1/rollouts/" + number + "/steps"))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"items": [{"expectedDuration": "PT10M", "runbook": "As ever", "check": false},
                         {"expectedDuration": "PT20M"}]}""");

        driver.settle(number);
        hasProgress(number, 3, Duration.ZERO);

        driver.fireTimer(number);
        assertThat(get("/api/v1/rollouts/" + number)).bodyJson().doesNotHavePath("progress");
    }

    @Test
    void doesNotGuessHowLongAStepTakes() {
        String number = driver.start(RolloutDriver.plan(
                taking(Stage.BACK_UP, Duration.ofMinutes(1)), RolloutDriver.check(Stage.VERIFY, "Answers")));

        assertThat(get("/api/v1/rollouts/" + number))
                .bodyJson()
                .extractingPath("progress.remaining")
                .isEqualTo("unknown");
    }

    private void hasProgress(String number, int ended, Duration remaining) {
        MvcTestResult shown = get("/api/v1/rollouts/" + number);
        assertThat(shown).bodyJson().extractingPath("progress.stepsPlanned").isEqualTo(3);
        assertThat(shown).bodyJson().extractingPath("progress.stepsEnded").isEqualTo(ended);
        assertThat(shown)
                .bodyJson()
                .extractingPath("progress.remaining")
                .asString()
                .satisfies(text -> assertThat(Duration.parse(text))
                        .isLessThanOrEqualTo(remaining)
                        .isGreaterThanOrEqualTo(remaining.minusMinutes(1)));
    }

    private static PlannedStep taking(Stage stage, Duration expected) {
        PlannedStep step = RolloutDriver.step(stage, "Takes " + expected, "tool");
        return new PlannedStep(
                step.stage(),
                step.name(),
                step.connector(),
                step.target(),
                step.parameters(),
                step.undo(),
                step.cannotBeUndone(),
                false,
                "As ever",
                expected);
    }

    @Test
    void findsRolloutsByChange() {
        String number = driver.start(deploySteps(1));
        String itsChange = jdbc.sql("select change_number from rollout where id = :id")
                .param("id", RolloutNumber.idOf(number))
                .query(String.class)
                .single();

        assertThat(get("/api/v1/rollouts?state=RUNNING&change=" + itsChange))
                .bodyJson()
                .extractingPath("items[*].number")
                .asArray()
                .containsExactly(number);
        assertThat(get("/api/v1/rollouts?state=DEPLOYED&change=" + itsChange))
                .bodyJson()
                .extractingPath("items")
                .asArray()
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/rollouts/ROL-999999999, 404",
        "/api/v1/rollouts/ROL-x, 404",
        "/api/v1/rollouts/ROL-999999999999999, 404",
        "/api/v1/rollouts/ROL-999999999/steps/1/log, 404",
        "/api/v1/rollouts/ROL-000001/steps/x/log, 400",
        "/api/v1/rollouts?state=NONSENSE, 400",
        "/api/v1/rollouts?after=nonsense, 400",
        "/api/v1/changes/CHG-999999999/rollout-plan, 404",
        "/api/v1/callbacks?state=DEAD, 403"
    })
    void answersWithAProblemAndNeverAnError(String address, int status) {
        assertThat(get(address)).hasStatus(status);
    }

    private static String plan(String step) {
        return """
                {"process": "Rollout", "soak": "PT1H", "checklist": ["It answers"], "steps": [%s]}"""
                .formatted(step);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, https://ci.example.com/17, https://ci.example.com/17",
        "SUCCEEDED, https://ci.example.com/17, https://ci.example.com/17",
        "RUNNING, javascript:alert(1),"
    })
    void linksToThePageThatACallbackNames(String state, String told, @Nullable String link) {
        String number = driver.start(RolloutDriver.deploySteps(1));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted(null));
        driver.settle(number);
        String id = "msg_" + UUID.randomUUID();
        Instant now = Instant.now();
        byte[] body = "{\"key\": \"%s\", \"state\": \"%s\", \"link\": \"%s\"}"
                .formatted(tools.callsOf(number).get(0).key(), state, told)
                .getBytes(StandardCharsets.UTF_8);

        assertThat(mvc.post()
                        .uri("/api/v1/callbacks/tool")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", now.getEpochSecond())
                        .header("webhook-signature", ScriptedTools.SECRET.sign(id, now, body))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatus(202);
        driver.settle(number);

        assertThat(rollouts.links(number).get(1)).isEqualTo(link);
    }

    private MvcTestResult get(String address) {
        return mvc.get()
                .uri(java.net.URI.create(address))
                .with(user("rita").roles("requester"))
                .exchange();
    }

    private MvcTestResult put(String person, String body, String header, String value) {
        return mvc.put()
                .uri("/api/v1/changes/{number}/rollout-plan", change)
                .with(user(person).roles("requester"))
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
