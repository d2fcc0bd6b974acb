package io.gatehouse.rollout.http;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A look at something that must hold for a while: it is repeated until it has held so often in a row, or the time is
 * over. How far it is travels with the command, so any node may take the next look, and one that dies loses nothing.
 */
public abstract class RepeatedCheck extends PolledTool {

    /**
     * How often and how long is looked.
     *
     * @param askEvery the pause between two looks
     * @param stableFor how long it must hold; once is enough for zero
     * @param timeLimit how long may pass until then
     */
    public record Pace(Duration askEvery, Duration stableFor, Duration timeLimit) {

        private static final Duration LAST_LOOKS = Duration.ofMinutes(1);

        public Pace {
            if (askEvery.isNegative() || askEvery.isZero() || stableFor.isNegative()) {
                throw new IllegalArgumentException("ask-every must be more than nothing, stable-for not less");
            }
            if (timeLimit.compareTo(stableFor) <= 0) {
                throw new IllegalArgumentException("time-limit must be longer than stable-for");
            }
        }

        /** Leaves time for a last look that could not be taken; then a person is asked. */
        public Duration giveUpAfter() {
            return timeLimit.plus(LAST_LOOKS);
        }

        /** How many looks in a row must find that it holds: the first one begins the time and is not part of it. */
        long looks() {
            return 1 + (stableFor.toNanos() + askEvery.toNanos() - 1) / askEvery.toNanos();
        }
    }

    /**
     * How far a check is.
     *
     * @param held how many looks in a row have found that it holds
     */
    private record Course(Instant begun, long held) {

        Course after(boolean holds) {
            return new Course(begun, holds ? held + 1 : 0);
        }

        String reference() {
            return begun.toEpochMilli() + "/" + held;
        }

        /** What is no course begins anew. */
        static Course of(@Nullable String reference, Instant now) {
            String[] parts = reference == null ? new String[0] : reference.split("/");
            return parts.length == 2 && parts[0].matches("\\d{1,15}") && parts[1].matches("\\d{1,9}")
                    ? new Course(Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]))
                    : new Course(now, 0);
        }
    }

    private final Pace pace;
    private final Clock clock;

    /** @throws IllegalArgumentException if a pattern is none */
    protected RepeatedCheck(String name, ToolSettings settings, Pace pace, ToolApi api, Clock clock) {
        super(name, settings, api);
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * Looks once, and changes nothing.
     *
     * @return {@code SUCCEEDED} if it holds; {@code FAILED} if not; {@code REFUSED} if it never will, so that the check
     *     has failed at once; {@code NOT_REACHED} or {@code AMBIGUOUS} if nobody could see
     */
    protected abstract ConnectorAnswer look(ConnectorCall call);

    /** A question that is asked twice is still one question. */
    @Override
    public final AfterCrash afterCrash() {
        return AfterCrash.DEDUPLICATES;
    }

    @Override
    public final ConnectorAnswer call(ConnectorCall call) {
        Course course = new Course(clock.instant(), 0);
        ConnectorAnswer seen = look(call);
        note(call, seen);
        return goOn(course, seen);
    }

    @Override
    public final ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        Course course = Course.of(reference, clock.instant());
        ConnectorAnswer seen = look(call);
        if (holds(seen) != course.held() > 0) {
            note(call, seen);
        }
        return goOn(course, seen);
    }

    private ConnectorAnswer goOn(Course before, ConnectorAnswer seen) {
        Course course = before.after(holds(seen));
        if (course.held() >= pace.looks()) {
            return ConnectorAnswer.succeeded(
                    seen.detail() + (pace.looks() == 1 ? "" : ", " + pace.looks() + " looks in a row"));
        }
        if (seen.outcome() == Outcome.REFUSED) {
            return ConnectorAnswer.failed(seen.detail());
        }
        if (clock.instant().isBefore(course.begun().plus(pace.timeLimit()))) {
            return ConnectorAnswer.accepted(course.reference());
        }
        return switch (seen.outcome()) {
            case SUCCEEDED -> ConnectorAnswer.failed("It held for " + course.held() + " of " + pace.looks()
                    + " looks when the time limit of " + pace.timeLimit() + " was over. " + seen.detail());
            case FAILED -> ConnectorAnswer.failed(
                    "Not so within the time limit of " + pace.timeLimit() + ": " + seen.detail());
            default -> new ConnectorAnswer(Outcome.AMBIGUOUS, seen.detail(), course.reference(), null);
        };
    }

    private static boolean holds(ConnectorAnswer seen) {
        return seen.outcome() == Outcome.SUCCEEDED;
    }

    private void note(ConnectorCall call, ConnectorAnswer seen) {
        call.log().accept(clock.instant() + " " + seen.detail() + "\n");
    }
}
