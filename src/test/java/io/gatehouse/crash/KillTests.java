package io.gatehouse.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Kills the product again and again, at any moment, while people and a deploy tool work with it: nothing that it
 * acknowledged is lost, no command is executed twice for one key, and every change ends. {@code -Plong} kills 40 times
 * on one node and 40 times on two; every build does {@link BriefCrashTests}.
 */
@NeedsMySql
@EnabledIfSystemProperty(named = "gatehouse.long", matches = "true", disabledReason = "takes long: -Plong")
@Tag("own-jvm")
class KillTests {

    private static final int KILLS = Integer.getInteger("gatehouse.kills", 40);
    private static final long SEED = Long.getLong("gatehouse.seed", System.nanoTime());
    private static final int WORKERS = 8;
    private static final Duration LONGEST_END = Duration.ofMinutes(3);

    private static final List<Integer> PORTS = List.of(Nodes.choosePort(), Nodes.choosePort());

    static MySqlDatabase database;
    static DeployTool tool;

    @BeforeAll
    static void startTool() {
        database = MySqlServer.durable().freshDatabase();
        tool = DeployTool.start(PORTS.stream().map(Nodes::address).toList());
    }

    @AfterAll
    static void stopTool() {
        tool.close();
    }

    @Test
    void nothingIsLostOrDoneTwiceOnOneNode() throws Exception {
        survives(1);
    }

    @Test
    void nothingIsLostOrDoneTwiceOnTwoNodes() throws Exception {
        survives(2);
    }

    private static void survives(int count) throws Exception {
        System.out.printf("%d kills of %d nodes, -Dgatehouse.seed=%d%n", KILLS, count, SEED);
        try (Nodes nodes = Nodes.start(database, PORTS.subList(0, count), tool.connectors())) {
            Tables tables = new Tables(database);
            Load load = new Load(nodes.addresses(), tool);
            Killer killer = new Killer(nodes, load, tables, SEED);
            Instant start = Instant.now();
            load.start(WORKERS, SEED);
            try {
                killer.kill(KILLS);
                load.finish(LONGEST_END);
                new Aftermath(tables, load.caller(), load.acknowledged(), tool).check(killer.headBeforeTheLastKill());
            } finally {
                report(count, killer, load, Duration.between(start, Instant.now()));
            }
            assertThat(killer.killsUnderLoad())
                    .as("kills while somebody waited for an answer")
                    .isGreaterThan(KILLS / 2);
        }
    }

    private static void report(int nodes, Killer killer, Load load, Duration time) throws IOException {
        PatientCaller caller = load.caller();
        Path folder = Files.createDirectories(Path.of("target/kills"));
        String report =
                """
                seed %d, nodes: %d, %d s
                %d kills, %d of them while somebody waited for an answer
                %d changes ended, %d writes acknowledged, %d requests sent again, %d answers replayed
                %d commands executed, %d callbacks acknowledged twice
                %s
                """
                        .formatted(
                                SEED,
                                nodes,
                                time.toSeconds(),
                                killer.kills(),
                                killer.killsUnderLoad(),
                                load.acknowledged().ends().size(),
                                load.acknowledged().count(),
                                caller.lost(),
                                caller.replayed(),
                                tool.requests().size(),
                                tool.deliveries().size(),
                                load.acknowledged().summary());
        Files.writeString(folder.resolve(nodes + "-nodes.txt"), report);
    }
}
