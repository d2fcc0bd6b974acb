package io.gatehouse.rollout.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.mail.Channel;
import io.gatehouse.mail.Letter;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.rollout.http.ToolClient;
import io.gatehouse.secret.SecretText;
import io.gatehouse.secret.SecretUnreadable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Posts letters to one address, signed as our calls of tools are. Of what goes wrong only the kind is told: an answer or an
 * address may hold what is secret.
 */
class WebhookChannel implements Channel {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** @param text with the subject before it, because rooms of chats show nothing else */
    private record Post(String id, String subject, String text) {}

    private final String name;
    private final String url;
    private final SecretText secret;
    private final ToolClient client;
    private final Clock clock;

    WebhookChannel(String name, String url, SecretText secret, ToolClient client, Clock clock) {
        this.name = name;
        this.url = url;
        this.secret = secret;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    Optional<String> storedSecret() {
        return secret.storedName();
    }

    @Override
    public void post(String id, Letter letter) throws NotPosted {
        byte[] body = body(id, letter);
        Instant now = clock.instant();
        HttpPost request = new HttpPost(url);
        request.setHeader("Idempotency-Key", id);
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        request.setHeader("webhook-signature", signing().sign(id, now, body));
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON.withCharset((String) null)));
        int status = exchange(request);
        if (status / 100 != 2) {
            throw new NotPosted("HTTP " + status, null);
        }
    }

    private int exchange(HttpPost request) throws NotPosted {
        try {
            return client.exchange(request).status();
        } catch (ToolClient.NotReached nothingSent) {
            throw new NotPosted("not reached", nothingSent);
        } catch (IOException broken) {
            throw new NotPosted(broken.getClass().getSimpleName(), broken);
        }
    }

    private WebhookSecret signing() throws NotPosted {
        try {
            return WebhookSecret.parse(secret.current());
        } catch (SecretUnreadable | IllegalArgumentException unusable) {
            throw new NotPosted("its secret cannot be used", unusable);
        }
    }

    private static byte[] body(String id, Letter letter) {
        try {
            return JSON.writeValueAsBytes(new Post(id, letter.subject(), letter.subject() + "\n\n" + letter.text()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A letter is plain text", e);
        }
    }
}
