package io.gatehouse.rollout.prometheus;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.connector.ConnectorCheck.Result;
import io.gatehouse.rollout.http.PolledTool;
import io.gatehouse.rollout.http.ToolApi;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Watches a canary and its baseline for a period and then judges once: whoever judges again and again until something
 * looks bad raises false alarms more often than he says.
 */
class CanaryConnector extends PolledTool {

    private final CanarySettings settings;
    private final PrometheusApi prometheus;
    private final QueryTemplate canary;
    private final QueryTemplate baseline;
    private final CanaryJudge judge;
    private final Clock clock;

    CanaryConnector(String name, CanarySettings settings, ToolApi api, Clock clock) {
        super(name, settings, api);
        this.settings = settings;
        this.prometheus = new PrometheusApi(api);
        this.canary =
                QueryTemplate.parse(settings.canary(), settings.parameters().keySet());
        this.baseline =
                QueryTemplate.parse(settings.baseline(), settings.parameters().keySet());
        this.judge = new CanaryJudge(
                settings.worse(), settings.significance(), settings.atMostPercent(), settings.minSamples());
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "canary";
    }

    /** A question that is asked twice is still one question. */
    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.DEDUPLICATES;
    }

    @Override
    public ConnectorCheck check() {
        ConnectorCheck first = PrometheusConnector.check(prometheus, canary, settings.parameters());
        return first.result() == Result.OK
                ? PrometheusConnector.check(prometheus, baseline, settings.parameters())
                : first;
    }

    /** The time begins; where it began travels with the command. */
    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        return ConnectorAnswer.accepted(Long.toString(clock.millis()));
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        if (reference == null || !reference.matches("\\d{1,15}")) {
            return call(call);
        }
        Instant begun = Instant.ofEpochMilli(Long.parseLong(reference));
        return clock.instant().isBefore(begun.plus(settings.period()))
                ? ConnectorAnswer.accepted(reference)
                : judge(call, begun);
    }

    private ConnectorAnswer judge(ConnectorCall call, Instant begun) {
        ConnectorAnswer judged = range(
                canary,
                call,
                begun,
                ofCanary -> call.renewLease().getAsBoolean()
                        ? range(baseline, call, begun, ofBaseline -> told(judge.judge(ofCanary, ofBaseline)))
                        : ConnectorAnswer.ambiguous("Another node has taken over"));
        return judged.outcome() == Outcome.REFUSED ? ConnectorAnswer.failed(judged.detail()) : judged;
    }

    private ConnectorAnswer range(
            QueryTemplate query, ConnectorCall call, Instant begun, PrometheusApi.Reading<double[]> reading) {
        return prometheus.range(
                query.fill(call.parameters()), begun, begun.plus(settings.period()), settings.step(), reading);
    }

    private static ConnectorAnswer told(CanaryJudge.Judgement judgement) {
        String detail = judgement.verdict() + ": " + judgement.reason();
        return judgement.verdict() == CanaryJudge.Verdict.PASS
                ? ConnectorAnswer.succeeded(detail)
                : ConnectorAnswer.failed(detail);
    }
}
