package io.gatehouse.rollout.http;

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

    public Duration longestExchange() {
        return connectTimeout.plus(readTimeout);
    }
}
