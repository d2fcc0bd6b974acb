package io.gatehouse.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.ManagementClient;
import io.gatehouse.testing.WithManagementPort;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the management port tells, and how it refuses; for whom is walked by {@code ManagementTableTests}. */
@WithManagementPort
class ManagementPortTests {

    private static final String GUESSER = "203.0.113.7";

    @LocalManagementPort
    private int port;

    @LocalServerPort
    private int mainPort;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void tellsPrometheusTheNumbersOfTheInstallation() {
        ManagementClient.nobody(port).get("/management/prometheus");

        HttpResponse<String> answer = oskar().get("/management/prometheus");

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(answer.body())
                .contains("# TYPE gatehouse_changes gauge")
                .contains("gatehouse_changes{state=\"AUTHORIZE\"} " + open("AUTHORIZE"))
                .contains("gatehouse_changes{state=\"NEW\"} " + open("NEW"))
                .contains("gatehouse_rollout_steps{state=\"RUNNING\"}")
                .contains("gatehouse_rollout_commands{state=\"NEW\"}")
                .contains("gatehouse_sign_ins_refused_total{door=\"management\"}")
                .contains("jvm_memory_used_bytes", "hikaricp_connections_active")
                .doesNotContain("CLOSED", "NaN\ngatehouse");
    }

    private double open(String state) {
        Long count = jdbc.queryForObject("select count(*) from change_request where state = ?", Long.class, state);
        return count == null ? -1 : count;
    }

    @Test
    void numbersNameNoPersonAndNoChange() {
        ApiClient rita = new ApiClient(URI.create("http://127.0.0.1:" + mainPort), "rita");
        String number = rita.get("/api/v1/changes?limit=1")
                .get("items")
                .get(0)
                .get("number")
                .asText();
        rita.get("/api/v1/changes/" + number);

        assertThat(oskar().get("/management/prometheus").body())
                .contains("uri=\"/api/v1/changes/{number}\"")
                .doesNotContain(number, "rita", "oskar");
    }

    @Test
    void tellsThePartsOfHealthAndTheMainPortUpOrDownOnly() {
        assertThat(oskar().get("/management/health").body()).contains("\"db\"", "\"diskSpace\"", "\"status\":\"UP\"");
        for (String address : new String[] {"", "/liveness", "/readiness"}) {
            HttpResponse<String> answer = ManagementClient.nobody(mainPort).get("/actuator/health" + address);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void tellsTheVersionAndNoSetting() {
        assertThat(oskar().get("/management/info").body())
                .contains("\"gatehouse\"", "\"version\"", "\"java\"")
                .doesNotContain("password", "jdbc:");
    }

    @Test
    void looksAtNoPasswordOfAnAddressThatWasRefusedTooOften() {
        assertThat(refusedGuesses()).isBetween(60, 120);

        // As time passes one more is looked at; on a busy machine that may be one of these.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            refusedGuesses();
            HttpResponse<String> answer =
                    ManagementClient.of(port, "oskar", "oskar-sample").from(GUESSER, "GET", "/management/info");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            refusedGuesses();
            assertThat(ManagementClient.of(mainPort, "rita", "rita-sample")
                            .from(GUESSER, "GET", "/api/v1/services")
                            .statusCode())
                    .as("nor at the other port")
                    .isEqualTo(429);
        });
    }

    /** How many were looked at until one was not. */
    private int refusedGuesses() {
        ManagementClient guess = ManagementClient.of(port, "adam", "guess");
        int refused = 0;
        while (guess.from(GUESSER, "GET", "/management/info").statusCode() == 401 && refused < 200) {
            refused++;
        }
        return refused;
    }

    @ParameterizedTest
    @CsvSource({
        "/management/prometheus, 200",
        "/management/nothing, 403",
        "/management/health/nothing, 404",
        "/management/health;x=1, 400",
    })
    void everyAnswerIsGuarded(String path, int status) {
        HttpResponse<String> answer = oskar().get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void asksWhoeverProvesNothingForAProof() {
        HttpResponse<String> answer = ManagementClient.nobody(port).get("/management/prometheus");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic realm=\"Gatehouse\"");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.body()).contains("urn:gatehouse:problem:sign-in-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz HTTP/1.1", "GET / HTTP/9.9", "TRACE /management/info HTTP/1.1"})
    void whatTheContainerRefusesIsGuardedToo(String line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 4")
                    .contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'")
                    .doesNotContain("Apache Tomcat");
        }
    }

    private ManagementClient oskar() {
        return ManagementClient.of(port, "oskar", "oskar-sample");
    }
}
