package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChooseApproversDecisionTests {

    private final DecisionTableFixture table = new DecisionTableFixture(
            "ChooseApprovers", Map.of("risk", "LOW", "production", true, "evidence", "COMPLETE"));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "production=false                                 | LowOutsideProduction | AUTO",
                "production=false evidence=PARTIAL                | Low                  | SEATS",
                "production=false evidence=MISSING                | Low                  | SEATS",
                "                                                 | Low                  | SEATS",
                "evidence=MISSING                                 | Low                  | SEATS",
                "risk=MODERATE                                    | Moderate             | SEATS",
                "risk=MODERATE production=false                   | Moderate             | SEATS",
                "risk=HIGH                                        | High                 | SEATS",
                "risk=VERY_HIGH                                   | VeryHigh             | CAB",
                "risk=VERY_HIGH production=false evidence=PARTIAL | VeryHigh             | CAB",
                "risk=UNHEARD_OF                                  | VeryHigh             | CAB",
            })
    void choosesApprovers(String told, String rule, String approval) {
        List<Map<String, Object>> answers = table.ask(told == null ? "" : told);

        assertThat(table.rules()).containsExactly("Approvers_" + rule);
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer).containsEntry("approval", approval);
            assertThat(answer.get("seats").toString().isEmpty()).isEqualTo(approval.equals("AUTO"));
        });
    }
}
