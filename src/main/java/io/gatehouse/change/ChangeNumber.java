package io.gatehouse.change;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number people say, {@code CHG-000123}, and the row behind it. */
final class ChangeNumber {

    private static final int DIGITS = 6;
    private static final Pattern FORMAT = Pattern.compile("CHG-(\\d{6,15})");

    private ChangeNumber() {}

    static String of(long id) {
        String digits = Long.toString(id);
        return "CHG-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    static OptionalLong idOf(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
