package io.gatehouse.change;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of a task of a change, {@code TASK-000123}, and the row behind it. */
final class ChangeTaskNumber {

    private static final String PREFIX = "TASK-";
    private static final Pattern FORMAT = Pattern.compile(PREFIX + "(\\d{6,15})");

    private ChangeTaskNumber() {}

    static String of(long id) {
        return PREFIX + "%06d".formatted(id);
    }

    /** Empty when none can have this number. */
    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
