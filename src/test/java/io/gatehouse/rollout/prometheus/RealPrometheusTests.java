package io.gatehouse.rollout.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.testing.NeedsPrometheus;
import io.gatehouse.testing.PrometheusServer;
import io.gatehouse.testing.SampleMetrics;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real Prometheus that has scraped a service of ours for a while. */
@NeedsPrometheus
class RealPrometheusTests {

    /** How long the service has been scraped when the tests begin: a canary needs 60 samples, five a second. */
    private static final Duration HISTORY = Duration.ofSeconds(13);

    private static final String LABEL = "\"quoted\" \\ 'it' `is` {a=~\".*\"}, größer 🚀";

    private static final Random RANDOM = new Random(20261129);

    private static SampleMetrics service;
    private static PrometheusServer prometheus;
    private static Instant scrapedSince;

    private final TestClock clock = new TestClock();

    @BeforeAll
    static void scrape() {
        service = new SampleMetrics();
        service.set("latency{version=\"1.9\"}", () -> 100 + 10 * RANDOM.nextGaussian());
        service.set("latency{version=\"2.0\"}", () -> 100 + 10 * RANDOM.nextGaussian());
        service.set("latency{version=\"2.1\"}", () -> 130 + 10 * RANDOM.nextGaussian());
        service.set("errors{version=\"2.0\"}", 0.5);
        service.set("load", 100);
        service.set("odd", Double.NaN);
        service.set("endless", Double.POSITIVE_INFINITY);
        service.set("named{a=\"" + LABEL.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}", 7);
        prometheus = PrometheusServer.scraping(service.address());
        await().atMost(Duration.ofSeconds(30)).until(() -> isNow("load", 100));
        scrapedSince = Instant.now();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> Instant.now().isAfter(scrapedSince.plus(HISTORY))
                        && first(check("count_over_time(latency{version=\"2.1\"}[1h])", "at-least", "62"))
                                        .outcome()
                                == Outcome.SUCCEEDED);
    }

    @AfterAll
    static void stop() {
        prometheus.close();
        service.close();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private static ToolApi api() {
        return ToolDouble.apiOf(prometheus.url(), Credential.none());
    }

    private static ConnectorCall call(Map<String, String> parameters) {
        return new ConnectorCall(
                "key-1", "ROL-000001", 2, CommandKind.RUN, 1, Instant.now(), "web", parameters, () -> true, text -> {});
    }

    /** A busy machine may miss a scrape, and then there are no data for a moment. */
    private static void soon(ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(holds);
    }

    private static boolean isNow(String query, double value) {
        return first(check(query + " == " + value, "at-least", "0")).outcome() == Outcome.SUCCEEDED;
    }

    /** One look, whose result is told. */
    private static PrometheusConnector check(String query, String... rule) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "url", prometheus.url(), "query", query, "stable-for", "0s", "ask-every", "1ms", "time-limit", "1ms"));
        if (query.contains("${v}")) {
            properties.put("parameters.v", "(?s).*");
        }
        for (int i = 0; i < rule.length; i += 2) {
            properties.put(rule[i], rule[i + 1]);
        }
        return new PrometheusConnector(
                "check", PrometheusConnectorTests.settings(properties), api(), java.time.Clock.systemUTC());
    }

    private static ConnectorAnswer first(PrometheusConnector connector, String... v) {
        ConnectorCall call = call(v.length == 0 ? Map.of() : Map.of("v", v[0]));
        ConnectorAnswer answer = connector.call(call);
        return answer.outcome() == Outcome.ACCEPTED ? connector.ask(call, "0/0") : answer;
    }

    @Test
    void keepsToAThreshold() {
        soon(() -> assertThat(first(check("errors{version=\"${v}\"}", "at-most", "1"), "2.0"))
                .isEqualTo(ConnectorAnswer.succeeded("0.5 is at most 1.0")));
    }

    @Test
    void doesNotKeepToAThreshold() {
        soon(() -> assertThat(first(check("errors{version=\"${v}\"}", "at-most", "0.1"), "2.0"))
                .isEqualTo(ConnectorAnswer.failed("Not so within the time limit of PT0.001S: 0.5 is more than 0.1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no_such_metric | The query finds no data",
                "errors{version=\"9.9\"} | The query finds no data",
                "latency | The query finds 3 series and not one",
                "odd | The query gives NaN, which is no number to compare",
                "endless | The query gives +Inf, which is no number to compare",
                "errors / 0 | The query gives +Inf, which is no number to compare",
                "latency[1m] | The query gives no number but a matrix",
                "\"text\" | The query gives no number but a string",
                "sum(latency | The tool answered 400: ",
                "no_such_function(up) | The tool answered 400: ",
                "latency + on() latency | Prometheus cannot carry out the query: ",
            })
    void whatIsNoNumberIsNoPass(String query, String words) {
        for (String rule : new String[] {"at-most", "at-least"}) {
            soon(() -> {
                ConnectorAnswer answer = first(check(query, rule, "0"));

                assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(answer.detail()).contains(words);
            });
        }
    }

    @Test
    void takesAScalar() {
        soon(() -> assertThat(first(check("scalar(errors)", "at-most", "0.5")).outcome())
                .isEqualTo(Outcome.SUCCEEDED));
    }

    /** Prometheus reads a value as it was meant, in either kind of quotes and as a pattern. */
    @ParameterizedTest
    @ValueSource(strings = {"named{a=\"${v}\"}", "named{a='${v}'}", "named{a=~\"${v}\"}", "named{a=~'${v}'}"})
    void findsALabelWhateverItsValue(String query) {
        soon(() ->
                assertThat(first(check(query, "at-least", "7"), LABEL).detail()).isEqualTo("7.0 is at least 7.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".*", "", "\"} or vector(7) or named{a=\"", "' or vector(7) or '", "\\", "\n"})
    void noValueFindsMoreThanItsLabel(String value) {
        for (String query : new String[] {"named{a=\"${v}\"}", "named{a='${v}'}", "named{a=~\"${v}\"}"}) {
            assertThat(first(check(query, "at-least", "0"), value).detail()).endsWith("The query finds no data");
        }
    }

    @Test
    void canBeLookedAtWithoutAPlan() {
        assertThat(check("errors{version=\"${v}\"}", "at-most", "1").check().result())
                .isEqualTo(ConnectorCheck.Result.OK);
        assertThat(check("errors{version=\"${v}\"", "at-most", "1").check().result())
                .isEqualTo(ConnectorCheck.Result.FAILED);
    }

    /** The baseline is what it was in the middle of the time before the tests, whenever this one runs. */
    @Test
    void comparesWithWhatItWas() {
        ConnectorAnswer same = comparedWithBefore("errors", "10");
        assertThat(same.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(same.detail()).contains("0.5 now and 0.5").contains("0.0 percent worse");

        service.set("load", 150);
        await().atMost(Duration.ofSeconds(30)).until(() -> isNow("load", 150));

        ConnectorAnswer worse = comparedWithBefore("load", "10");
        assertThat(worse.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(worse.detail()).contains("150.0 now and 100.0").endsWith("50.0 percent worse, 10.0 allowed");
        assertThat(comparedWithBefore("load", "60").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    private static ConnectorAnswer comparedWithBefore(String metric, String allowed) {
        return first(check(
                "last_over_time(" + metric + "[5s])",
                "baseline.at-most-percent",
                allowed,
                "baseline.offset",
                offset()));
    }

    @Test
    void aBaselineFromBeforeTheFirstDataIsNoPass() {
        assertThat(first(check("load", "baseline.at-most-percent", "10", "baseline.offset", "1h")))
                .extracting(ConnectorAnswer::detail)
                .asString()
                .endsWith("The query finds no data");
    }

    private static String offset() {
        Instant middle = scrapedSince.plus(HISTORY.dividedBy(2));
        return Duration.between(middle, Instant.now()).toMillis() + "ms";
    }

    private ConnectorAnswer canary(String version, String... setting) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "url", prometheus.url(),
                "canary", "last_over_time(latency{version=\"${v}\"}[1s])",
                "baseline", "last_over_time(latency{version=\"1.9\"}[1s])",
                "parameters.v", ".*",
                "period", "12s",
                "step", "200ms"));
        for (int i = 0; i < setting.length; i += 2) {
            properties.put(setting[i], setting[i + 1]);
        }
        CanaryConnector connector =
                new CanaryConnector("canary", CanaryConnectorTests.settings(properties), api(), clock);
        ConnectorCall call = call(Map.of("v", version));
        clock.set(scrapedSince);
        ConnectorAnswer begun = connector.call(call);
        clock.advance(Duration.ofSeconds(12));
        return connector.ask(call, begun.reference());
    }

    @Test
    void aCanaryThatIsNoWorsePasses() {
        ConnectorAnswer answer = canary("2.0");

        assertThat(answer.outcome()).as(answer.detail()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(answer.detail()).startsWith("PASS: ");
    }

    @Test
    void aCanaryThatIsWorseFails() {
        ConnectorAnswer answer = canary("2.1");

        assertThat(answer.outcome()).as(answer.detail()).isEqualTo(Outcome.FAILED);
        assertThat(answer.detail()).startsWith("FAIL: ");
    }

    @Test
    void aCanaryThatIsNotThereIsNoPass() {
        ConnectorAnswer answer = canary("9.9");

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.detail()).startsWith("TOO_FEW_SAMPLES: 0 samples of the canary and ");
    }

    @Test
    void severalSeriesAreNoCanary() {
        assertThat(canary("2.0", "baseline", "latency").detail()).startsWith("The query finds 3 series and not one");
    }
}
