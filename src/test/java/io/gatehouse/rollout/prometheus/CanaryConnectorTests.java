package io.gatehouse.rollout.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** When it asks and what it makes of the answers; what it judges is in {@link CanaryJudgeTests}. */
class CanaryConnectorTests {

    private static final Map<String, String> SETTINGS = Map.of(
            "url", "https://prometheus.example.com",
            "canary", "latency{version=\"${version}\"}",
            "baseline", "latency{version!=\"${version}\"}",
            "parameters.version", ".*");

    private final PrometheusDouble prometheus = new PrometheusDouble();
    private final TestClock clock = new TestClock();
    private final ConnectorCall call = prometheus.run(Map.of("version", "2.0"));
    private final CanaryConnector connector =
            new CanaryConnector("canary", settings(SETTINGS), prometheus.api("", Credential.none()), clock);

    @AfterEach
    void stop() {
        prometheus.close();
        clock.reset();
    }

    static CanarySettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("", CanarySettings.class)
                .get();
    }

    private static String samples(int count, double first) {
        return PrometheusDouble.matrix(
                IntStream.range(0, count).mapToDouble(i -> first + i).toArray());
    }

    private ConnectorAnswer afterThePeriod() {
        ConnectorAnswer begun = connector.call(call);
        clock.advance(Duration.ofMinutes(30));
        return connector.ask(call, begun.reference());
    }

    @Test
    void judgesOnceAfterThePeriodAndAsksNothingBefore() {
        prometheus.tells(samples(61, 100), samples(61, 100));
        Instant begin = clock.instant();

        ConnectorAnswer begun = connector.call(call);
        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(connector.ask(call, begun.reference())).isEqualTo(begun);
        assertThat(prometheus.asked).isEmpty();
        clock.advance(Duration.ofMillis(1));
        ConnectorAnswer judged = connector.ask(call, begun.reference());

        assertThat(judged.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(judged.detail()).startsWith("PASS: mean 130.0 against 130.0").endsWith("61 and 61 samples");
        Map<String, String> range = Map.of(
                "start",
                begin.toString(),
                "end",
                begin.plus(Duration.ofMinutes(30)).toString(),
                "step",
                "30.0");
        assertThat(prometheus.asked).hasSize(2);
        assertThat(prometheus.asked.get(0).query())
                .containsAllEntriesOf(range)
                .containsEntry("query", "latency{version=\"2.0\"}");
        assertThat(prometheus.asked.get(1).query())
                .containsAllEntriesOf(range)
                .containsEntry("query", "latency{version!=\"2.0\"}");
        assertThat(prometheus.refused).isEmpty();
    }

    @Test
    void aCanaryThatIsWorseFails() {
        prometheus.tells(samples(61, 200), samples(61, 100));

        ConnectorAnswer judged = afterThePeriod();

        assertThat(judged.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judged.detail())
                .startsWith("FAIL: mean 230.0 against 130.0, median 230.0 against 130.0: 76.9 percent");
    }

    @Test
    void tooFewSamplesAreNoPass() {
        prometheus.tells(samples(49, 100), samples(61, 100));

        assertThat(afterThePeriod())
                .isEqualTo(ConnectorAnswer.failed(
                        "TOO_FEW_SAMPLES: 49 samples of the canary and 61 of the baseline; each needs 50"));
    }

    @Test
    void samplesThatAreNoNumbersDoNotCount() {
        prometheus.tells(
                samples(61, 100).replace("\"100.0\"", "\"NaN\"").replace("\"101.0\"", "\"+Inf\""), samples(61, 100));

        assertThat(afterThePeriod().detail()).endsWith("59 and 61 samples");
    }

    @Test
    void noDataAreTooFew() {
        prometheus.tells(samples(61, 100), "{\"resultType\":\"matrix\",\"result\":[]}");

        assertThat(afterThePeriod().detail()).startsWith("TOO_FEW_SAMPLES: 61 samples of the canary and 0");
    }

    @Test
    void severalSeriesAreNoPass() {
        prometheus.tells("{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"i\":\"1\"},\"values\":[]},"
                + "{\"metric\":{\"i\":\"2\"},\"values\":[]}]}");

        assertThat(afterThePeriod().detail()).startsWith("The query finds 2 series and not one");
    }

    @Test
    void aQueryThatPrometheusCannotReadIsNoPass() {
        prometheus.trouble.add(
                Told.of(400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}"));

        assertThat(afterThePeriod()).isEqualTo(ConnectorAnswer.failed("The tool answered 400: parse error"));
    }

    @Test
    void asksAgainIfPrometheusCouldNotTell() {
        prometheus.tells(samples(61, 100), samples(61, 100));
        prometheus.trouble.add(Told.of(503, ""));
        ConnectorAnswer begun = connector.call(call);
        clock.advance(Duration.ofMinutes(31));

        assertThat(connector.ask(call, begun.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(connector.ask(call, begun.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(connector.giveUpAfter()).isEqualTo(Duration.ofMinutes(40));
        assertThat(prometheus.asked.get(1).query())
                .isEqualTo(prometheus.asked.get(0).query());
    }

    @Test
    void asksAgainAfterACrashBecauseAskingChangesNothing() {
        assertThat(connector.afterCrash()).isEqualTo(AfterCrash.DEDUPLICATES);
    }

    @Test
    void hasDefaults() {
        assertThat(settings(SETTINGS))
                .isEqualTo(new CanarySettings(
                        "https://prometheus.example.com",
                        null,
                        null,
                        "latency{version=\"${version}\"}",
                        "latency{version!=\"${version}\"}",
                        Worse.HIGHER,
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(30),
                        0.01,
                        10,
                        50,
                        Map.of("version", ".*"),
                        Duration.ofSeconds(15),
                        new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), DataSize.ofMegabytes(1))));
    }

    @ParameterizedTest
    @CsvSource({
        "step, 100ms, at most 11000",
        "step, 0s, at most 11000",
        "step, 1m, at least min-samples steps",
        "min-samples, 19, at least 20",
        "significance, 0, significance",
        "significance, 0.2, significance",
        "at-most-percent, -1, at-most-percent",
        "at-most-percent, NaN, at-most-percent",
        "parameters.other, .*, has only the parameters",
    })
    void refusesSettingsThatProveNothing(String setting, String value, String why) {
        Map<String, String> properties = new HashMap<>(SETTINGS);
        properties.put(setting, value);

        assertThatThrownBy(() -> settings(properties)).hasStackTraceContaining(why);
    }
}
