package io.gatehouse.rollout.health;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.RepeatedCheck;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/** Looks what an address answers: its status, and if the operator says so the version and a text. */
class HealthConnector extends RepeatedCheck {

    private final HealthSettings settings;
    private final HealthExpectation expectation;

    HealthConnector(String name, HealthSettings settings, ToolApi api, Clock clock) {
        super(name, settings, settings.pace(), api, clock);
        this.settings = settings;
        this.expectation = new HealthExpectation(settings);
    }

    @Override
    public String kind() {
        return "health";
    }

    /** Which version is the right one is known only to a plan. */
    @Override
    public ConnectorCheck check() {
        ConnectorAnswer seen = look(Optional.empty());
        return seen.outcome() == Outcome.SUCCEEDED
                ? ConnectorCheck.ok(seen.detail())
                : ConnectorCheck.failed(seen.detail());
    }

    @Override
    protected ConnectorAnswer look(ConnectorCall call) {
        return look(Optional.ofNullable(call.parameters().get(HealthSettings.VERSION))
                .filter(version -> parameters().containsKey(HealthSettings.VERSION)));
    }

    /** What cannot be reached is not healthy. */
    private ConnectorAnswer look(Optional<String> version) {
        ConnectorAnswer seen = api.exchange(new HttpGet(settings.url()), reply -> compare(reply, version));
        return seen.outcome() == Outcome.SUCCEEDED ? seen : ConnectorAnswer.failed(seen.detail());
    }

    private ConnectorAnswer compare(ToolReply reply, Optional<String> version) {
        List<String> wrong = expectation.missedBy(reply, version);
        return wrong.isEmpty()
                ? ConnectorAnswer.succeeded(settings.url() + " answers as expected: " + expectation.words(version))
                : ConnectorAnswer.failed(settings.url() + ": " + String.join("; ", wrong));
    }
}
