package io.gatehouse.tool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token of a tool, without its secret, which nobody has but whoever made it.
 *
 * @param id the part of the token that is no secret
 * @param lastUsedAt when it was last used, up to two minutes late
 */
public record ToolToken(
        String id,
        String tool,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** Whether it is accepted at this moment, as far as the token itself is concerned. */
    public boolean isLiveAt(Instant moment) {
        return revokedAt == null && moment.isBefore(expiresAt);
    }
}
