package io.gatehouse.rollout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tool tells when it calls back. Fields of its own are ignored.
 *
 * @param key of the command it is about
 * @param log what it printed, kept in the step's log
 * @param link where people see it in the tool; what is no address of a page is left out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CallbackReport(
        @Nullable String key,
        @Nullable State state,
        @Nullable String detail,
        @Nullable String log,
        @Nullable String link) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_KEY = 80;

    CallbackReport {
        link = ConnectorAnswer.page(link);
    }

    /** How far the tool is. */
    enum State {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /** Empty if the body is not such a report. */
    static Optional<CallbackReport> parse(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readValue(body, CallbackReport.class))
                    .filter(report -> report.state != null)
                    .filter(report -> report.key != null && report.key.length() <= LONGEST_KEY);
        } catch (IOException notOne) {
            return Optional.empty();
        }
    }

    String keyOrFail() {
        return Objects.requireNonNull(key, "key");
    }

    State stateOrFail() {
        return Objects.requireNonNull(state, "state");
    }

    String detailOr(String other) {
        String said = detail == null || detail.isBlank() ? other : detail;
        return said.length() <= ConnectorAnswer.MAX_DETAIL ? said : said.substring(0, ConnectorAnswer.MAX_DETAIL);
    }
}
