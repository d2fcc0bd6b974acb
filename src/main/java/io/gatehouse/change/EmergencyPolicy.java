package io.gatehouse.change;

import io.gatehouse.access.Roles;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code AuthorizeEmergency} says about one change.
 *
 * @param seats who forms the board
 * @param approvals how many of them must approve, at least two
 * @param timeBox how long they have
 * @param moreSeats who is asked as well when it is over; then it begins anew, once
 * @param approveWithin how long after its start it may still be approved; absent if it must be approved before
 */
record EmergencyPolicy(
        Set<String> seats, int approvals, Duration timeBox, Set<String> moreSeats, @Nullable Duration approveWithin) {

    private static final int LEAST_APPROVALS = 2;

    /** @throws IllegalStateException when an answer makes no sense; a table that gives such answers is not let in */
    static EmergencyPolicy of(Map<String, Object> rule) {
        Set<String> seats = seats(rule, "seats");
        Set<String> more = seats(rule, "moreSeats");
        more.removeAll(seats);
        Object approvals = rule.get("approvals");
        if (!(approvals instanceof Number number)
                || number.intValue() < LEAST_APPROVALS
                || number.intValue() > seats.size()) {
            throw senseless(rule, "approvals");
        }
        Duration timeBox = duration(rule, "timeBox");
        if (timeBox == null) {
            throw senseless(rule, "timeBox");
        }
        return new EmergencyPolicy(seats, number.intValue(), timeBox, more, duration(rule, "approveWithin"));
    }

    /**
     * The strictest of several: where they ask other seats, each of every one must approve, or those of one would do for
     * all; the shortest times hold, and only what every one lets be approved afterwards may.
     */
    static EmergencyPolicy strictest(List<EmergencyPolicy> answers) {
        return answers.stream().reduce(EmergencyPolicy::and).orElseThrow();
    }

    private EmergencyPolicy and(EmergencyPolicy other) {
        Set<String> all = new LinkedHashSet<>(seats);
        all.addAll(other.seats);
        Set<String> more = new LinkedHashSet<>(moreSeats);
        more.retainAll(other.moreSeats);
        more.removeAll(all);
        return new EmergencyPolicy(
                all,
                seats.equals(other.seats) ? Math.max(approvals, other.approvals) : all.size(),
                shorter(timeBox, other.timeBox),
                more,
                approveWithin == null || other.approveWithin == null
                        ? null
                        : shorter(approveWithin, other.approveWithin));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** As they are stored: separated by commas. */
    static Set<String> split(@Nullable String seats) {
        Set<String> split = new LinkedHashSet<>();
        if (seats != null) {
            Arrays.stream(seats.split(","))
                    .map(String::strip)
                    .filter(seat -> !seat.isEmpty())
                    .forEach(split::add);
        }
        return split;
    }

    static @Nullable String join(Collection<String> seats) {
        return seats.isEmpty() ? null : String.join(",", new TreeSet<>(seats));
    }

    private static Set<String> seats(Map<String, Object> rule, String output) {
        Set<String> seats = split((String) rule.get(output));
        if (!Roles.APPROVING.containsAll(seats)) {
            throw senseless(rule, output);
        }
        return seats;
    }

    private static @Nullable Duration duration(Map<String, Object> rule, String output) {
        Object text = rule.get(output);
        try {
            return text == null || text.toString().isEmpty() ? null : Duration.parse(text.toString());
        } catch (DateTimeException e) {
            throw senseless(rule, output);
        }
    }

    private static IllegalStateException senseless(Map<String, Object> rule, String output) {
        return new IllegalStateException(
                "A rule of AuthorizeEmergency that fired gives no sensible '" + output + "': " + rule);
    }
}
