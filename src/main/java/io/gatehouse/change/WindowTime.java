package io.gatehouse.change;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/** When a window is, by the clock of the organisation. */
enum WindowTime {
    /** It touches a time from Monday to Friday between 8 and 18. */
    WORKING_HOURS,
    /** It touches none of these, and not only a weekend. */
    NIGHT,
    /** It is on a Saturday or Sunday alone. */
    WEEKEND;

    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final LocalTime CLOSES = LocalTime.of(18, 0);
    private static final Set<DayOfWeek> WEEKEND_DAYS = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    static WindowTime of(Window window, ZoneId zone) {
        ZonedDateTime start = window.startsAt().atZone(zone);
        ZonedDateTime end = window.endsAt().atZone(zone);
        boolean weekendOnly = true;
        for (ZonedDateTime day = start.toLocalDate().atStartOfDay(zone); day.isBefore(end); day = day.plusDays(1)) {
            if (!WEEKEND_DAYS.contains(day.getDayOfWeek())) {
                weekendOnly = false;
                if (start.isBefore(day.with(CLOSES)) && day.with(OPENS).isBefore(end)) {
                    return WORKING_HOURS;
                }
            }
        }
        return weekendOnly ? WEEKEND : NIGHT;
    }
}
