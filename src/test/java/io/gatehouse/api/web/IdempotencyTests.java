package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
@OnH2
class IdempotencyTests {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IdempotentRequests requests;

    private ApiClient api;
    private final String key = UUID.randomUUID().toString();
    private final String name = "thing " + key;

    @BeforeEach
    void connect() {
        api = new ApiClient(port);
    }

    private HttpResponse<String> create(String name, String key) {
        return api.post("{\"name\":\"" + name + "\",\"count\":1}", "Idempotency-Key", key);
    }

    private long things(String name) {
        return jdbc.sql("select count(*) from thing where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private long keys() {
        return jdbc.sql("select count(*) from idempotent_request")
                .query(Long.class)
                .single();
    }

    @Test
    void givesTheFirstAnswerAgain() {
        HttpResponse<String> first = create(name, key);

        HttpResponse<String> second = create(name, key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(second.headers().firstValue(header))
                    .isPresent()
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(things(name)).isOne();
    }

    @Test
    void refusesTheKeyOfAnotherRequest() {
        create(name, key);

        HttpResponse<String> other = create("another " + name, key);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("urn:gatehouse:problem:idempotency-key-reused");
        assertThat(things("another " + name)).isZero();
    }

    @Test
    void tellsKeysApartByCallerAndCase() {
        create(name, "a" + key);
        create(name, "A" + key);
        HttpResponse<String> byTheo = api.send(api.as("theo", "/api/v1/things")
                .headers("Content-Type", "application/json", "Idempotency-Key", "a" + key)
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"count\":1}")));

        assertThat(byTheo.statusCode()).isEqualTo(201);
        assertThat(things(name)).isEqualTo(3);
    }

    @Test
    void storesNothingOfARefusedRequest() {
        long before = keys();

        HttpResponse<String> invalid = create("", key);
        HttpResponse<String> refused = create("refused " + key, key);

        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(things("refused " + key)).isZero();
        assertThat(keys()).isEqualTo(before);
        assertThat(create(name, key).statusCode()).isEqualTo(201);
    }

    @Test
    void neverAnswersSuccessWhenTheEffectWasRolledBack() {
        HttpResponse<String> lost = create("lost " + key, key);

        assertThat(lost.statusCode()).isEqualTo(500);
        assertThat(lost.headers().firstValue("Location")).isEmpty();
        assertThat(things("lost " + key)).isZero();
    }

    @Test
    void storesNothingWithoutAKey() {
        long before = keys();

        HttpResponse<String> answer = api.post("{\"name\":\"" + name + "\",\"count\":1}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void takesEffectOnceWhenDuplicatesComeAtTheSameTime() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService clients = Executors.newFixedThreadPool(8);

        List<Future<HttpResponse<String>>> answers = IntStream.range(0, 8)
                .mapToObj(client -> clients.submit(() -> {
                    start.await();
                    return create(name, key);
                }))
                .toList();
        start.countDown();
        clients.shutdown();

        for (Future<HttpResponse<String>> answer : answers) {
            HttpResponse<String> got = answer.get();
            assertThat(got.statusCode()).as(got.body()).isIn(201, 409);
            if (got.statusCode() == 409) {
                assertThat(got.headers().firstValue("Retry-After")).contains("1");
            }
        }
        assertThat(things(name)).isOne();
        assertThat(create(name, key).statusCode()).isEqualTo(201);
    }

    @Test
    void refusesAKeyThatIsEmptyOrTooLong() {
        assertThat(create(name, " ").statusCode()).isEqualTo(400);
        assertThat(create(name, "k".repeat(256)).statusCode()).isEqualTo(400);
        assertThat(create(name, key.repeat(7)).statusCode()).isEqualTo(201);
    }

    @Test
    void forgetsAnswersAfterSevenDaysAndNotBefore() {
        create(name, key);
        Instant now = Clock.systemUTC().instant();

        new IdempotencyCleanup(requests, Duration.ofDays(7), Clock.fixed(now.plus(Duration.ofDays(6)), ZoneOffset.UTC))
                .forgetOldAnswers();
        assertThat(keys()).isPositive();

        new IdempotencyCleanup(requests, Duration.ofDays(7), Clock.fixed(now.plus(Duration.ofDays(8)), ZoneOffset.UTC))
                .forgetOldAnswers();
        assertThat(keys()).isZero();
    }
}
