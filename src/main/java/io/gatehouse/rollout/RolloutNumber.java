package io.gatehouse.rollout;

import io.gatehouse.api.ProblemException;
import java.util.OptionalLong;
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
        return findId(number).orElseThrow(() -> unknown(number));
    }

    /** Empty when no rollout can have this number. */
    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    static ProblemException unknown(String number) {
        return ProblemException.notFound(
                "rollout-not-found",
                "No such rollout",
                "There is no rollout " + number + "; numbers look like ROL-000123.");
    }
}
