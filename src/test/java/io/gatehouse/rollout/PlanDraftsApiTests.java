package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.testing.OnH2;
import java.io.UnsupportedEncodingException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What is drafted by a strategy can be put as the plan of a change as it is. */
@OnH2
@RolloutTest
class PlanDraftsApiTests {

    private static final String DEPLOY =
            """
            "deploy": {"connector": "tool", "target": "web", "parameters": {"version": "${artifact.version}"},
              "undo": {"connector": "tool", "parameters": {"version": "1.0"}},
              "runbook": "Watch it", "expectedDuration": "PT5M"}""";
    private static final String ALL_AT_ONCE =
            """
            {"strategy": "ALL_AT_ONCE", %s, "targets": ["web-1", "web-2"],
             "check": {"connector": "tool", "target": "{targets}", "parameters": {"version": "2.0"}}}"""
                    .formatted(DEPLOY);
    private static final String ROLLING =
            """
            {"strategy": "ROLLING", %s, "targets": ["web-1", "web-2", "web-3"], "maxUnavailable": "50%%",
             "check": {"connector": "tool", "target": "{targets}", "parameters": {"version": "2.0"}},
             "checklist": ["It answers"], "soak": "PT1H"}"""
                    .formatted(DEPLOY);
    private static final String BLUE_GREEN =
            """
            {"strategy": "BLUE_GREEN", %s, "live": "blue", "idle": "green",
             "traffic": {"connector": "tool", "target": "{colour}", "parameters": {"version": "{colour}"}},
             "check": {"connector": "tool", "target": "{colour}", "parameters": {"version": "2.0"}},
             "soak": "PT1H"}"""
                    .formatted(DEPLOY);
    private static final String CANARY =
            """
            {"strategy": "CANARY", %s, "percentages": [5, 50],
             "traffic": {"connector": "tool", "target": "web", "parameters": {"version": "{percent}"}},
             "verdict": {"connector": "tool", "target": "web", "parameters": {"version": "{percent}"}}}"""
                    .formatted(DEPLOY);

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @MethodSource("strategies")
    void aDraftIsAPlanAsItIs(String strategy) throws UnsupportedEncodingException {
        MvcTestResult draft = draft(strategy);
        assertThat(draft).hasStatusOk();

        assertThat(mvc.put()
                        .uri("/api/v1/changes/{number}/rollout-plan", changeThatBrings("2.0.1"))
                        .with(user("rita").roles("requester"))
                        .header("If-None-Match", "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(draft.getResponse().getContentAsString()))
                .hasStatus(201);
    }

    @Test
    void aDraftSaysWhatTheStrategyMeans() {
        assertThat(draft(CANARY))
                .bodyJson()
                .extractingPath("steps[*].name")
                .asArray()
                .containsExactly(
                        "Deploy the canary",
                        "Shift to 5 %",
                        "Verdict at 5 %",
                        "Shift to 50 %",
                        "Verdict at 50 %",
                        "Shift to 100 %",
                        "Verdict at 100 %");
        assertThat(draft(ROLLING))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"process": "Rollout", "checklist": ["It answers"], "soak": "PT1H",
                         "steps": [{"name": "Deploy batch 1 of 3", "runbook": "Watch it", "expectedDuration": "PT5M"},
                           {"target": "web-1", "check": true}, {}, {}, {}, {"target": "web-3"}]}""");
    }

    @Test
    void nothingIsStored() {
        long before = plans();

        draft(BLUE_GREEN);

        assertThat(plans()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"strategy\": \"ROLLING\"  | \"strategy\": \"AT_RANDOM\"  | strategy",
                "\"strategy\": \"ROLLING\", | ''                           | strategy",
                "\"strategy\": \"ROLLING\"  | \"strategy\": \"CANARY\"     | targets",
                "\"web-1\", \"web-2\"       | \"web-1\", \"web-1\"         | targets",
                "\"web-1\", \"web-2\"       | \"web-1,web-2\"              | targets[0]",
                "\"50%\"                    | \"0\"                        | maxUnavailable",
                "\"50%\"                    | \"101%\"                     | maxUnavailable",
                "\"50%\"                    | \"all\"                      | maxUnavailable",
                "\"PT5M\"                   | \"soon\"                     | deploy.expectedDuration",
                "\"PT1H\"                   | \"soon\"                     | soak",
                "\"PT1H\"                   | \"P99D\"                     | soak",
                "\"1.0\"                    | null                         | deploy.undo.parameters[version]",
                "\"1.0\"                    | \"reboot now\"               | steps[0].undo.parameters.version",
                "\"connector\": \"tool\", \"target\": \"web\" | \"connector\": \"other\", \"target\": \"web\" | steps[0].connector",
                "${artifact.version}        | ${version}                   | steps[0].parameters.version",
            })
    void saysWhatIsWrong(String right, String wrong, String field) {
        assertThat(ROLLING).contains(right);

        assertThat(draft(ROLLING.replace(right, wrong)))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("fields[*].field")
                .asArray()
                .contains(field);
    }

    @Test
    void refusesPercentagesThatDoNotRise() {
        for (String percentages : new String[] {"[50, 5]", "[5, 5]", "[0]", "[101]", "[]"}) {
            assertThat(draft(CANARY.replace("[5, 50]", percentages)))
                    .as(percentages)
                    .hasStatus(400);
        }
    }

    @Test
    void refusesToKeepTheOldColourForNoTime() {
        assertThat(draft(BLUE_GREEN.replace("PT1H", "PT0S")))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("fields[0].field")
                .isEqualTo("soak");
        assertThat(draft(BLUE_GREEN.replace("\"green\"", "\"blue\""))).hasStatus(400);
    }

    static Stream<String> strategies() {
        return Stream.of(ALL_AT_ONCE, ROLLING, BLUE_GREEN, CANARY);
    }

    private String changeThatBrings(String version) {
        String change = driver.changeInImplementation("rita");
        long id = Long.parseLong(change.substring(4));
        jdbc.sql("update change_request set state = 'NEW' where id = ?")
                .param(id)
                .update();
        jdbc.sql("update change_service set new_version = ? where change_id = ?")
                .params(version, id)
                .update();
        return change;
    }

    private long plans() {
        return jdbc.sql("select count(*) from rollout_plan").query(Long.class).single();
    }

    private MvcTestResult draft(String body) {
        return mvc.post()
                .uri("/api/v1/rollout-plan-drafts")
                .with(user("rita").roles("requester"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
