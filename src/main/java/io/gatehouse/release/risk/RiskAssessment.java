package io.gatehouse.release.risk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody judged an entry of the register to be at some time.
 *
 * @param likelihood 1 to 5; absent of an issue, which has happened
 * @param consequence 1 to 5
 * @param by id of the person who judged
 */
public record RiskAssessment(
        @Nullable Integer likelihood, int consequence, String by, Instant at, @Nullable String note) {

    private static final int CERTAIN = 5;

    /** Likelihood × consequence, 1 to 25; what has happened counts as most likely. */
    public int rating() {
        return (likelihood == null ? CERTAIN : likelihood) * consequence;
    }
}
