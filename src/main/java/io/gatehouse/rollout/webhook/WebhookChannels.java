package io.gatehouse.rollout.webhook;

import static java.util.stream.Collectors.toSet;

import io.gatehouse.api.StartRefused;
import io.gatehouse.mail.Channel;
import io.gatehouse.mail.ChannelSource;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.rollout.http.ToolApis;
import io.gatehouse.rollout.http.ToolClient;
import io.gatehouse.secret.SecretText;
import io.gatehouse.secret.SecretUses;
import io.gatehouse.secret.StoredSecrets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The channels that stand in the settings. What is written there and could not work keeps Gatehouse from starting. */
@Component
@EnableConfigurationProperties(ChannelProperties.class)
class WebhookChannels implements ChannelSource, SecretUses {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final List<WebhookChannel> channels;

    /** @throws StartRefused naming the property and what to write */
    WebhookChannels(ChannelProperties properties, ToolApis tools, StoredSecrets secrets, Clock clock) {
        this.channels = properties.channels().entrySet().stream()
                .map(one -> channel(one.getKey(), one.getValue(), tools, secrets, clock))
                .toList();
    }

    private static WebhookChannel channel(
            String name, ChannelProperties.Settings settings, ToolApis tools, StoredSecrets secrets, Clock clock) {
        String place = "gatehouse.communication.channels." + name;
        try {
            InvalidSetting.unless(NAME.matcher(name).matches(), "name", "write a-z, 0-9 and hyphens, 63 at most");
            String url = given("url", settings.url(), "https://chat.example.com/hooks/releases");
            String secret = given("secret", settings.secret(), "stored:chat-signing");
            ToolAddresses addresses = tools.check(settings.limits(), Map.of("url", url));
            SecretText text = InvalidSetting.in("secret", () -> secrets.text(secret));
            if (text.storedName().isEmpty()) {
                InvalidSetting.in("secret", () -> WebhookSecret.parse(text.current()));
            }
            return new WebhookChannel(name, url, text, new ToolClient(settings.limits(), addresses), clock);
        } catch (InvalidSetting wrong) {
            throw new StartRefused(place + "." + wrong.getMessage());
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(place + ": " + wrong.getMessage());
        }
    }

    private static String given(String setting, @Nullable String value, String example) {
        if (value == null || value.isBlank()) {
            throw new InvalidSetting(setting, "it is missing; write it as " + example);
        }
        return value;
    }

    @Override
    public List<Channel> channels() {
        return List.copyOf(channels);
    }

    @Override
    public Set<Use> uses() {
        return channels.stream()
                .flatMap(channel ->
                        channel.storedSecret().stream().map(secret -> new Use(secret, "channel:" + channel.name())))
                .collect(toSet());
    }
}
