package io.gatehouse.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link that lets somebody choose a password once.
 *
 * @param person whose password; null for whoever becomes the first administrator
 * @param createdBy id of who made it; {@code gatehouse} at a start
 */
record Link(
        Purpose purpose,
        @Nullable String person,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {

    enum Purpose {
        FIRST_ADMINISTRATOR,
        PASSWORD
    }

    boolean isLiveAt(Instant moment) {
        return usedAt == null && moment.isBefore(expiresAt);
    }
}
