package io.gatehouse.rollout.webhook;

import io.gatehouse.rollout.http.HttpLimits;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where communication plans may tell something besides by mail, as the operator has set it up.
 *
 * @param channels by the name that plans call them
 */
@ConfigurationProperties("gatehouse.communication")
record ChannelProperties(@DefaultValue Map<String, Settings> channels) {

    /**
     * One channel.
     *
     * @param url where letters are posted; no redirect is followed
     * @param secret {@code whsec_…} or {@code stored:<name>}, signs what is posted
     * @param connectTimeout the longest wait for a connection
     * @param readTimeout the longest wait for the whole answer
     */
    record Settings(
            @Nullable String url,
            @Nullable String secret,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("10s") Duration readTimeout) {

        HttpLimits limits() {
            return new HttpLimits(connectTimeout, readTimeout, DataSize.ofKilobytes(64));
        }
    }
}
