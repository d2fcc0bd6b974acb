package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A person in the place of a tool: whatever holds for a tool's call (approvals looked at right before it, pauses, one at
 * a time on the way back) holds for the work of people. It takes every order and never says how it went; people do, to
 * {@link ManualSteps}.
 */
@Component
class PeopleConnector implements Connector, ConnectorSource {

    private static final Duration A_YEAR = Duration.ofDays(365);

    @Override
    public List<Connector> connectors() {
        return List.of(this);
    }

    @Override
    public String name() {
        return ManualWork.CONNECTOR;
    }

    @Override
    public String kind() {
        return ManualWork.CONNECTOR;
    }

    @Override
    public Map<String, Pattern> parameters() {
        return Map.of();
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.DEDUPLICATES;
    }

    @Override
    public boolean canBeAsked() {
        return true;
    }

    /** As soon as it is no longer wanted the task is taken back. */
    @Override
    public Duration askEvery() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Duration giveUpAfter() {
        return A_YEAR;
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        return ConnectorAnswer.accepted(null);
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        return ConnectorAnswer.accepted(null);
    }
}
