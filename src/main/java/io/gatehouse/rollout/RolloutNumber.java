package io.gatehouse.rollout;

import io.gatehouse.api.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number people say, {@code ROL-000123}, and the row behind it. */
final class RolloutNumber {

    private static final Pattern FORMAT = Pattern.compile("ROL-(\\d{6,15})");

    private RolloutNumber() {}

    static String of(long id) {
        return "ROL-%06d".formatted(id);
    }

    /** @throws ProblemException 404 when no rollout can have this number */
    static long idOf(String number) {
        Matcher matcher = FORMAT.matcher(number);
        if (!matcher.matches()) {
            throw unknown(number);
        }
        return Long.parseLong(matcher.group(1));
    }

    static ProblemException unknown(String number) {
        return ProblemException.notFound(
                "rollout-not-found",
                "No such rollout",
                "There is no rollout " + number + "; numbers look like ROL-000123.");
    }
}
