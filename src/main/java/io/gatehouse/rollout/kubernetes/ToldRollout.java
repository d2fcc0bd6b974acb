package io.gatehouse.rollout.kubernetes;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a roll-out we have told; as a reference, {@code generation/2}, {@code generation/2/1f} or
 * {@code generation/2/1f/web-7d4-x2/2026-12-01T01:30:00.5Z}.
 *
 * @param state of what was told last; empty before
 * @param pod whose log is followed; null before there was one
 * @param upTo the time of the last line of it that we have; null before
 */
record ToldRollout(String state, @Nullable String pod, @Nullable Instant upTo) {

    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z";
    private static final Pattern REFERENCE =
            Pattern.compile("generation/\\d{1,18}/([0-9a-f]{1,8})(?:/(" + Pod.NAME + ")(?:/(" + TIME + "))?)?");

    static final ToldRollout NOTHING = new ToldRollout("", null, null);

    static ToldRollout parse(@Nullable String reference) {
        Matcher parts = REFERENCE.matcher(reference == null ? "" : reference);
        if (!parts.matches()) {
            return NOTHING;
        }
        String time = parts.group(3);
        return new ToldRollout(parts.group(1), parts.group(2), time == null ? null : Instant.parse(time));
    }

    static String stateOf(String told) {
        return Integer.toHexString(told.hashCode());
    }

    ToldRollout in(String newState) {
        return new ToldRollout(newState, pod, upTo);
    }

    /** Of another pod only what it prints from now on: we may have been at it before. */
    ToldRollout upTo(String name, Instant moment) {
        return new ToldRollout(state, name, moment);
    }

    String reference(String generation) {
        if (state.isEmpty()) {
            return generation;
        }
        return generation + "/" + state + (pod == null ? "" : "/" + pod)
                + (pod == null || upTo == null ? "" : "/" + upTo);
    }
}
