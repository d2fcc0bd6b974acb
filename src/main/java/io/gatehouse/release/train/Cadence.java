package io.gatehouse.release.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * After what time the next train of a series follows, as a period of ISO 8601 of one unit: {@code P6M}, {@code P26W}.
 * Weeks keep the days of the week, months the day of the month.
 *
 * @param unit {@code D}, {@code W}, {@code M} or {@code Y}
 */
public record Cadence(int count, char unit) {

    /** Regular expression of a cadence. */
    public static final String PATTERN = "P[1-9]\\d{0,2}[DWMY]";

    /** What is told about text that is none. */
    public static final String MESSAGE = "must be a period of one unit, as P6M, P26W, P90D or P1Y, up to 999";

    private static final Pattern FORM = Pattern.compile("P(\\d+)([DWMY])");

    /** @throws IllegalArgumentException if it is not as {@link #PATTERN} says */
    @JsonCreator
    public static Cadence of(String text) {
        Matcher form = FORM.matcher(text);
        if (!text.matches(PATTERN) || !form.matches()) {
            throw new IllegalArgumentException("A cadence " + MESSAGE);
        }
        return new Cadence(Integer.parseInt(form.group(1)), form.group(2).charAt(0));
    }

    static Cadence ofWeeks(int weeks) {
        return new Cadence(weeks, 'W');
    }

    /** How many weeks it is; absent if it is not said in weeks. */
    @Nullable
    Integer weeks() {
        return unit == 'W' ? count : null;
    }

    /** What it is unless it is said in weeks. */
    @Nullable
    String other() {
        return unit == 'W' ? null : toString();
    }

    LocalDate after(LocalDate day) {
        return day.plus(Period.parse(toString()));
    }

    @Override
    @JsonValue
    public String toString() {
        return "P" + count + unit;
    }
}
