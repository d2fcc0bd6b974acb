package io.gatehouse.rollout.webhook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.secret.SecretMask;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What we post to a tool and what it answers. */
final class ToolMessages {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** @param key the same for every repetition; the tool names it when it calls back */
    record Order(
            String key,
            String rollout,
            int step,
            CommandKind kind,
            int attempt,
            String target,
            Map<String, String> parameters) {}

    /** How far the tool is. */
    enum State {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /** Everything may be missing: many tools answer with no body, or one of their own. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Report(
            @Nullable State state,
            @Nullable String detail,
            @Nullable String log,
            @Nullable String reference,
            @Nullable String link) {

        String detailOr(String other) {
            return detail == null || detail.isBlank() ? other : detail;
        }

        /** A tool may tell what it was called with. */
        Report without(SecretMask mask) {
            return new Report(
                    state, hidden(mask, detail), hidden(mask, log), hidden(mask, reference), hidden(mask, link));
        }

        private static @Nullable String hidden(SecretMask mask, @Nullable String text) {
            return text == null ? null : mask.hide(text);
        }
    }

    private ToolMessages() {}

    static byte[] order(ConnectorCall call) {
        try {
            return JSON.writeValueAsBytes(new Order(
                    call.key(),
                    call.rollout(),
                    call.seq(),
                    call.kind(),
                    call.attempt(),
                    call.target(),
                    call.parameters()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An order is plain text", e);
        }
    }

    /** @throws IOException if there is a body and it is not a report */
    static Report report(byte[] body) throws IOException {
        if (new String(body, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
            return new Report(null, null, null, null, null);
        }
        Report report = JSON.readValue(body, Report.class);
        if (report == null) {
            throw new IOException("The answer is null");
        }
        return report;
    }
}
