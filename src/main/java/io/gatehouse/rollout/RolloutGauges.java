package io.gatehouse.rollout;

import io.gatehouse.metrics.StateGauges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What rollouts are doing and what they wait for, in the whole installation: every node tells the same. Steps are those
 * of rollouts that are not over, so that reading them takes no longer the more has been deployed.
 */
@Component
class RolloutGauges implements MeterBinder {

    private static final List<String> LIVE = Stream.concat(
                    names(RolloutState.values(), RolloutState::isLive), Stream.of(RolloutState.ABANDONED.name()))
            .toList();

    private static final List<String> GOING_ON =
            names(StepState.values(), state -> !state.isEnded()).toList();

    private static final List<String> NOT_SETTLED = names(
                    CommandState.values(), state -> state.isOpen() || state == CommandState.UNKNOWN)
            .toList();

    private final JdbcClient jdbc;
    private final Clock clock;

    RolloutGauges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private static <E extends Enum<E>> Stream<String> names(E[] states, Predicate<E> wanted) {
        return Arrays.stream(states).filter(wanted).map(Enum::name);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        StateGauges.register(
                registry,
                clock,
                "gatehouse.rollout.steps",
                "Steps of rollouts that are going on or need a person, by state",
                GOING_ON,
                () -> count(
                        """
                        select s.state, count(*) from rollout r join rollout_step s on s.rollout_id = r.id
                        where r.state in (:live) and s.state in (:states) group by s.state""",
                        GOING_ON));
        StateGauges.register(
                registry,
                clock,
                "gatehouse.rollout.commands",
                "Commands to tools that wait for something, by state",
                NOT_SETTLED,
                () -> count(
                        "select state, count(*) from rollout_command where state in (:states) group by state",
                        NOT_SETTLED));
    }

    private Map<String, Long> count(String sql, List<String> states) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql(sql).param("live", LIVE).param("states", states).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }
}
