package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.DecisionTables;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the table that ships says about whom. */
@ProcessTest
@OnH2
class AuthorizeEmergencyDecisionTests {

    @Autowired
    private DecisionTables tables;

    @ParameterizedTest
    @CsvSource({
        // production, tier, data migration, downtime, backout tested: rule, time box, approved afterwards within
        "false, 1, true,  true,  false, OutsideProduction, PT4H,  P1D",
        "false, 4, false, false, true,  OutsideProduction, PT4H,  P1D",
        "true,  4, true,  false, true,  DataMigration,     PT1H,",
        "true,  1, true,  true,  false, DataMigration,     PT1H,",
        "true,  1, false, false, true,  MostCritical,      PT30M,",
        "true,  2, false, false, true,  Reversible,        PT1H,  PT4H",
        "true,  2, false, true,  true,  Other,             PT1H,",
        "true,  3, false, false, false, Other,             PT1H,"
    })
    void asksTwoOfItsSeatsWithinATimeBox(
            boolean production,
            int tier,
            boolean dataMigration,
            boolean downtime,
            boolean backoutTested,
            String rule,
            Duration timeBox,
            @Nullable Duration approveWithin) {
        DecisionTables.Answer answer = tables.ask(
                "AuthorizeEmergency",
                Objects.requireNonNull(tables.newest().get("AuthorizeEmergency")),
                Map.of(
                        "production", production,
                        "tier", tier,
                        "dataMigration", dataMigration,
                        "downtime", downtime,
                        "backoutTested", backoutTested));

        assertThat(answer.ruleIds()).isEqualTo(List.of("Emergency_" + rule));
        EmergencyPolicy policy = EmergencyPolicy.of(answer.results().get(0));
        assertThat(policy.approvals()).isEqualTo(2);
        assertThat(policy.timeBox()).isEqualTo(timeBox);
        assertThat(policy.approveWithin()).isEqualTo(approveWithin);
        assertThat(policy.seats()).hasSizeGreaterThan(2);
        assertThat(policy.moreSeats()).isNotEmpty().doesNotContainAnyElementsOf(policy.seats());
    }
}
