package io.gatehouse.rollout.gitlab;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline and how much of what it prints we have; as a reference, {@code 61}, {@code 61/7/120} or {@code 61/7/120/quiet}.
 *
 * @param pipeline only digits
 * @param job the one whose log is followed; null before there was one
 * @param told how many characters of its log we have
 * @param quiet whether it had printed nothing more the last time, so that another job may be running by now
 */
record Followed(String pipeline, @Nullable String job, int told, boolean quiet) {

    private static final Pattern REFERENCE = Pattern.compile("(\\d{1,18})(?:/(\\d{1,18})/(\\d{1,9})(/quiet)?)?");

    static Followed of(String pipeline) {
        return new Followed(pipeline, null, 0, false);
    }

    static Optional<Followed> parse(@Nullable String reference) {
        Matcher parts = REFERENCE.matcher(reference == null ? "" : reference);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                parts.group(2) == null
                        ? of(parts.group(1))
                        : new Followed(
                                parts.group(1),
                                parts.group(2),
                                Integer.parseInt(parts.group(3)),
                                parts.group(4) != null));
    }

    boolean hasJobToAsk() {
        return job != null && !quiet;
    }

    /** From the beginning of another job's log, or where we were if it is the same. */
    Followed with(String running) {
        return new Followed(pipeline, running, running.equals(job) ? told : 0, false);
    }

    Followed upTo(int end) {
        return new Followed(pipeline, job, end, end == told);
    }

    String reference() {
        return job == null ? pipeline : pipeline + "/" + job + "/" + told + (quiet ? "/quiet" : "");
    }
}
