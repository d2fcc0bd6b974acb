package io.gatehouse.release;

import java.time.Instant;

/** What a person said for a seat, and why. */
public record SeatVote(String seat, String person, GoNoGoVote vote, String reason, Instant castAt) {}
