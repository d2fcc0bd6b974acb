package io.gatehouse.rollout.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a tool wants to be left alone (Retry-After, RFC 9110 section 10.2.3): seconds, or a date, which is compared
 * with the date of the answer, so that nobody's clock has to be right. No more than an hour; nonsense is no wish.
 */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** @param headers by their name in small letters */
    public static Duration in(Map<String, String> headers) {
        String said = headers.getOrDefault("retry-after", "").strip();
        if (said.matches("\\d{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(said)));
        }
        Instant date = date(said);
        return date == null ? Duration.ZERO : until(date, headers);
    }

    static Duration until(Instant moment, Map<String, String> headers) {
        Instant now = date(headers.getOrDefault("date", ""));
        return now == null ? Duration.ZERO : bounded(Duration.between(now, moment));
    }

    private static @Nullable Instant date(String text) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static Duration bounded(Duration wish) {
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
    }
}
