package io.gatehouse.change;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How well past changes went, from 0 (all failed just now) to 100: the share of successes, in which an outcome counts half
 * after each {@value #HALF_LIFE_DAYS} days. Who has no past is given the benefit of {@value #ASSUMED_SUCCESSES} fresh
 * successes, so one failure alone makes 75. {@code docs/policy.md} explains the weights.
 */
final class SuccessScore {

    static final int HALF_LIFE_DAYS = 60;
    static final int ASSUMED_SUCCESSES = 3;
    static final double WITH_ISSUES = 0.5;

    private SuccessScore() {}

    /**
     * How a closed change ended.
     *
     * @param worstIncident of those it caused; absent if there are none
     */
    record Outcome(
            CloseCode closeCode, boolean rolledBack, Instant closedAt, Incident.@Nullable Severity worstIncident) {

        /** Absent for a rehearsal, which is undone by intention: it says nothing about what goes into production. */
        @Nullable
        Double value() {
            Double itself = closedAs();
            if (worstIncident == null) {
                return itself;
            }
            return Math.min(itself == null ? 1.0 : itself, worstIncident.most());
        }

        private @Nullable Double closedAs() {
            return switch (closeCode) {
                case UNSUCCESSFUL -> 0.0;
                case SUCCESSFUL_WITH_ISSUES -> rolledBack ? 0.0 : WITH_ISSUES;
                case SUCCESSFUL -> rolledBack ? null : 1.0;
            };
        }
    }

    static int of(Collection<Outcome> outcomes, Instant now) {
        double weights = ASSUMED_SUCCESSES;
        double sum = ASSUMED_SUCCESSES;
        for (Outcome outcome : outcomes) {
            Double value = outcome.value();
            if (value != null) {
                double weight = weight(Duration.between(outcome.closedAt(), now));
                weights += weight;
                sum += weight * value;
            }
        }
        return (int) Math.round(100 * sum / weights);
    }

    private static double weight(Duration age) {
        return Math.pow(0.5, Math.max(0, age.toMinutes()) / (HALF_LIFE_DAYS * 24.0 * 60.0));
    }
}
