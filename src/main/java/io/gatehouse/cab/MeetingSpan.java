package io.gatehouse.cab;

import java.time.Instant;

/** From when to when a meeting is planned. */
record MeetingSpan(Instant startsAt, Instant endsAt) {}
