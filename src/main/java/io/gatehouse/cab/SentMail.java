package io.gatehouse.cab;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail about a meeting, and what became of it.
 *
 * @param kind {@code AGENDA} or {@code MINUTES}
 * @param person the id of who gets it
 * @param state {@code WAITING}, {@code SENT} or {@code FAILED}
 * @param trouble why it was not sent the last time
 */
public record SentMail(
        String kind, String person, String state, int tries, @Nullable Instant sentAt, @Nullable String trouble) {}
