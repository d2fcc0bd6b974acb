package io.gatehouse.rollout.http;

import io.gatehouse.rollout.connector.InvalidSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long and how much a tool may answer.
 *
 * @param connectTimeout the longest wait for a connection
 * @param readTimeout the longest wait for the whole answer
 * @param answerLimit the largest answer that is read
 */
public record HttpLimits(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("1MB") DataSize answerLimit) {

    private static final DataSize MOST = DataSize.ofGigabytes(1);

    public HttpLimits {
        InvalidSetting.unless(
                answerLimit.toBytes() > 0 && answerLimit.compareTo(MOST) <= 0, "answer-limit", "write 1GB at most");
    }

    public Duration longestExchange() {
        return connectTimeout.plus(readTimeout);
    }
}
