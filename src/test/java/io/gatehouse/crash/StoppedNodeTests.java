package io.gatehouse.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A node is stopped by the system in the middle of a call, for longer than its lease, and does not know it when it goes
 * on: another has taken over, and the late answer is refused.
 */
@NeedsMySql
@EnabledIfSystemProperty(named = "gatehouse.long", matches = "true", disabledReason = "takes long: -Plong")
class StoppedNodeTests {

    private static final String KEY = "crash-stopped";
    private static final Duration SOON = Duration.ofSeconds(90);
    /** Begins no step, so that it is the other node that calls the tool. */
    private static final List<String> ONLY_TAKES_OVER = List.of("--camunda.bpm.job-execution.enabled=false");

    private final List<Integer> ports = List.of(Nodes.choosePort(), Nodes.choosePort());

    @Test
    void refusesTheLateAnswerOfANodeThatWasStopped() {
        MySqlDatabase database = MySqlServer.shared().freshDatabase();
        try (DeployTool tool =
                        DeployTool.start(ports.stream().map(Nodes::address).toList());
                GatehouseProcess first = node(database, 0, tool, List.of());
                GatehouseProcess second = node(database, 1, tool, ONLY_TAKES_OVER)) {
            HistoryReader reader = HistoryReader.of(JdbcClient.create(
                    new DriverManagerDataSource(database.url(), database.username(), database.password())));
            PatientCaller caller = new PatientCaller(List.of(second.address()));
            raise(caller);

            await().atMost(SOON).until(() -> !tool.requests().isEmpty());
            String rollout = tool.requests().get(0).move().rollout();
            first.standStill();
            await().atMost(SOON).until(() -> states(caller, rollout), states -> states.equals(List.of("DONE", "DONE")));
            assertThat(first.log()).doesNotContain("is dropped");
            first.goOn();

            await().atMost(SOON).untilAsserted(() -> assertThat(first.log())
                    .containsPattern(
                            "Another node has taken over " + rollout + "-1-RUN-1-\\S+; its answer .* is dropped"));
            assertThat(tool.requests()).hasSize(2);
            assertThat(Checker.breaches(
                            reader.read(tool.requests(), Map.of(DeployTool.ASKED, "QUERYABLE"), Set.of(), Map.of())))
                    .isEmpty();
        }
    }

    private GatehouseProcess node(MySqlDatabase database, int which, DeployTool tool, List<String> more) {
        GatehouseProcess node = GatehouseProcess.launch(
                database,
                ports.get(which),
                Stream.of(Nodes.QUICK_RECOVERY, tool.connectors(), more)
                        .flatMap(List::stream)
                        .toArray(String[]::new));
        node.awaitReady();
        return node;
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
