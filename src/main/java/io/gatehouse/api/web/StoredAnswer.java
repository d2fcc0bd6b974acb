package io.gatehouse.api.web;

import io.gatehouse.api.ShownOnce;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** The first answer to an idempotency key, with the fingerprint of the request it answered. */
record StoredAnswer(
        byte[] fingerprint,
        int status,
        @Nullable String contentType,
        @Nullable String location,
        @Nullable String eTag,
        String body) {

    static StoredAnswer of(IdempotencyKey key, ServletRequest request, ContentCachingResponseWrapper response) {
        return new StoredAnswer(
                key.fingerprint(),
                response.getStatus(),
                response.getContentType(),
                response.getHeader(HttpHeaders.LOCATION),
                response.getHeader(HttpHeaders.ETAG),
                ShownOnce.redacted(request, new String(response.getContentAsByteArray(), StandardCharsets.UTF_8)));
    }

    boolean answers(IdempotencyKey key) {
        return MessageDigest.isEqual(fingerprint, key.fingerprint());
    }

    void replay(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        setHeader(response, HttpHeaders.LOCATION, location);
        setHeader(response, HttpHeaders.ETAG, eTag);
        response.setHeader("Idempotency-Replayed", "true");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private static void setHeader(HttpServletResponse response, String name, @Nullable String value) {
        if (value != null) {
            response.setHeader(name, value);
        }
    }
}
