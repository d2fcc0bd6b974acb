package io.gatehouse.breakglass;

import io.gatehouse.api.ProblemException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number people say, {@code BRG-000123}, and the row behind it. */
final class BreakGlassNumber {

    static final String PREFIX = "BRG-";

    private static final Pattern FORMAT = Pattern.compile(PREFIX + "(\\d{6,15})");

    private BreakGlassNumber() {}

    static String of(long id) {
        return PREFIX + "%06d".formatted(id);
    }

    /** Empty when none can have this number. */
    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    static ProblemException unknown(String number) {
        return ProblemException.notFound(
                "break-glass-not-found",
                "No such break-glass",
                "There is no break-glass " + number + "; numbers look like BRG-000123.");
    }
}
