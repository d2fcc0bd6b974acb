package io.gatehouse.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gauge for each state that something can be in, all from one query, which runs when somebody reads them and {@value
 * #SECONDS} seconds at the earliest after it last did. They are not a number while the query fails.
 */
public final class StateGauges {

    static final int SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(StateGauges.class);

    private final String name;
    private final Supplier<Map<String, Long>> query;
    private final Clock clock;
    private @Nullable Map<String, Long> counted;
    private Instant countedAt = Instant.MIN;

    private StateGauges(String name, Supplier<Map<String, Long>> query, Clock clock) {
        this.name = name;
        this.query = query;
        this.clock = clock;
    }

    /**
     * Registers the gauges.
     *
     * @param name as in {@code gatehouse.changes}
     * @param states all there are; one that the query does not name counts zero
     * @param query counts by state
     */
    public static void register(
            MeterRegistry registry,
            Clock clock,
            String name,
            String description,
            Collection<String> states,
            Supplier<Map<String, Long>> query) {
        StateGauges gauges = new StateGauges(name, query, clock);
        for (String state : states) {
            Gauge.builder(name, () -> gauges.count(state))
                    .description(description)
                    .tag("state", state)
                    .register(registry);
        }
    }

    /** One after the other: the second of two who read at once gets what the first has counted. */
    private synchronized double count(String state) {
        Instant now = clock.instant();
        if (Duration.between(countedAt, now).abs().toSeconds() >= SECONDS) {
            counted = read();
            countedAt = clock.instant();
        }
        return counted == null ? Double.NaN : counted.getOrDefault(state, 0L);
    }

    private @Nullable Map<String, Long> read() {
        try {
            return query.get();
        } catch (RuntimeException e) {
            LOG.debug("Cannot count {}", name, e);
            return null;
        }
    }
}
