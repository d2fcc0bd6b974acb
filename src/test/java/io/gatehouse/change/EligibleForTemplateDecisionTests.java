package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code EligibleForTemplate.dmn} row by row, as a change manager would say it. */
class EligibleForTemplateDecisionTests {

    private static DmnEngine engine;
    private static DmnDecision table;

    @BeforeAll
    static void parse() throws IOException {
        engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
        table = engine.parseDecision(
                "EligibleForTemplate", Files.newInputStream(Path.of("processes", "change", "EligibleForTemplate.dmn")));
    }

    @ParameterizedTest(name = "tier {0}, production {1}, {3} failures, score {4}: {2} may use it: {5}")
    @CsvSource({
        // The team of the service always may, and so may who answers for changes and releases.
        "1, true,  TEAM,            9, 100, true",
        "1, true,  CHANGE_MANAGER,  9, 100, true",
        "1, true,  RELEASE_MANAGER, 9, 100, true",
        // Others not where it has failed lately on a most critical service in production.
        "1, true,  OTHER,           1, 100, false",
        "1, true,  TOOL,            1, 100, false",
        "1, true,  OTHER,           4, 100, false",
        // Everywhere else everybody who may raise changes.
        "1, true,  OTHER,           0, 100, true",
        "1, true,  TOOL,            0, 100, true",
        "1, false, OTHER,           4, 100, true",
        "2, true,  OTHER,           4, 100, true",
        "4, false, TOOL,            0, 100, true",
        // Where its changes went badly, only its team and managers.
        "4, false, TOOL,            0, 50, true",
        "4, false, TOOL,            0, 49, false",
        "2, true,  OTHER,           4, 49, false",
        "1, true,  TEAM,            9, 0, true",
        "1, true,  CHANGE_MANAGER,  9, 0, true"
    })
    void saysWhoMayUseATemplate(
            int tier, boolean production, String requester, int failures, int score, boolean eligible) {
        DmnDecisionRuleResult answer = engine.evaluateDecisionTable(
                        table,
                        Map.of(
                                "template", "restart-nova",
                                "tier", tier,
                                "production", production,
                                "ownerGroup", "nova",
                                "requester", requester,
                                "failures", failures,
                                "templateScore", score))
                .getSingleResult();

        assertThat(answer.<Boolean>getEntry("eligible")).isEqualTo(eligible);
        assertThat(answer.<String>getEntry("reason")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"TEAM", "CHANGE_MANAGER", "RELEASE_MANAGER", "TOOL", "OTHER"})
    void speaksOfEachRequesterThatTheCodeTells(TemplateEligibility.Requester requester) throws IOException {
        assertThat(Files.readString(Path.of("processes", "change", "EligibleForTemplate.dmn")))
                .contains("\"" + requester + "\"");
    }
}
