package io.gatehouse.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a client wants: the query parameters {@code after} and {@code limit}, as a controller's argument.
 *
 * <p>A cursor is opaque to clients: it hides the position of the last item they got, so pages stay stable when items are
 * added.
 *
 * @param after position after which the page starts, null for the first page
 * @param limit most items wanted, 1 to {@value #MAX_LIMIT}
 */
public record PageQuery(@Nullable String after, int limit) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    private static final String MARK = "1:";

    /** Reads the parameters as the client sent them; refuses a limit out of range and a cursor that is none. */
    public static PageQuery parse(@Nullable String cursor, @Nullable String limit) {
        return new PageQuery(cursor == null ? null : decode(cursor), limit == null ? DEFAULT_LIMIT : limitOf(limit));
    }

    /** How many rows to read: one more than wanted tells whether another page follows. */
    public int fetchSize() {
        return limit + 1;
    }

    /** The position as a number; refuses a cursor that came from a list with other positions. */
    public OptionalLong afterNumber() {
        if (after == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(after));
        } catch (NumberFormatException e) {
            throw unknownCursor();
        }
    }

    /** Makes the page out of up to {@link #fetchSize()} rows. */
    public <T> Page<T> page(List<T> rows, Function<T, Object> position) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(items, encode(position.apply(items.get(limit - 1)).toString()));
    }

    /** What is told when a cursor does not belong to the list. */
    public static ProblemException unknownCursor() {
        return ProblemException.badRequest(
                "unknown-cursor",
                "Unknown cursor",
                "Pass in 'after' only what 'next' of the previous page of this list said, unchanged.");
    }

    private static int limitOf(String limit) {
        if (!limit.matches("\\d{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw ProblemException.invalid("limit", "must be a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(limit);
    }

    private static String encode(String position) {
        byte[] marked = (MARK + position).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(marked);
    }

    private static String decode(String cursor) {
        try {
            String marked = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (!marked.startsWith(MARK)) {
                throw unknownCursor();
            }
            return marked.substring(MARK.length());
        } catch (IllegalArgumentException e) {
            throw unknownCursor();
        }
    }
}
