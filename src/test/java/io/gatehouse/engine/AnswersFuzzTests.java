package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.api.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** What anybody may hand in as a verdict: it is one of the known ones with a reason, or it is refused by name. */
@Tag("fuzz")
class AnswersFuzzTests {

    private enum Verdict {
        APPROVE,
        REJECT
    }

    private static final List<String> FIELDS = List.of("decision", "reason", "rolledBack", "approved");

    @FuzzTest(maxDuration = "5m")
    void aVerdictIsKnownAndReasonedOrRefused(FuzzedDataProvider data) {
        Map<String, Object> handedIn = new HashMap<>();
        while (data.remainingBytes() > 0 && handedIn.size() < 6) {
            String field = data.consumeBoolean() ? data.pickValue(FIELDS) : data.consumeString(20);
            handedIn.put(field, value(data));
        }
        Answers answers = new Answers(handedIn);
        try {
            Verdict verdict = answers.choice("decision", Verdict.class);
            String reason = answers.text("reason", 100);
            boolean rolledBack = answers.ticked("rolledBack");
            answers.nothingElse();

            assertThat(String.valueOf(handedIn.get("decision")).strip()).isEqualTo(verdict.name());
            assertThat(handedIn.getOrDefault("rolledBack", false)).isEqualTo(rolledBack);
            assertThat(reason).isNotBlank().hasSizeLessThanOrEqualTo(100);
            assertThat(List.of("decision", "reason", "rolledBack")).containsAll(handedIn.keySet());
        } catch (ProblemException refused) {
            assertThat(refused.problem().status()).isEqualTo(400);
        }
    }

    private static Object value(FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 4)) {
            case 0 -> data.pickValue(Verdict.values()).name();
            case 1 -> data.consumeBoolean();
            case 2 -> data.consumeLong();
            case 3 -> List.of(data.consumeString(10));
            default -> data.consumeString(120);
        };
    }
}
