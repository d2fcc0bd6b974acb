package io.gatehouse.rollout.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.mail.Channel;
import io.gatehouse.mail.ChannelSource;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.OutboundProperties;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.rollout.http.ToolClient;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.secret.SecretText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.util.unit.DataSize;

/**
 * The room of a chat, behind a real HTTP server: it shows what is signed, once for each id, and refuses everything else.
 */
public final class ChatRoom extends ToolDouble {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Map<String, JsonNode> shown = new ConcurrentSkipListMap<>();
    private final String name;
    private final Clock clock;
    private boolean closed;

    public ChatRoom(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    @Override
    protected Told answer(Asked request) {
        Map<String, String> headers = request.headers();
        String id = headers.getOrDefault("webhook-id", "");
        boolean signed = WebhookSecret.parse(SECRET)
                .verifies(
                        id,
                        headers.getOrDefault("webhook-timestamp", ""),
                        headers.getOrDefault("webhook-signature", ""),
                        request.body().getBytes(StandardCharsets.UTF_8),
                        clock.instant());
        if (!request.line().equals("POST /rooms/releases") || !signed) {
            return refuse(401, request.line());
        }
        if (!id.equals(headers.get("idempotency-key")) || !"application/json".equals(headers.get("content-type"))) {
            return refuse(400, headers.toString());
        }
        shown.putIfAbsent(id, read(request.body()));
        return Told.of(200, "ok");
    }

    private static JsonNode read(String body) {
        try {
            return JsonMapper.builder().build().readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What people in it see, by its id. */
    public Map<String, JsonNode> shown() {
        return new TreeMap<>(shown);
    }

    /** How Gatehouse reaches it. */
    public Channel channel() {
        return channel(SECRET, List.of("127.0.0.0/8"));
    }

    Channel channel(String secret, List<String> networks) {
        return channel(name, url("/rooms/releases"), secret, networks, clock);
    }

    static Channel channelAt(String url) {
        return channel("elsewhere", url, SECRET, List.of("127.0.0.0/8"), Clock.systemUTC());
    }

    private static Channel channel(String name, String url, String secret, List<String> networks, Clock clock) {
        ToolAddresses addresses = new ToolAddresses(
                new OutboundProperties(List.of(URI.create(url).getAuthority()), networks),
                SystemDefaultDnsResolver.INSTANCE);
        addresses.check(url);
        HttpLimits limits = new HttpLimits(Duration.ofMillis(500), Duration.ofMillis(500), DataSize.ofKilobytes(64));
        return new WebhookChannel(name, url, SecretText.given(secret), new ToolClient(limits, addresses), clock);
    }

    /** As if the application had been started with it. */
    public void openTo(ApplicationContext context) {
        Channel channel = channel();
        ChannelSource source = () -> List.of(channel);
        ((DefaultListableBeanFactory) context.getAutowireCapableBeanFactory())
                .registerSingleton("room-" + name, source);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            super.close();
        }
    }

    public void closeTo(ApplicationContext context) {
        ((DefaultListableBeanFactory) context.getAutowireCapableBeanFactory()).destroySingleton("room-" + name);
        close();
    }
}
