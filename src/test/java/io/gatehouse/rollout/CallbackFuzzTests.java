package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;

/** What anybody may send as a callback: it is refused or read, and nothing else. */
@Tag("fuzz")
class CallbackFuzzTests {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @FuzzTest(maxDuration = "5m")
    void whatWasNotSignedIsRefused(FuzzedDataProvider data) {
        String id = data.consumeString(60);
        String timestamp = data.consumeBoolean() ? Long.toString(NOW.getEpochSecond()) : data.consumeString(20);
        String signatures = data.consumeString(200);
        byte[] body = data.consumeRemainingAsBytes();

        assertThat(SECRET.verifies(id, timestamp, signatures, body, NOW)).isFalse();
    }

    @FuzzTest(maxDuration = "5m")
    void whatWasSignedIsAcceptedAsLongAsItsIdIsOne(FuzzedDataProvider data) {
        String id = data.consumeString(60);
        byte[] body = data.consumeRemainingAsBytes();
        String signature = SECRET.sign(id, NOW, body);

        assertThat(SECRET.verifies(id, Long.toString(NOW.getEpochSecond()), "v1,x " + signature, body, NOW))
                .isEqualTo(!id.contains("."));
    }

    @FuzzTest(maxDuration = "5m")
    void aBodyIsAReportOrNone(byte[] body) {
        CallbackReport.parse(body).ifPresent(report -> {
            assertThat(report.keyOrFail()).hasSizeLessThanOrEqualTo(80);
            assertThat(report.stateOrFail()).isNotNull();
            assertThat(report.detailOr("none")).hasSizeLessThanOrEqualTo(ConnectorAnswer.MAX_DETAIL);
        });
    }

    @FuzzTest(maxDuration = "5m")
    void aSecretIsOneOrRefusedWithoutBeingTold(byte[] text) {
        String secret = new String(text, StandardCharsets.UTF_8);
        try {
            WebhookSecret.parse(secret);
            assertThat(secret).startsWith("whsec_");
        } catch (IllegalArgumentException refused) {
            assertThat(secret.length() > 8 && refused.getMessage().contains(secret))
                    .isFalse();
        }
    }
}
