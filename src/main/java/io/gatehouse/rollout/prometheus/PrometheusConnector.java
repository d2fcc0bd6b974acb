package io.gatehouse.rollout.prometheus;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.RepeatedCheck;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.prometheus.PrometheusApi.Sample;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Looks whether a number in a Prometheus keeps to a threshold, or to what it was before. */
class PrometheusConnector extends RepeatedCheck {

    private final PrometheusSettings settings;
    private final PrometheusApi prometheus;
    private final QueryTemplate query;

    PrometheusConnector(String name, PrometheusSettings settings, ToolApi api, Clock clock) {
        super(name, settings, settings.pace(), api, clock);
        this.settings = settings;
        this.prometheus = new PrometheusApi(api);
        this.query = QueryTemplate.parse(settings.query(), settings.parameters().keySet());
    }

    @Override
    public String kind() {
        return "prometheus";
    }

    @Override
    public ConnectorCheck check() {
        return check(prometheus, query, settings.parameters());
    }

    /** With whatever a plan could say, Prometheus must be able to read the query. */
    static ConnectorCheck check(PrometheusApi prometheus, QueryTemplate query, Map<String, String> parameters) {
        Map<String, String> any =
                parameters.keySet().stream().collect(toUnmodifiableMap(Function.identity(), key -> key));
        ConnectorAnswer answer = prometheus.instant(query.fill(any), null, sample -> ConnectorAnswer.succeeded(""));
        return answer.outcome() == Outcome.SUCCEEDED || answer.outcome() == Outcome.FAILED
                ? ConnectorCheck.ok("Prometheus lets us in and understands the query.")
                : ConnectorCheck.failed(answer.detail());
    }

    @Override
    protected ConnectorAnswer look(ConnectorCall call) {
        String filled = query.fill(call.parameters());
        return prometheus.instant(filled, null, now -> {
            PrometheusSettings.Baseline baseline = settings.baseline();
            if (baseline == null) {
                return compare(now.value());
            }
            return call.renewLease().getAsBoolean()
                    ? prometheus.instant(
                            filled, now.at().minus(baseline.offset()), before -> compare(now, before, baseline))
                    : ConnectorAnswer.ambiguous("Another node has taken over");
        });
    }

    private ConnectorAnswer compare(double now) {
        Double most = settings.atMost();
        Double least = settings.atLeast();
        if (most != null) {
            return now <= most
                    ? ConnectorAnswer.succeeded(now + " is at most " + most)
                    : ConnectorAnswer.failed(now + " is more than " + most);
        }
        return least != null && now >= least
                ? ConnectorAnswer.succeeded(now + " is at least " + least)
                : ConnectorAnswer.failed(now + " is less than " + least);
    }

    private static ConnectorAnswer compare(Sample now, Sample before, PrometheusSettings.Baseline baseline) {
        double worse = baseline.worse().percent(now.value(), before.value());
        String found = "%s now and %s %s before: %.1f percent worse, %s allowed"
                .formatted(now.value(), before.value(), baseline.offset(), worse, baseline.atMostPercent());
        return worse <= baseline.atMostPercent() ? ConnectorAnswer.succeeded(found) : ConnectorAnswer.failed(found);
    }
}
