package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequireEvidenceDecisionTests {

    /** A change of little risk that brings nothing new, in production, under no regulation. */
    private static final Map<String, Object> USUAL = Map.of(
            "risk", "LOW",
            "production", true,
            "newVersion", false,
            "dataMigration", false,
            "sox", false,
            "pciDss", false,
            "gdpr", false,
            "otherScope", false);

    private final DecisionTableFixture table = new DecisionTableFixture("RequireEvidence", USUAL);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                                        | NONE",
                "risk=MODERATE                           | NONE",
                "newVersion=true                         | TEST_REPORT",
                "newVersion=true risk=MODERATE           | CODE_REVIEW TEST_REPORT",
                "newVersion=true risk=HIGH               | CODE_REVIEW REHEARSAL SECURITY_SCAN TEST_REPORT",
                "newVersion=true risk=VERY_HIGH          | CODE_REVIEW REHEARSAL SECURITY_SCAN TEST_REPORT",
                "risk=HIGH                               | REHEARSAL",
                "dataMigration=true                      | BACKUP",
                "dataMigration=true gdpr=true            | BACKUP PRIVACY_REVIEW",
                "gdpr=true                               | NONE",
                "sox=true                                | CODE_REVIEW",
                "sox=true newVersion=true                | CODE_REVIEW PROVENANCE TEST_REPORT",
                "pciDss=true                             | NONE",
                "pciDss=true newVersion=true             | SECURITY_SCAN TEST_REPORT",
                "otherScope=true                         | CODE_REVIEW",
                "production=false newVersion=true risk=VERY_HIGH dataMigration=true sox=true pciDss=true gdpr=true"
                        + " otherScope=true | NONE",
            })
    void wantsOnFile(String told, String kinds) {
        String answered = table.ask(told == null ? "" : told).stream()
                .map(answer -> answer.get("evidence").toString())
                .filter(kind -> kinds.equals("NONE") || !kind.equals("NONE"))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), all -> String.join(" ", all)));

        assertThat(answered).isEqualTo(kinds);
    }

    @Test
    void wantsNothingThatNobodyCanFile() {
        String words = TableFixture.shipped("RequireEvidence")
                .replaceAll("(?s).*OutputValues_evidence\">\\s*<text>(.*?)</text>.*", "$1");

        assertThat(words.replace("\"", "").split(","))
                .containsExactlyElementsOf(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("NONE"),
                                Arrays.stream(EvidenceKind.values()).map(EvidenceKind::name))
                        .toList());
    }
}
