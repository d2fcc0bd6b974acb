package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessScoreTests {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', 100",
        "success 0, 100",
        "failure 0, 75",
        "failure 0 failure 0, 60",
        "failure 0 failure 0 failure 0, 50",
        "failure 60, 86",
        "failure 120, 92",
        "issues 0, 88",
        "undone 0, 75",
        "rehearsal 0, 100",
        "failure 0 success 0 success 0, 83",
        "failure 0 rehearsal 0, 75",
        "minor 0, 88",
        "major 0, 81",
        "critical 0, 75",
        "critical 60, 86",
        "undoneCritical 0, 75",
    })
    void isTheShareOfSuccessesOfWhichTheLastCountMost(String past, int score) {
        assertThat(SuccessScore.of(outcomes(past), NOW)).isEqualTo(score);
    }

    @Test
    void isNeverOutOfRange() {
        List<SuccessScore.Outcome> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(outcomes("failure 0").get(0));
        }
        assertThat(SuccessScore.of(many, NOW)).isBetween(0, 1);
        assertThat(SuccessScore.of(outcomes("failure 0"), NOW.minusSeconds(60))).isEqualTo(75);
    }

    private static List<SuccessScore.Outcome> outcomes(String past) {
        List<SuccessScore.Outcome> outcomes = new ArrayList<>();
        String[] words = past.isEmpty() ? new String[0] : past.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            Instant closedAt = NOW.minus(Duration.ofDays(Integer.parseInt(words[i + 1])));
            outcomes.add(
                    switch (words[i]) {
                        case "success" -> new SuccessScore.Outcome(CloseCode.SUCCESSFUL, false, closedAt, null);
                        case "issues" -> new SuccessScore.Outcome(
                                CloseCode.SUCCESSFUL_WITH_ISSUES, false, closedAt, null);
                        case "undone" -> new SuccessScore.Outcome(
                                CloseCode.SUCCESSFUL_WITH_ISSUES, true, closedAt, null);
                        case "rehearsal" -> new SuccessScore.Outcome(CloseCode.SUCCESSFUL, true, closedAt, null);
                        case "minor", "major", "critical" -> new SuccessScore.Outcome(
                                CloseCode.SUCCESSFUL,
                                false,
                                closedAt,
                                Incident.Severity.valueOf(words[i].toUpperCase(Locale.ROOT)));
                        case "undoneCritical" -> new SuccessScore.Outcome(
                                CloseCode.UNSUCCESSFUL, true, closedAt, Incident.Severity.CRITICAL);
                        default -> new SuccessScore.Outcome(CloseCode.UNSUCCESSFUL, true, closedAt, null);
                    });
        }
        return outcomes;
    }
}
