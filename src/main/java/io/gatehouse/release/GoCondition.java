package io.gatehouse.release;

import io.gatehouse.api.ProblemException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a conditional go.
 *
 * @param position which one of the decision, counted from 1
 * @param seat who demanded it
 * @param endedBy who met it; absent if its time ran out or nobody wants it any more
 */
public record GoCondition(
        long id,
        int position,
        String seat,
        Demand demand,
        State state,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        @Nullable String note) {

    private static final Pattern FORMAT = Pattern.compile("COND-(\\d{6,15})");

    /** How far it is. */
    public enum State {
        OPEN,
        MET,
        /** Its time ran out. */
        LAPSED,
        /** The release does not go, so nobody wants it any more. */
        DROPPED
    }

    /** The number people say: {@code COND-000123}. */
    public String number() {
        return "COND-%06d".formatted(id);
    }

    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    GoCondition end(State wanted, @Nullable String by, Instant now, @Nullable String said) {
        if (!isOpen()) {
            throw ProblemException.conflict(
                    "condition-state",
                    "Not possible in this state",
                    number() + " is " + state + " and can be met no longer.");
        }
        return new GoCondition(id, position, seat, demand, wanted, by, now, said);
    }
}
