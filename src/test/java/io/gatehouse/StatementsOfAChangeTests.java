package io.gatehouse;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.ChangeFixture;
import io.gatehouse.testing.OnMySql;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SentStatements;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * What a normal change sends to MySQL on its way from request to CLOSED. The numbers are those of docs/performance.md:
 * whoever makes them larger without need makes every change slower, whoever makes them smaller writes that there.
 */
@ProcessTest
@OnMySql
class StatementsOfAChangeTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void areAsManyAsTheDocumentationSays() {
        live(); // reads models and tables, which are read once

        List<String> sent = SentStatements.of(this::live).stream()
                .flatMap(packet -> Stream.of(packet.split(";"))) // several go in one packet
                .toList();

        assertThat(new TreeMap<>(sent.stream().collect(groupingBy(StatementsOfAChangeTests::kind, counting()))))
                .as(() -> shapes(sent))
                .isEqualTo(Map.of("commit", 6L, "select", 66L, "insert", 40L, "update", 32L, "delete", 33L));
    }

    private void live() {
        String number = raise();
        does(SignedIn.THEO, number, "technical-reviews", decision("Sound"));
        does(SignedIn.MONA, number, "approvals", decision("Needed"));
        does(SignedIn.OSKAR, number, "approvals", decision("Staffed"));
        does(SignedIn.THEO, number, "implementation-reports", "{\"result\": \"SUCCESSFUL\"}");
        assertThat(does(SignedIn.MONA, number, "reviews", "{\"closeCode\": \"SUCCESSFUL\", \"lessons\": \"None\"}"))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("CLOSED");
    }

    private String raise() {
        MvcTestResult raised = post(
                SignedIn.RITA,
                "/api/v1/changes",
                """
                {
                  "type": "NORMAL", "submit": true,
                  "change": {
                    "title": "Upgrade the compute service",
                    "services": ["nova"],
                    "environment": "production",
                    "window": {"startsAt": "%s", "endsAt": "%s"},
                    "plans": {"implementation": "Unpack, switch.", "test": "Ask.", "backout": "Switch back."},
                    "questionnaire": {"dataMigration": false, "downtime": false, "backoutTested": true},
                    "links": [{"title": "Ticket", "url": "https://tickets.example/1"}]
                  }
                }"""
                        .formatted(
                                clock.instant().minusSeconds(60),
                                clock.instant().plusSeconds(3600)));
        assertThat(raised).hasStatus(201);
        String address = String.valueOf(raised.getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private static String decision(String reason) {
        return "{\"decision\": \"APPROVE\", \"reason\": \"%s\"}".formatted(reason);
    }

    private MvcTestResult does(SignedIn person, String number, String step, String body) {
        MvcTestResult done = post(person, "/api/v1/changes/" + number + "/" + step, body);
        assertThat(done).hasStatusOk();
        return done;
    }

    private MvcTestResult post(SignedIn person, String path, String body) {
        return mvc.post()
                .uri(path)
                .with(person.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static String kind(String statement) {
        return statement.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    }

    private static String shapes(List<String> sent) {
        StringBuilder shapes = new StringBuilder();
        sent.stream()
                .map(statement -> statement.replaceAll("'[^']*'", "?").replaceAll("\\s+", " "))
                .map(statement -> statement.substring(0, Math.min(statement.length(), 200)))
                .collect(groupingBy(shape -> shape, TreeMap::new, counting()))
                .forEach((shape, count) ->
                        shapes.append(count).append("  ").append(shape).append('\n'));
        return shapes.toString();
    }
}
