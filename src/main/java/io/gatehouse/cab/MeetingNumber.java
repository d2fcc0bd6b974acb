package io.gatehouse.cab;

import io.gatehouse.api.ProblemException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number people say, {@code MTG-000123}, and the row behind it. */
final class MeetingNumber {

    private static final Pattern FORMAT = Pattern.compile("MTG-(\\d{6,15})");

    private MeetingNumber() {}

    static String of(long id) {
        return "MTG-%06d".formatted(id);
    }

    /** Empty when none can have this number. */
    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    static long idOf(String number) {
        return findId(number).orElseThrow(() -> unknown(number));
    }

    static ProblemException unknown(String number) {
        return ProblemException.notFound(
                "meeting-not-found",
                "No such meeting",
                "There is no meeting " + number + "; GET /api/v1/boards/{key}/meetings lists those of a board.");
    }
}
