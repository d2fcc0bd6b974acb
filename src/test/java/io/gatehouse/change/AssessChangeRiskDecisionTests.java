package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessChangeRiskDecisionTests {

    /** A change of which nothing is to be feared, in production. */
    private static final Map<String, Object> USUAL = Map.ofEntries(
            Map.entry("tier", 3),
            Map.entry("production", true),
            Map.entry("environmentKind", "PRODUCTION"),
            Map.entry("serviceCount", 1),
            Map.entry("dataMigration", false),
            Map.entry("downtime", false),
            Map.entry("backoutTested", true),
            Map.entry("dependentCount", 0),
            Map.entry("dependentTier", 5),
            Map.entry("windowTime", "NIGHT"),
            Map.entry("windowHours", 2),
            Map.entry("familiarity", 5),
            Map.entry("serviceScore", 100),
            Map.entry("teamScore", 100),
            Map.entry("teamFamiliarity", 5),
            Map.entry("incidents", 0),
            Map.entry("collision", "NONE"));

    private static final String STAGING = "production=false environmentKind=STAGING ";

    private final DecisionTableFixture table = new DecisionTableFixture("AssessChangeRisk", USUAL);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                    | LOW       | Baseline",
                "tier=1                                              | HIGH      | Baseline ProductionTier1",
                "tier=2                                              | MODERATE  | Baseline ProductionTier2",
                "tier=4                                              | LOW       | Baseline",
                "serviceCount=3                                      | LOW       | Baseline",
                "serviceCount=4                                      | HIGH      | Baseline ManyServices",
                "dataMigration=true                                  | HIGH      | Baseline DataMigration",
                "downtime=true                                       | MODERATE  | Baseline Downtime",
                "downtime=true windowTime=WORKING_HOURS              | HIGH      | Baseline Downtime"
                        + " DownWhilePeopleWork",
                "downtime=true windowTime=WEEKEND                    | MODERATE  | Baseline Downtime",
                "windowTime=WORKING_HOURS                            | LOW       | Baseline",
                "backoutTested=false                                 | MODERATE  | Baseline BackoutUntested",
                "tier=2 dataMigration=true backoutTested=false       | VERY_HIGH | Baseline ProductionTier2"
                        + " DataMigration BackoutUntested NoWayBack",
                "dependentTier=1 dependentCount=1                    | MODERATE  | Baseline CriticalDependents",
                "dependentTier=2 dependentCount=20                   | LOW       | Baseline",
                "dependentTier=2 dependentCount=21                   | MODERATE  | Baseline ManyDependents",
                "dependentTier=2 dependentCount=21 downtime=true     | HIGH      | Baseline Downtime ManyDependents"
                        + " ManyDependentsDown",
                "windowHours=24                                      | LOW       | Baseline",
                "windowHours=25                                      | MODERATE  | Baseline LongWindow",
                "familiarity=0                                       | LOW       | Baseline",
                "familiarity=0 dependentTier=3 dependentCount=4      | MODERATE  | Baseline Newcomer",
                "familiarity=1 dependentTier=3 dependentCount=4      | LOW       | Baseline",
                "teamFamiliarity=0                                   | LOW       | Baseline",
                "teamFamiliarity=0 dependentTier=3 dependentCount=4  | MODERATE  | Baseline NewToTheTeam",
                "teamFamiliarity=1 dependentTier=3 dependentCount=4  | LOW       | Baseline",
                "incidents=1                                         | MODERATE  | Baseline CausedIncident",
                "incidents=2                                         | MODERATE  | Baseline CausedIncident",
                "incidents=3                                         | HIGH      | Baseline CausedIncidents",
                "familiarity=0 tier=1 backoutTested=false            | VERY_HIGH | Baseline ProductionTier1"
                        + " BackoutUntested NewcomerToCritical",
                "serviceScore=70                                     | LOW       | Baseline",
                "serviceScore=69                                     | MODERATE  | Baseline PoorRecord",
                "serviceScore=49                                     | MODERATE  | Baseline PoorRecord",
                "serviceScore=49 tier=1                              | VERY_HIGH | Baseline ProductionTier1 PoorRecord"
                        + " PoorRecordCritical",
                "teamScore=60                                        | LOW       | Baseline",
                "teamScore=59                                        | MODERATE  | Baseline PoorTeamRecord",
                "collision=SAME_SERVICE                              | MODERATE  | Baseline Collision",
                "collision=RELATED_SERVICE                           | LOW       | Baseline",
                "collision=RELATED_SERVICE tier=1                    | HIGH      | Baseline ProductionTier1"
                        + " RelatedCollision",
                "collision=RELATED_SERVICE tier=2                    | MODERATE  | Baseline ProductionTier2"
                        + " RelatedCollision",
            })
    void inProduction(String told, Risk worst, String rules) {
        assertAnswers(told == null ? "" : told, worst, rules);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tier=1 serviceCount=9 dataMigration=true downtime=true backoutTested=false familiarity=0 | LOW      |"
                        + " Baseline",
                "incidents=9 teamFamiliarity=0 dependentCount=9                                           | LOW      |"
                        + " Baseline",
                "dependentTier=1 dependentCount=9 serviceScore=0 teamScore=0 collision=SAME_SERVICE        | LOW     "
                        + " | Baseline",
                "windowHours=200 windowTime=WORKING_HOURS                                                 | LOW      |"
                        + " Baseline",
                "dependentTier=3 dependentCount=10 downtime=true                                          | LOW      |"
                        + " Baseline",
                "dependentTier=3 dependentCount=11 downtime=true                                          | MODERATE |"
                        + " Baseline StagingDown",
            })
    void elsewhere(String told, Risk worst, String rules) {
        assertAnswers(STAGING + told, worst, rules);
    }

    private void assertAnswers(String told, Risk worst, String rules) {
        var answers = table.ask(told);

        assertThat(table.rules())
                .containsExactly(Arrays.stream(rules.split(" "))
                        .map(rule -> "Risk_" + rule)
                        .toArray(String[]::new));
        assertThat(answers.stream()
                        .map(answer -> Risk.valueOf(answer.get("risk").toString()))
                        .max(Risk::compareTo))
                .contains(worst);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get("reason").toString())
                .isNotBlank());
    }
}
