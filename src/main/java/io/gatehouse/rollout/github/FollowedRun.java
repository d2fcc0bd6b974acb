package io.gatehouse.rollout.github;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run and what we have told of its jobs; as a reference, {@code 61} or {@code 61/7,8:3}.
 *
 * @param run only digits
 * @param jobs how many ended steps of each job are told; {@link #ENDED} if all of it is
 */
record FollowedRun(String run, Map<String, Integer> jobs) {

    private static final int ENDED = Integer.MAX_VALUE;
    private static final String JOB = "\\d{1,18}(?::\\d{1,4})?";
    private static final Pattern REFERENCE = Pattern.compile("(\\d{1,18})(?:/(" + JOB + "(?:," + JOB + ")*))?");

    static FollowedRun of(String run) {
        return new FollowedRun(run, Map.of());
    }

    static Optional<FollowedRun> parse(@Nullable String reference) {
        Matcher parts = REFERENCE.matcher(reference == null ? "" : reference);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Map<String, Integer> jobs = new TreeMap<>();
        for (String job :
                parts.group(2) == null ? new String[0] : parts.group(2).split(",")) {
            String[] told = job.split(":");
            jobs.put(told[0], told.length == 1 ? ENDED : Integer.parseInt(told[1]));
        }
        return Optional.of(new FollowedRun(parts.group(1), jobs));
    }

    boolean hasBegun(String job) {
        return jobs.containsKey(job);
    }

    boolean hasEnded(String job) {
        return steps(job) == ENDED;
    }

    int steps(String job) {
        return jobs.getOrDefault(job, 0);
    }

    /** With so many ended steps of a job; none if a reference cannot say so. */
    Optional<FollowedRun> with(String job, int steps) {
        Map<String, Integer> more = new TreeMap<>(jobs);
        more.put(job, steps);
        FollowedRun with = new FollowedRun(run, more);
        return with.reference().length() <= ConnectorAnswer.MAX_REFERENCE ? Optional.of(with) : Optional.empty();
    }

    /** With all of a job; none if a reference cannot say so. */
    Optional<FollowedRun> withAll(String job) {
        return with(job, ENDED);
    }

    String reference() {
        return jobs.isEmpty()
                ? run
                : jobs.entrySet().stream()
                        .map(job -> job.getKey() + (job.getValue() == ENDED ? "" : ":" + job.getValue()))
                        .collect(Collectors.joining(",", run + "/", ""));
    }
}
