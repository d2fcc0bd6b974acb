package io.gatehouse.rollout.azuredevops;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run and how much of its logs we have; as a reference, {@code 100}, {@code 100/5-8,11} or {@code 100/5-8,11/12:340}.
 *
 * @param run only digits
 * @param told the numbers of the logs that we have as a whole
 * @param log the one that we have the beginning of; 0 if there is none
 * @param from how many of its characters
 */
record ToldRun(String run, BitSet told, int log, int from) {

    private static final String NUMBER = "\\d{1,4}";
    private static final String RANGE = NUMBER + "(?:-" + NUMBER + ")?";
    private static final Pattern REFERENCE =
            Pattern.compile("([0-9]{1,18})(?:/(" + RANGE + "(?:," + RANGE + ")*))?(?:/(" + NUMBER + "):(\\d{1,9}))?");

    /** Of a log beyond, and of one more than fit into a reference, nothing is told before the run has ended. */
    private static final int HIGHEST = 9999;

    static ToldRun of(String run) {
        return new ToldRun(run, new BitSet(), 0, 0);
    }

    static Optional<ToldRun> parse(@Nullable String reference) {
        Matcher parts = REFERENCE.matcher(reference == null ? "" : reference);
        if (!parts.matches()) {
            return Optional.empty();
        }
        BitSet told = new BitSet();
        for (String range :
                parts.group(2) == null ? new String[0] : parts.group(2).split(",")) {
            String[] ends = range.split("-");
            int first = Integer.parseInt(ends[0]);
            told.set(first, Math.max(first, Integer.parseInt(ends[ends.length - 1])) + 1);
        }
        return Optional.of(
                parts.group(3) == null
                        ? new ToldRun(parts.group(1), told, 0, 0)
                        : new ToldRun(
                                parts.group(1),
                                told,
                                Integer.parseInt(parts.group(3)),
                                Integer.parseInt(parts.group(4))));
    }

    boolean has(int number) {
        return number > 0 && told.get(number);
    }

    /** How many characters of a log we have. */
    int from(int number) {
        return number == log ? from : 0;
    }

    /** With one log more as a whole; none if a reference cannot say so. */
    Optional<ToldRun> with(int number) {
        BitSet more = (BitSet) told.clone();
        more.set(Math.min(number, HIGHEST + 1));
        return new ToldRun(run, more, number == log ? 0 : log, number == log ? 0 : from).ifItFits();
    }

    /** With the beginning of a log; none if a reference cannot say so. */
    Optional<ToldRun> upTo(int number, int characters) {
        return new ToldRun(run, told, number, characters).ifItFits();
    }

    private Optional<ToldRun> ifItFits() {
        boolean fits =
                told.length() <= HIGHEST + 1 && log <= HIGHEST && reference().length() <= ConnectorAnswer.MAX_REFERENCE;
        return fits ? Optional.of(this) : Optional.empty();
    }

    String reference() {
        List<String> ranges = new ArrayList<>();
        for (int first = told.nextSetBit(0); first >= 0; first = told.nextSetBit(told.nextClearBit(first))) {
            int last = told.nextClearBit(first) - 1;
            ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
        }
        return run
                + (ranges.isEmpty() ? "" : "/" + String.join(",", ranges))
                + (log == 0 ? "" : "/" + log + ":" + from);
    }
}
