package io.gatehouse.cab;

import java.time.Instant;

/**
 * Somebody who was at a meeting.
 *
 * @param seat for which seat
 * @param notedBy who wrote it down
 */
public record Attendee(String person, String seat, String notedBy, Instant notedAt) {}
