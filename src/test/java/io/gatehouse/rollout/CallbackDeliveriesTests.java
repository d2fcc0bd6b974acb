package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnMySql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/**
 * Two thousand callbacks as a bad network and a bad neighbour would deliver them: repeated, in any order, before the
 * command was sent, after it ended, contradicting, forged, altered. What happens is what the valid ones say, once.
 */
@OnMySql
@RolloutTest
class CallbackDeliveriesTests {

    private static final int ROLLOUTS = 40;
    private static final int STEPS = 5;

    private enum Kind {
        VALID(202),
        REPEATED(202),
        SAME_RESULT_UNDER_ANOTHER_ID(202),
        CONTRADICTING(202),
        UNKNOWN_KEY(202),
        FORGED(401),
        ALTERED(401),
        OTHER_BODY_UNDER_THE_SAME_ID(409);

        private final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    private record Delivery(Kind kind, String id, String body, String signature, long timestamp) {}

    private record Answered(Kind kind, int status) {}

    /** Begins the ids of all deliveries: other tests have some in the same database. */
    private final String run = "msg_" + UUID.randomUUID() + "_";

    private final Random random = new Random(20260501);
    private final ConcurrentLinkedQueue<Answered> answers = new ConcurrentLinkedQueue<>();
    private final List<Delivery> late = new ArrayList<>();
    private final ExecutorService senders = Executors.newFixedThreadPool(4);

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvcTester mvc;

    @AfterEach
    void stopSenders() {
        senders.shutdownNow();
    }

    @Test
    void haveTheEffectOfTheDistinctValidOnes() throws Exception {
        int conflictsBefore = auditedConflicts();
        List<String> numbers = IntStream.range(0, ROLLOUTS)
                .mapToObj(i -> driver.start(deploySteps(STEPS)))
                .toList();
        numbers.forEach(number -> IntStream.rangeClosed(1, STEPS)
                .forEach(seq -> tools.answer(number, seq, CommandKind.RUN, ConnectorAnswer.accepted(null))));

        for (int step = 1; step <= STEPS; step++) {
            playStep(numbers, step);
        }
        deliver(late);
        await().atMost(Duration.ofSeconds(60)).until(() -> driver.dispatchOnce() == 0);

        assertThat(answers).hasSize(ROLLOUTS * STEPS * 10);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(answer.kind().status));
        numbers.forEach(this::hasRunEachStepOnce);
        assertThat(ends("APPLIED")).isEqualTo(ROLLOUTS * STEPS);
        assertThat(ends("IGNORED")).isEqualTo(2 * ROLLOUTS * STEPS);
        assertThat(auditedConflicts() - conflictsBefore).isEqualTo(ROLLOUTS * STEPS);
    }

    private void playStep(List<String> numbers, int step) throws Exception {
        List<Delivery> early = new ArrayList<>();
        List<Delivery> onTime = new ArrayList<>(late);
        late.clear();
        for (String number : numbers) {
            deliveriesFor(keyOf(number, step), random.nextInt(4) == 0 ? early : onTime);
        }
        deliver(early);
        driver.dispatchOnce();
        deliver(onTime);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            driver.dispatchOnce();
            return numbers.stream().allMatch(number -> hasPassed(number, step));
        });
    }

    private void deliveriesFor(String key, List<Delivery> target) {
        String id = run + UUID.randomUUID();
        Delivery valid = signed(Kind.VALID, id, report(key, "SUCCEEDED"));
        target.add(valid);
        for (int i = 0; i < 3; i++) {
            target.add(new Delivery(Kind.REPEATED, id, valid.body(), valid.signature(), valid.timestamp()));
        }
        target.add(new Delivery(Kind.FORGED, id + "f", report(key, "FAILED"), "v1,Zm9yZ2Vk", now()));
        target.add(new Delivery(Kind.ALTERED, id, report(key, "FAILED"), valid.signature(), valid.timestamp()));
        target.add(signed(Kind.UNKNOWN_KEY, id + "u", report("ROL-" + UUID.randomUUID(), "SUCCEEDED")));
        late.add(signed(Kind.SAME_RESULT_UNDER_ANOTHER_ID, id + "s", report(key, "SUCCEEDED")));
        late.add(signed(Kind.CONTRADICTING, id + "c", report(key, "FAILED")));
        late.add(signed(Kind.OTHER_BODY_UNDER_THE_SAME_ID, id, report(key, "FAILED")));
    }

    /** In any order and at the same time, so that a repetition may overtake the original. */
    private void deliver(List<Delivery> deliveries) throws Exception {
        Collections.shuffle(deliveries, random);
        List<Future<?>> sent = new ArrayList<>();
        deliveries.forEach(delivery -> sent.add(senders.submit(() -> send(delivery))));
        for (Future<?> each : sent) {
            each.get();
        }
    }

    private void send(Delivery delivery) {
        int status = mvc.post()
                .uri("/api/v1/callbacks/tool")
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", delivery.timestamp())
                .header("webhook-signature", delivery.signature())
                .contentType(MediaType.APPLICATION_JSON)
                .content(delivery.body())
                .exchange()
                .getResponse()
                .getStatus();
        answers.add(new Answered(delivery.kind(), status));
    }

    private static Delivery signed(Kind kind, String id, String body) {
        long now = now();
        String signature =
                ScriptedTools.SECRET.sign(id, Instant.ofEpochSecond(now), body.getBytes(StandardCharsets.UTF_8));
        return new Delivery(kind, id, body, signature, now);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String report(String key, String state) {
        return "{\"key\": \"%s\", \"state\": \"%s\"}".formatted(key, state);
    }

    private String keyOf(String number, int seq) {
        return jdbc.sql("select idempotency_key from rollout_command where rollout_id = :id and seq = :seq")
                .param("id", RolloutNumber.idOf(number))
                .param("seq", seq)
                .query(String.class)
                .single();
    }

    private boolean hasPassed(String number, int step) {
        return rollouts.steps(number).get(step - 1).state() == StepState.DONE;
    }

    private void hasRunEachStepOnce(String number) {
        assertThat(rollouts.steps(number)).hasSize(STEPS).allMatch(step -> step.state() == StepState.DONE);
        Map<String, List<ScriptedTools.Call>> byKey =
                tools.callsOf(number).stream().collect(groupingBy(ScriptedTools.Call::key));
        assertThat(byKey).hasSize(STEPS).allSatisfy((key, calls) -> assertThat(calls)
                .hasSize(1));
        assertThat(byKey.values().stream().map(calls -> calls.get(0).seq()).collect(toSet()))
                .hasSize(STEPS);
    }

    private int ends(String state) {
        return jdbc.sql("select count(*) from callback_inbox where state = :state and delivery_id like :run")
                .param("state", state)
                .param("run", run + "%")
                .query(Integer.class)
                .single();
    }

    private int auditedConflicts() {
        return jdbc.sql("select count(*) from audit_entry where action = 'rollout.CallbackConflicted'")
                .query(Integer.class)
                .single();
    }
}
