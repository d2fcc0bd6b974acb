package io.gatehouse.change.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.DecisionTables;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Which changes people look back at, as the table that ships says it. */
@ProcessTest
@OnH2
class RequireReviewDecisionTests {

    /** The table that ships; other tests of this context add versions of their own. */
    private static final int SHIPPED = 1;

    private static final String CASES =
            """
            NORMAL    | LOW       | SUCCESSFUL_WITH_ISSUES | false | false | Review_NotSuccessful | true
            STANDARD  | LOW       | UNSUCCESSFUL           | true  | false | Review_NotSuccessful | true
            EMERGENCY | VERY_HIGH | UNSUCCESSFUL           | true  | true  | Review_NotSuccessful | true
            NORMAL    | LOW       | SUCCESSFUL             | true  | false | Review_RolledBack    | true
            STANDARD  | MODERATE  | SUCCESSFUL             | true  | true  | Review_RolledBack    | true
            EMERGENCY | LOW       | SUCCESSFUL             | false | false | Review_Emergency     | true
            EMERGENCY | VERY_HIGH | SUCCESSFUL             | false | true  | Review_Emergency     | true
            NORMAL    | HIGH      | SUCCESSFUL             | false | false | Review_VeryRisky     | true
            NORMAL    | VERY_HIGH | SUCCESSFUL             | false | true  | Review_VeryRisky     | true
            STANDARD  | VERY_HIGH | SUCCESSFUL             | false | false | Review_VeryRisky     | true
            NORMAL    | LOW       | SUCCESSFUL             | false | true  | Review_NormalByHand  | true
            NORMAL    | MODERATE  | SUCCESSFUL             | false | true  | Review_NormalByHand  | true
            NORMAL    | LOW       | SUCCESSFUL             | false | false | Review_NotNeeded     | false
            NORMAL    | MODERATE  | SUCCESSFUL             | false | false | Review_NotNeeded     | false
            STANDARD  | LOW       | SUCCESSFUL             | false | true  | Review_NotNeeded     | false
            STANDARD  | MODERATE  | SUCCESSFUL             | false | false | Review_NotNeeded     | false
            """;

    @Autowired
    private DecisionTables tables;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void isDecidedByTheFirstRuleThatFits(
            String type, String risk, String result, boolean rolledBack, boolean byHand, String rule, boolean review) {
        DecisionTables.Answer answer = tables.ask(
                "RequireReview",
                SHIPPED,
                Map.of("type", type, "risk", risk, "result", result, "rolledBack", rolledBack, "byHand", byHand));

        assertThat(answer.ruleIds()).containsExactly(rule);
        assertThat(answer.results()).singleElement().satisfies(one -> {
            assertThat(one).containsEntry("review", review);
            assertThat(one.get("reason")).asString().isNotBlank();
        });
    }

    @Test
    void everyRuleHasACase() {
        List<String> rules = Dmn.readModelFromFile(
                        Path.of("processes/change/RequireReview.dmn").toFile())
                .getModelElementsByType(Rule.class)
                .stream()
                .map(Rule::getId)
                .toList();

        assertThat(rules).isNotEmpty();
        Set<String> cases = CASES.lines().map(line -> line.split(" *\\| *")[5]).collect(Collectors.toSet());
        assertThat(cases).containsExactlyInAnyOrderElementsOf(rules);
    }
}
