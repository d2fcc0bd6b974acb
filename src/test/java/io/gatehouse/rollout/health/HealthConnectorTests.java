package io.gatehouse.rollout.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck.Result;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.secret.SecretText;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Against a real HTTP server. */
class HealthConnectorTests {

    /** Answers what a test tells it to. */
    private static final class Service extends ToolDouble {

        private Told told = Told.of(200, "{\"status\": \"UP\", \"build\": {\"version\": \"2.0\", \"number\": 7}}");

        @Override
        protected Told answer(Asked request) {
            return told;
        }
    }

    private static final Map<String, String> NO_EXPECTATION = Map.of();

    private final Service service = new Service();
    private final TestClock clock = new TestClock();
    private final ConnectorCall call = service.run(Map.of("version", "2.0"));

    @AfterEach
    void stop() {
        service.close();
        clock.reset();
    }

    /** Looks every 5 s, needs it to hold for 10 s, and gives it a minute. */
    private HealthConnector connector(Map<String, String> expected, @Nullable String token) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "url", service.url("/health?view=full"), "stable-for", "10s", "ask-every", "5s", "time-limit", "1m"));
        properties.putAll(expected);
        return new HealthConnector(
                "shop",
                settings(properties),
                service.api("/health", token == null ? Credential.none() : Credential.bearer(SecretText.given(token))),
                clock);
    }

    private HealthConnector connector(Map<String, String> expected) {
        return connector(expected, null);
    }

    private static HealthSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("", HealthSettings.class)
                .get();
    }

    private static Map<String, String> version(String how, String where) {
        return Map.of(how, where, "parameters.version", "[0-9.]+");
    }

    private ConnectorAnswer askedAgain(HealthConnector connector, ConnectorAnswer before) {
        assertThat(before.outcome()).isEqualTo(Outcome.ACCEPTED);
        clock.advance(Duration.ofSeconds(5));
        return connector.ask(call, before.reference());
    }

    @Test
    void isDoneWhenEverythingHasHeldLongEnough() {
        HealthConnector connector = connector(Map.of(
                "version-pointer", "/build/version", "parameters.version", "[0-9.]+", "text", "\"status\": \"UP\""));

        ConnectorAnswer first = connector.call(call);
        ConnectorAnswer second = askedAgain(connector, first);
        ConnectorAnswer third = askedAgain(connector, second);

        assertThat(third)
                .isEqualTo(
                        ConnectorAnswer.succeeded(
                                service.url("/health?view=full")
                                        + " answers as expected: status 200, version 2.0, the text '\"status\": \"UP\"', 3 looks in a row"));
        assertThat(service.asked).hasSize(3).allSatisfy(asked -> assertThat(asked.line())
                .isEqualTo("GET /health"));
        assertThat(service.log.toString().lines()).hasSize(1);
    }

    @Test
    void beginsAnewAfterALookThatFoundItOtherwise() {
        HealthConnector connector = connector(NO_EXPECTATION);

        ConnectorAnswer answer = askedAgain(connector, connector.call(call));
        service.trouble.add(ToolDouble.Told.of(503, ""));
        answer = askedAgain(connector, answer);
        answer = askedAgain(connector, answer);
        answer = askedAgain(connector, answer);
        assertThat(askedAgain(connector, answer).outcome()).isEqualTo(Outcome.SUCCEEDED);

        assertThat(service.log.toString().lines())
                .hasSize(3)
                .element(1)
                .asString()
                .endsWith("/health?view=full: expected status 200, found 503");
    }

    @Test
    void failsWhenItHasNotHeldByTheEndOfItsTime() {
        HealthConnector connector = connector(version("version-pointer", "/build/version"));
        service.told = ToolDouble.Told.of(200, "{\"build\": {\"version\": \"1.9\"}}");

        ConnectorAnswer answer = connector.call(call);
        for (int look = 1; look < 12; look++) {
            answer = askedAgain(connector, answer);
        }

        assertThat(askedAgain(connector, answer))
                .isEqualTo(ConnectorAnswer.failed("Not so within the time limit of PT1M: "
                        + service.url("/health?view=full") + ": expected version 2.0, found 1.9"));
    }

    @Test
    void failsWhenItBeganToHoldTooLate() {
        HealthConnector connector = connector(NO_EXPECTATION);
        service.told = ToolDouble.Told.of(503, "");
        ConnectorAnswer answer = connector.call(call);
        service.told = ToolDouble.Told.of(200, "");
        clock.advance(Duration.ofSeconds(55));

        answer = askedAgain(connector, answer);

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.detail()).startsWith("It held for 1 of 3 looks when the time limit of PT1M was over.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version-pointer | /build/version | {\"build\":{\"version\":\"2.0\"}} | SUCCEEDED",
                "version-pointer | /build | {\"build\":{\"version\":\"2.0\"}} | found none",
                "version-pointer | /nothing | {\"build\":{\"version\":\"2.0\"}} | found none",
                "version-pointer | /build/version | not JSON | found none",
                "version-pointer | /build/version | {\"build\":{\"version\":\"2.0.1\"}} | found 2.0.1",
                "version-pattern | version: (\\S+) | <p>version: 2.0 </p> | SUCCEEDED",
                "version-pattern | version: (\\S+) | <p>version: 2.0-rc1 </p> | found 2.0-rc1",
                "version-pattern | version: (\\S+) | <p>nothing</p> | found none",
            })
    void findsTheVersion(String how, String where, String body, String expected) {
        ConnectorAnswer answer = oneLook(how, where, body);

        assertThat(answer.outcome() + " " + answer.detail()).contains(expected);
    }

    /** The example of RFC 6901, section 5, and what section 4 says of lists. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'' ; none",
                "/foo ; none",
                "/foo/0 ; bar",
                "/foo/00 ; none",
                "/foo/2 ; none",
                "/foo/- ; none",
                "/ ; 0",
                "/a~1b ; 1",
                "/c%d ; 2",
                "/e^f ; 3",
                "/g|h ; 4",
                "/i\\j ; 5",
                "/k\"l ; 6",
                "'/ ' ; 7",
                "/m~0n ; 8",
            })
    void findsTheVersionWhereAPointerPoints(String pointer, String expected) {
        String document =
                """
                {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, "k\\"l": 6, " ": 7, "m~n": 8}
                """;

        assertThat(oneLook("version-pointer", pointer, document).detail())
                .endsWith("expected version 2.0, found " + expected);
    }

    private ConnectorAnswer oneLook(String how, String where, String body) {
        HealthConnector connector = connector(Map.of(
                how,
                where,
                "parameters.version",
                "[0-9.]+",
                "stable-for",
                "0s",
                "time-limit",
                "1ms",
                "ask-every",
                "1ms"));
        service.told = ToolDouble.Told.of(200, body);

        ConnectorAnswer answer = connector.call(call);
        clock.advance(Duration.ofSeconds(1));
        return answer.outcome() == Outcome.ACCEPTED ? connector.ask(call, answer.reference()) : answer;
    }

    @Test
    void saysEverythingThatIsNotAsExpectedAtOnce() {
        HealthConnector connector = connector(
                Map.of("version-pattern", "v(\\d)", "parameters.version", ".*", "text", "ready", "status", "204"));
        service.told = ToolDouble.Told.of(500, "x".repeat(300));

        connector.call(call);

        assertThat(service.log.toString())
                .contains("expected status 204, found 500; expected version 2.0, found none; "
                        + "expected the text 'ready', found '" + "x".repeat(200) + "…'");
    }

    @Test
    void followsNoRedirect() {
        HealthConnector connector = connector(NO_EXPECTATION);
        service.told = ToolDouble.Told.of(302, "").with("Location", service.url("/elsewhere"));

        connector.call(call);

        assertThat(service.asked).hasSize(1);
        assertThat(service.log.toString()).contains("expected status 200, found 302");
    }

    @Test
    void whatCannotBeReachedIsNotHealthy() {
        HealthConnector connector = connector(NO_EXPECTATION);
        service.close();
        ConnectorAnswer answer = connector.call(call);
        clock.advance(Duration.ofMinutes(2));

        answer = connector.ask(call, answer.reference());

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.detail()).contains("could not be reached");
    }

    @Test
    void showsACredentialOnlyIfThereIsOne() {
        connector(NO_EXPECTATION).call(call);
        connector(NO_EXPECTATION, "11aa22bb").call(call);

        assertThat(service.asked.get(0).headers()).doesNotContainKey("authorization");
        assertThat(service.asked.get(1).headers()).containsEntry("authorization", "Bearer 11aa22bb");
    }

    @Test
    void asksAgainAfterACrashBecauseAskingChangesNothing() {
        assertThat(connector(NO_EXPECTATION).afterCrash()).isEqualTo(AfterCrash.DEDUPLICATES);
    }

    /** A reference of which nothing can be made begins the time anew, and never ends it. */
    @ParameterizedTest
    @CsvSource({"''", "x/y", "1/2/3", "99999999999999999999/1", "1/9999999999"})
    void aReferenceThatIsNoneProvesNothing(String reference) {
        assertThat(connector(NO_EXPECTATION).ask(call, reference).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void canBeLookedAtWithoutAPlan() {
        HealthConnector connector = connector(version("version-pointer", "/build/version"));
        assertThat(connector.check().result()).isEqualTo(Result.OK);

        service.told = ToolDouble.Told.of(404, "");
        assertThat(connector.check().result()).isEqualTo(Result.FAILED);
    }

    @Test
    void hasDefaults() {
        assertThat(settings(Map.of("url", "https://shop.example.com/health")))
                .isEqualTo(new HealthSettings(
                        "https://shop.example.com/health",
                        null,
                        null,
                        200,
                        null,
                        null,
                        null,
                        Map.of(),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(10),
                        new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), DataSize.ofMegabytes(1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version-pointer | /v | declare the parameter version",
                "parameters.version | .* | declare the parameter version",
                "parameters.other | .* | declare the parameter version",
                "version-pointer | build | write it as /build/version",
                "version-pointer | /build~version | write it as /build/version",
                "version-pointer | /build~2version | write it as /build/version",
                "version-pattern | (a)(b) | exactly one group",
                "version-pattern | a | exactly one group",
            })
    void refusesSettingsThatMeanNothing(String setting, String value, String why) {
        assertThatThrownBy(() -> settings(Map.of("url", "https://shop.example.com/health", setting, value)))
                .hasStackTraceContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0s, 1m", "1m, 5s, 1m", "-1s, 5s, 1m"})
    void refusesATimeInWhichItCannotHold(String stableFor, String askEvery, String timeLimit) {
        assertThatThrownBy(() ->
                        connector(Map.of("stable-for", stableFor, "ask-every", askEvery, "time-limit", timeLimit)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
