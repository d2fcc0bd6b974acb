package io.gatehouse.tool.web;

import io.gatehouse.api.ShownOnce;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token as the API shows it; the token itself only to whoever makes it. */
record TokenRepresentation(
        String id,
        @Nullable ShownOnce token,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    static TokenRepresentation of(ToolToken token) {
        return of(token, null);
    }

    static TokenRepresentation of(Tokens.Issued issued) {
        return of(issued.token(), new ShownOnce(issued.text()));
    }

    private static TokenRepresentation of(ToolToken token, @Nullable ShownOnce text) {
        return new TokenRepresentation(
                token.id(),
                text,
                token.createdBy(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                token.revokedAt());
    }
}
