package io.gatehouse.cab;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as the people of a board read them, by its own clocks: {@code Wednesday 7 January 2026, 14:00 Europe/Berlin}. */
public final class MeetingTime {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private MeetingTime() {}

    public static String of(Instant moment, ZoneId zone) {
        return DAY.format(moment.atZone(zone)) + " " + zone.getId();
    }

    /** From one moment to another, the day said once if it is the same. */
    public static String between(Instant from, Instant until, ZoneId zone) {
        ZonedDateTime begin = from.atZone(zone);
        ZonedDateTime end = until.atZone(zone);
        boolean sameDay = begin.toLocalDate().equals(end.toLocalDate());
        return DAY.format(begin) + " to " + (sameDay ? HOUR : DAY).format(end) + " " + zone.getId();
    }
}
