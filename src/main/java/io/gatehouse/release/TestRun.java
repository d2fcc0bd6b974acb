package io.gatehouse.release;

import io.gatehouse.access.Person;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A test of a stage, done once.
 *
 * @param requiredPercent how many of a hundred cases that ran must have passed
 * @param result absent until somebody or a tool has recorded it
 */
public record TestRun(
        long id,
        String name,
        String askedGroup,
        int requiredPercent,
        Instant askedAt,
        @Nullable TestResult result,
        @Nullable String recordedBy,
        @Nullable Instant recordedAt) {

    private static final Pattern FORMAT = Pattern.compile("TEST-(\\d{6,15})");

    /** The number people say: {@code TEST-000123}. */
    public String number() {
        return "TEST-%06d".formatted(id);
    }

    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** Whether as many cases have passed as must. */
    public boolean isPassed() {
        return result != null && result.reaches(requiredPercent);
    }

    /** As people read it who rely on it: with who says so, and where that is to be looked up. */
    public String evidence() {
        if (result == null) {
            return sentence();
        }
        return sentence() + ", recorded by " + recordedBy + (result.link() == null ? "" : ", " + result.link());
    }

    boolean isRecordedByTool() {
        return recordedBy != null && Person.isTool(recordedBy);
    }

    /** As people read it. */
    public String sentence() {
        return result == null
                ? name + ": no result yet"
                : name + ": " + (isPassed() ? "passed" : "not passed") + ", " + result.sentence() + ", "
                        + requiredPercent + " % required";
    }
}
