package io.gatehouse.cab;

import java.time.Duration;

/**
 * When a board meets.
 *
 * @param recurrence an RRULE of RFC 5545, as {@code FREQ=WEEKLY;BYDAY=WE}
 * @param firstMeeting by the clocks of the time zone, as {@code 2026-12-02T14:00}
 * @param timeZone of the IANA, as {@code Europe/Berlin}
 * @param durationMinutes how long a meeting is meant to last
 * @param leadHours so long before a meeting its agenda is sent
 */
public record BoardSchedule(
        String recurrence, String firstMeeting, String timeZone, int durationMinutes, int leadHours) {

    public Duration duration() {
        return Duration.ofMinutes(durationMinutes);
    }

    public Duration lead() {
        return Duration.ofHours(leadHours);
    }
}
