package io.gatehouse.cab;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * The moments at which something recurs by the clocks of a place. A time that the clocks skip in spring is as much later,
 * one that they show twice in autumn is the first.
 */
final class Recurrence {

    /** Whole days and more: the time of day is that of the first. It does not end, for something that ends is ended. */
    private static final Set<String> PARTS =
            Set.of("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST");

    private static final String FIRST = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}";

    private final RecurrenceRule rule;
    private final LocalDateTime first;
    private final ZoneId zone;

    private Recurrence(RecurrenceRule rule, LocalDateTime first, ZoneId zone) {
        this.rule = rule;
        this.first = first;
        this.zone = zone;
    }

    /**
     * @param rule an RRULE of RFC 5545
     * @param first by the clocks of the zone, as {@code 2026-12-02T14:00}
     * @param zone of the IANA, as {@code Europe/Berlin}
     * @throws ProblemException invalid, naming the field of a board that is wrong
     */
    static Recurrence of(String rule, String first, String zone) {
        return new Recurrence(rule(rule), first(first), zone(zone));
    }

    static Recurrence of(BoardSchedule schedule) {
        return of(schedule.recurrence(), schedule.firstMeeting(), schedule.timeZone());
    }

    /** Everything that keeps it from being read, by the field of a board. */
    static List<InvalidField> faults(BoardSchedule schedule) {
        List<InvalidField> faults = new ArrayList<>();
        List.<Runnable>of(
                        () -> rule(schedule.recurrence()),
                        () -> first(schedule.firstMeeting()),
                        () -> zone(schedule.timeZone()))
                .forEach(reading -> {
                    try {
                        reading.run();
                    } catch (ProblemException e) {
                        faults.addAll(e.problem().fields());
                    }
                });
        return faults;
    }

    /** The first moment after another; empty if there is none any more, or none in the next thousand tries. */
    Optional<Instant> next(Instant after) {
        LocalDateTime from = LocalDateTime.ofInstant(after, zone).truncatedTo(ChronoUnit.MINUTES);
        try {
            RecurrenceRuleIterator moments = rule.iterator(floating(first));
            if (from.isAfter(first)) {
                // A day earlier, because clocks may have been put back in between.
                moments.fastForward(floating(from.minusDays(1)));
            }
            while (moments.hasNext()) {
                Instant moment = instant(moments.nextDateTime());
                if (moment.isAfter(after)) {
                    return Optional.of(moment);
                }
            }
        } catch (IllegalArgumentException e) {
            // What the library says of a rule that never comes true, as of a 31 February.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Instant instant(DateTime local) {
        return ZonedDateTime.of(
                        local.getYear(),
                        local.getMonth() + 1,
                        local.getDayOfMonth(),
                        local.getHours(),
                        local.getMinutes(),
                        0,
                        0,
                        zone)
                .toInstant();
    }

    private static DateTime floating(LocalDateTime local) {
        return new DateTime(
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                0);
    }

    private static RecurrenceRule rule(String text) {
        try {
            RecurrenceRule rule = new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
            for (String part : text.split(";")) {
                String name = part.replaceFirst("=.*", "").toUpperCase(Locale.ROOT);
                if (!PARTS.contains(name)) {
                    throw wrong("must not have the part " + name);
                }
            }
            return switch (rule.getFreq()) {
                case DAILY, WEEKLY, MONTHLY, YEARLY -> rule;
                default -> throw wrong("must be DAILY, WEEKLY, MONTHLY or YEARLY");
            };
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            throw wrong("must be an RRULE of RFC 5545, such as FREQ=WEEKLY;BYDAY=WE");
        }
    }

    private static ProblemException wrong(String message) {
        return ProblemException.invalid("meetings.recurrence", message);
    }

    private static LocalDateTime first(String text) {
        try {
            if (text.matches(FIRST)) {
                return LocalDateTime.parse(text);
            }
        } catch (DateTimeException e) {
            // As if it were not written so.
        }
        throw ProblemException.invalid(
                "meetings.first", "must be a date and a time by the clocks of the time zone, such as 2026-12-02T14:00");
    }

    private static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw ProblemException.invalid(
                    "meetings.timeZone", "must be a time zone of the IANA, such as Europe/Berlin");
        }
        return ZoneId.of(text);
    }
}
