package io.gatehouse.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number people say, {@code REL-2026-017}, and what is stored of it: {@code 2026-017}. */
public final class ReleaseNumber {

    private static final String PREFIX = "REL-";
    private static final Pattern FORMAT = Pattern.compile(PREFIX + "(\\d{4}-\\d{3,9})");

    private ReleaseNumber() {}

    public static String of(String stored) {
        return PREFIX + stored;
    }

    static String stored(int year, long which) {
        return "%04d-%03d".formatted(year, which);
    }

    /** Empty when none can have this number. */
    static Optional<String> find(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
