package io.gatehouse.rollout;

/**
 * How many targets may be out of service at the same time.
 *
 * @param amount at least 1
 * @param percent whether the amount is hundredths of all targets, rounded down to at least one
 */
public record MaxUnavailable(int amount, boolean percent) {

    /** What it looks like: a count, or percent with their sign. */
    public static final String PATTERN = "[1-9][0-9]{0,2}|[1-9][0-9]?%|100%";

    /** Reads what matches the pattern. */
    public static MaxUnavailable parse(String text) {
        boolean percent = text.endsWith("%");
        return new MaxUnavailable(Integer.parseInt(percent ? text.substring(0, text.length() - 1) : text), percent);
    }

    int of(int targets) {
        return percent ? Math.max(1, targets * amount / 100) : amount;
    }
}
