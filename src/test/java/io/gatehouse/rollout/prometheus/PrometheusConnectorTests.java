package io.gatehouse.rollout.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** What a real Prometheus seldom says, by a double; the rest is in {@link RealPrometheusTests}. */
class PrometheusConnectorTests {

    private final PrometheusDouble prometheus = new PrometheusDouble();
    private final TestClock clock = new TestClock();
    private final ConnectorCall call = prometheus.run(Map.of("version", "2.0"));

    @AfterEach
    void stop() {
        prometheus.close();
        clock.reset();
    }

    static PrometheusSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("", PrometheusSettings.class)
                .get();
    }

    /** Once is enough. */
    private PrometheusConnector connector(Map<String, String> rule) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "url",
                prometheus.url(""),
                "query",
                "errors{version=\"${version}\"}",
                "parameters.version",
                ".*",
                "stable-for",
                "0s",
                "time-limit",
                "1m"));
        properties.putAll(rule);
        return new PrometheusConnector(
                "errors",
                settings(properties),
                prometheus.api("", Credential.basicOrBearer("gate", SecretText.given("s3cr3t-word"))),
                clock);
    }

    private PrometheusConnector atMost(double threshold) {
        return connector(Map.of("at-most", Double.toString(threshold)));
    }

    /** What is said about the first look in the end. */
    private ConnectorAnswer inTheEnd(PrometheusConnector connector) {
        ConnectorAnswer first = connector.call(call);
        clock.advance(Duration.ofMinutes(1));
        return first.outcome() == Outcome.ACCEPTED ? connector.ask(call, first.reference()) : first;
    }

    @Test
    void asksWithTheParametersAndTheCredential() {
        prometheus.tells(PrometheusDouble.vector("0.5"));

        assertThat(atMost(1).call(call)).isEqualTo(ConnectorAnswer.succeeded("0.5 is at most 1.0"));

        assertThat(prometheus.asked).singleElement().satisfies(asked -> {
            assertThat(asked.query()).isEqualTo(Map.of("query", "errors{version=\"2.0\"}"));
            assertThat(asked.headers()).containsKey("authorization");
        });
        assertThat(prometheus.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "at-most, 1, 1, 1.0 is at most 1.0",
        "at-most, 1, 1.5, 1.5 is more than 1.0",
        "at-least, 1, 1, 1.0 is at least 1.0",
        "at-least, 1, 0.5, 0.5 is less than 1.0",
        "at-least, 1, 1e-05, 1.0E-5 is less than 1.0"
    })
    void comparesWithTheThreshold(String rule, String threshold, String value, String words) {
        prometheus.tells(PrometheusDouble.vector(value));

        assertThat(inTheEnd(connector(Map.of(rule, threshold))).detail()).endsWith(words);
    }

    @Test
    void takesAScalar() {
        prometheus.tells("{\"resultType\":\"scalar\",\"result\":[1435781451.781,\"3\"]}");

        assertThat(atMost(3).call(call).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void holdsOnlyIfItHoldsAtEachLook() {
        PrometheusConnector connector =
                connector(Map.of("at-most", "1", "stable-for", "20s", "ask-every", "10s", "time-limit", "2m"));
        prometheus.tells(
                PrometheusDouble.vector("0"),
                PrometheusDouble.vector("2"),
                PrometheusDouble.vector("0"),
                PrometheusDouble.vector("0"),
                PrometheusDouble.vector("0"));

        ConnectorAnswer answer = connector.call(call);
        for (int look = 2; look <= 5; look++) {
            assertThat(answer.outcome()).isEqualTo(Outcome.ACCEPTED);
            answer = connector.ask(call, answer.reference());
        }

        assertThat(answer).isEqualTo(ConnectorAnswer.succeeded("0.0 is at most 1.0, 3 looks in a row"));
        assertThat(prometheus.log.toString().lines()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-Inf", "Inf", "text"})
    void whatIsNoNumberIsNoPass(String value) {
        prometheus.tells(PrometheusDouble.vector(value));

        assertThat(inTheEnd(atMost(1)))
                .isEqualTo(ConnectorAnswer.failed("Not so within the time limit of PT1M: The query gives " + value
                        + ", which is no number to compare"));
        assertThat(inTheEnd(connector(Map.of("at-least", "1"))).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void noDataIsNoPass() {
        prometheus.tells(PrometheusDouble.vector());

        assertThat(inTheEnd(atMost(1)).detail()).endsWith("The query finds no data");
    }

    @Test
    void severalSeriesAreNoNumber() {
        prometheus.tells(PrometheusDouble.vector("0", "0"));

        ConnectorAnswer answer = inTheEnd(atMost(1));
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.detail()).contains("The query finds 2 series and not one, such as {\"instance\":\"i0\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resultType\":\"string\",\"result\":[1435781451.781,\"up\"]}",
                "{\"resultType\":\"matrix\",\"result\":[]}",
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":[1435781451.781,{}]}]}",
                "{}"
            })
    void aQueryThatCanGiveNoNumberIsNotAskedAgain(String data) {
        prometheus.tells(data);

        assertThat(atMost(1).call(call).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aQueryThatPrometheusCannotReadIsNotAskedAgain() {
        prometheus.trouble.add(
                Told.of(400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}"));

        assertThat(atMost(1).call(call)).isEqualTo(ConnectorAnswer.failed("The tool answered 400: parse error"));
    }

    @Test
    void aQueryThatCannotBeCarriedOutMayLater() {
        PrometheusConnector connector = atMost(1);
        prometheus.trouble.add(
                Told.of(422, "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"many-to-many\"}"));
        prometheus.tells(PrometheusDouble.vector("0"));

        ConnectorAnswer first = connector.call(call);
        assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(prometheus.log.toString()).contains("cannot carry out the query: many-to-many");
        assertThat(connector.ask(call, first.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "503, '{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"timed out\"}'",
        "500, ''",
        "200, '{\"status\":\"error\",\"error\":\"odd\"}'",
        "200, 'no JSON'",
        "200, '{\"status\":\"success\",\"warnings\":[\"a store is away\"],"
                + "\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"0\"]}}'",
        "429, ''",
        "302, ''",
    })
    void aPersonIsAskedIfNobodyCouldSeeInTheEnd(int status, String body) {
        PrometheusConnector connector = atMost(1);
        prometheus.trouble.add(Told.of(status, body));
        prometheus.trouble.add(Told.of(status, body));

        ConnectorAnswer first = connector.call(call);
        assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
        clock.advance(Duration.ofMinutes(1));
        ConnectorAnswer last = connector.ask(call, first.reference());

        assertThat(last.outcome()).isEqualTo(Outcome.AMBIGUOUS);
        // The ledger asks on until then, and then a person.
        assertThat(connector.giveUpAfter()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void whatIsOnlyAHintAboutTheQueryIsNoWarning() {
        prometheus.trouble.add(Told.of(
                200,
                "{\"status\":\"success\",\"warnings\":[\"PromQL info: metric might not be a counter\"],"
                        + "\"infos\":[\"any\"],\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"0\"]}}"));

        assertThat(atMost(1).call(call).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "HIGHER, 110, 100, SUCCEEDED, '10.0 percent worse, 10.0 allowed'",
        "HIGHER, 111, 100, FAILED, '11.0 percent worse, 10.0 allowed'",
        "HIGHER, 50, 100, SUCCEEDED, '-50.0 percent worse'",
        "LOWER, 90, 100, SUCCEEDED, '10.0 percent worse'",
        "LOWER, 89, 100, FAILED, '11.0 percent worse'",
        "HIGHER, 0, 0, SUCCEEDED, '0.0 percent worse'",
        "HIGHER, 1, 0, FAILED, 'Infinity percent worse'",
        "LOWER, 1, 0, SUCCEEDED, '-Infinity percent worse'",
        "LOWER, -5, -4, FAILED, '25.0 percent worse'",
        "HIGHER, 1, NaN, FAILED, 'no number to compare'",
    })
    void comparesWithWhatItWas(String worse, String now, String before, Outcome outcome, String words) {
        prometheus.tells(
                PrometheusDouble.vector(now),
                PrometheusDouble.vector(before),
                PrometheusDouble.vector(now),
                PrometheusDouble.vector(before));

        ConnectorAnswer answer = inTheEnd(
                connector(Map.of("baseline.offset", "1d", "baseline.at-most-percent", "10", "baseline.worse", worse)));

        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.detail()).contains(words);
        // By the clock of Prometheus, a day before the first answer.
        assertThat(prometheus.asked.get(1).query()).containsEntry("time", "2015-06-30T20:10:51.781Z");
    }

    @Test
    void aNodeThatWasTakenOverAsksNoFurther() {
        prometheus.tells(PrometheusDouble.vector("1"));
        ConnectorCall lost = new ConnectorCall(
                call.key(),
                call.rollout(),
                call.seq(),
                call.kind(),
                call.attempt(),
                call.notBefore(),
                call.target(),
                call.parameters(),
                () -> false,
                call.log());

        connector(Map.of("baseline.offset", "1d", "baseline.at-most-percent", "10"))
                .call(lost);

        assertThat(prometheus.asked).hasSize(1);
    }

    @Test
    void canBeLookedAtWithoutAPlan() {
        prometheus.tells(PrometheusDouble.vector());
        assertThat(atMost(1).check().result()).isEqualTo(ConnectorCheck.Result.OK);

        prometheus.trouble.add(Told.of(400, "{\"error\":\"unexpected end of input\"}"));
        assertThat(atMost(1).check())
                .isEqualTo(ConnectorCheck.failed("The tool answered 400: unexpected end of input"));
    }

    @Test
    void asksAgainAfterACrashBecauseAskingChangesNothing() {
        assertThat(atMost(1).afterCrash()).isEqualTo(AfterCrash.DEDUPLICATES);
    }

    @Test
    void hasDefaults() {
        assertThat(settings(Map.of(
                        "url", "https://prometheus.example.com",
                        "query", "up",
                        "baseline.offset", "1d",
                        "baseline.at-most-percent", "10")))
                .isEqualTo(new PrometheusSettings(
                        "https://prometheus.example.com",
                        null,
                        null,
                        "up",
                        null,
                        null,
                        new PrometheusSettings.Baseline(Duration.ofDays(1), Worse.HIGHER, 10),
                        Map.of(),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(10),
                        new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), DataSize.ofMegabytes(1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "at-most=1;at-least=1;one of at-most, at-least and baseline",
                "query=up;url=http://x;one of at-most, at-least and baseline",
                "baseline.at-most-percent=-1;baseline.offset=1d;offset back in time",
                "baseline.at-most-percent=1;baseline.offset=0s;offset back in time",
                "at-most=1;parameters.version=.*;has only the parameters",
                "at-most=1;query=errors{v=\"${version}\"};no declared parameter",
            })
    void refusesSettingsThatMeanNothing(String one, String other, String why) {
        Map<String, String> properties = new HashMap<>(Map.of("url", "https://prometheus.example.com", "query", "up"));
        for (String property : new String[] {one, other}) {
            properties.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
        }

        assertThatThrownBy(() -> settings(properties)).hasStackTraceContaining(why);
    }
}
