package io.gatehouse.api.web;

import io.gatehouse.api.BufferedRequest;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;

/**
 * What tells one request from another: who sent which key, and with what in it.
 *
 * @param id SHA-256 of caller and key; exact on every database, whatever its collation, and no personal data
 * @param fingerprint SHA-256 of method, address and body
 */
record IdempotencyKey(byte[] id, byte[] fingerprint) {

    static final String HEADER = "Idempotency-Key";

    static IdempotencyKey of(BufferedRequest request) {
        String key = request.getHeader(HEADER);
        if (!key.matches("[\\x20-\\x7E]{1,255}") || key.isBlank()) {
            throw ProblemException.invalid(HEADER, "must be 1 to 255 printable ASCII characters");
        }
        return new IdempotencyKey(hash(callerOf(request), key), hash(addressOf(request), request.body()));
    }

    private static String callerOf(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? "" : principal.getName();
    }

    private static String addressOf(HttpServletRequest request) {
        return request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString();
    }

    private static byte[] hash(String first, String second) {
        return hash(first, second.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hash(String first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
