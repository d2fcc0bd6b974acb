package io.gatehouse.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** A secret that an answer shows once: who keeps the answer to an {@code Idempotency-Key} keeps it without. */
@JsonSerialize(using = ShownOnce.Serializer.class)
public record ShownOnce(String secret) {

    /** What stands in a repeated answer in place of the secret. */
    public static final String GONE = "shown only in the first answer";

    private record Shown(Set<String> texts) {

        static final String ATTRIBUTE = ShownOnce.class.getName();
    }

    /** The JSON that a request was answered with, without the secrets in it. */
    public static String redacted(ServletRequest request, String json) {
        String redacted = json;
        if (request.getAttribute(Shown.ATTRIBUTE) instanceof Shown shown) {
            for (String text : shown.texts()) {
                redacted = redacted.replace(text, GONE);
            }
        }
        return redacted;
    }

    @Override
    public String toString() {
        return "ShownOnce";
    }

    static class Serializer extends JsonSerializer<ShownOnce> {

        @Override
        public void serialize(ShownOnce value, JsonGenerator json, SerializerProvider provider) throws IOException {
            RequestAttributes request = RequestContextHolder.getRequestAttributes();
            if (request != null) {
                remember(request, new String(JsonStringEncoder.getInstance().quoteAsString(value.secret())));
            }
            json.writeString(value.secret());
        }

        private static void remember(RequestAttributes request, String text) {
            Shown shown = request.getAttribute(Shown.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof Shown before
                    ? before
                    : new Shown(new HashSet<>());
            shown.texts().add(text);
            request.setAttribute(Shown.ATTRIBUTE, shown, RequestAttributes.SCOPE_REQUEST);
        }
    }
}
