package io.gatehouse.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every build asks of two nodes; {@link KillTests} asks more, for longer. One is stopped by the system in the middle
 * of a call, for longer than its lease, and does not know it when it goes on: the other has taken over, and the late
 * answer is refused. Then both are killed in turn while people and a deploy tool work with them: one comes back, and the
 * other does not, so that the one that came back has to end everything. Waits for what must happen and not for times, so
 * that it only takes longer on a busy machine.
 */
@NeedsMySql
@Tag("own-jvm")
class BriefCrashTests {

    private static final String KEY = "crash-stopped";
    private static final long SEED = Long.getLong("gatehouse.seed", System.nanoTime());
    private static final int WORKERS = 2;
    private static final Duration LONGEST_END = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(90);
    /** Begins no step, so that it is the other node that calls the tool. */
    private static final List<String> ONLY_TAKES_OVER = List.of("--camunda.bpm.job-execution.enabled=false");

    private final List<Integer> ports = List.of(Nodes.choosePort(), Nodes.choosePort());

    @Test
    void nothingIsLostOrDoneTwiceWhenNodesAreKilledAndStopped() throws Exception {
        System.out.printf("A kill of each of 2 nodes and a stop, -Dgatehouse.seed=%d%n", SEED);
        MySqlDatabase database = MySqlServer.durable().freshDatabase();
        try (DeployTool tool =
                        DeployTool.start(ports.stream().map(Nodes::address).toList());
                Nodes nodes = Nodes.start(database, ports, tool.connectors(), ONLY_TAKES_OVER)) {
            Tables tables = new Tables(database);
            isStopped(nodes, tool);
            areKilled(nodes, new Tables(database), tool);
            assertThat(Checker.breaches(tables.history(tool))).isEmpty();
        }
    }

    /** The second is; the first takes over. */
    private static void isStopped(Nodes nodes, DeployTool tool) {
        nodes.awaitAllReady();
        PatientCaller caller = new PatientCaller(nodes.addresses().subList(0, 1));
        raise(caller);

        await().atMost(SOON).until(() -> !tool.requests().isEmpty());
        String rollout = tool.requests().get(0).move().rollout();
        nodes.node(1).standStill();
        await().atMost(SOON).until(() -> states(caller, rollout), states -> states.equals(List.of("DONE", "DONE")));
        assertThat(nodes.node(1).log()).doesNotContain(rollout + "-1-RUN-1");
        nodes.node(1).goOn();

        await().atMost(SOON).untilAsserted(() -> assertThat(nodes.node(1).log())
                .containsPattern("Another node has taken over " + rollout + "-1-RUN-1-\\S+; its answer .* is dropped"));
        assertThat(tool.requests()).hasSize(2);
    }

    private static void areKilled(Nodes nodes, Tables tables, DeployTool tool) throws Exception {
        Load load = new Load(nodes.addresses(), tool);
        Killer killer = new Killer(nodes, load, tables, SEED);
        load.start(WORKERS, SEED);
        killer.kill(1);
        killer.killForGood();
        load.finish(LONGEST_END);
        new Aftermath(tables, load.caller(), load.acknowledged(), tool).check(killer.headBeforeTheLastKill());
        assertThat(load.acknowledged().ends()).isNotEmpty();
    }

    /** A standard change whose window is open: its rollout begins at once. */
    private static void raise(PatientCaller caller) {
        put(
                caller,
                "rolf",
                "/api/v1/services/" + KEY,
                Map.of("name", KEY, "tier", 2, "ownerGroup", "technical-approver"));
        put(
                caller,
                "rolf",
                "/api/v1/change-templates/" + KEY,
                Map.of(
                        "title",
                        "Restart",
                        "service",
                        KEY,
                        "environment",
                        "production",
                        "plans",
                        Map.of("backout", "Start the old one")));
        put(
                caller,
                "rolf",
                "/api/v1/change-templates/" + KEY + "/rollout-plan",
                Map.of("process", "Rollout", "steps", List.of(step(ToolMode.SLOW), step(ToolMode.ANSWER))));
        Organisation.letIn(caller, KEY);
        Instant opens = Instant.now().minusSeconds(60);
        caller.post(
                        "rita",
                        Requester.CHANGES,
                        Map.of(
                                "type",
                                "STANDARD",
                                "submit",
                                true,
                                "template",
                                KEY,
                                "window",
                                Map.of(
                                        "startsAt",
                                        opens.toString(),
                                        "endsAt",
                                        opens.plusSeconds(7200).toString())))
                .expect(201);
    }

    private static void put(PatientCaller caller, String person, String path, Map<String, ?> body) {
        caller.put(person, path, body, "If-None-Match", "*").expect(201);
    }

    private static Map<String, Object> step(ToolMode mode) {
        Map<String, String> parameters = Map.of("mode", mode.parameter());
        return Map.of(
                "stage",
                "DEPLOY_APPLICATION",
                "name",
                "Part " + mode.parameter(),
                "connector",
                DeployTool.ASKED,
                "target",
                "localhost",
                "parameters",
                parameters,
                "undo",
                Map.of("connector", DeployTool.ASKED, "parameters", parameters));
    }

    private static List<String> states(PatientCaller caller, String rollout) {
        return StreamSupport.stream(
                        caller.get("rolf", "/api/v1/rollouts/" + rollout + "/steps")
                                .expect(200)
                                .get("items")
                                .spliterator(),
                        false)
                .map(step -> step.get("state").asText())
                .toList();
    }
}
