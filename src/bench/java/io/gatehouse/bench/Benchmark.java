package io.gatehouse.bench;

import io.gatehouse.audit.AuditDatabase;
import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the parts it is asked for: {@code lives} (and, if it is built, the plain engine in turns with ours),
 * {@code lists}, {@code statements} (those of one life, grouped), {@code rollouts} ({@code bench.rollouts} at once, 1000),
 * {@code trail} (the verifier on {@code bench.entries}, 1000000) and {@code replay} (what the policy makes of nine years of
 * release requests). System properties: {@code bench.jar} and
 * {@code bench.engine.jar} are the applications, {@code bench.warmup} says how many lives each
 * lives before it is measured (4000), {@code bench.rounds} and {@code bench.seconds} how often and for how long it then
 * is, in turns (7, 6), {@code bench.workers} which loads there are (1,4,16). With {@code bench.variant}, settings of ours
 * to compare with the shipped ones, or {@code bench.variant.jar}, another build of ours, that is a further contender. With
 * {@code bench.without-binary-log} MySQL is not as it comes.
 */
public final class Benchmark {

    private static final int WARM_UP = Integer.getInteger("bench.warmup", 4000);
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("bench.seconds", 6));
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
    private static final List<Integer> WORKERS = Arrays.stream(
                    System.getProperty("bench.workers", "1,4,16").split(","))
            .map(Integer::valueOf)
            .toList();

    private static final String JAR = System.getProperty("bench.jar");
    private static final @Nullable String VARIANT = System.getProperty("bench.variant");
    private static final @Nullable String VARIANT_JAR = System.getProperty("bench.variant.jar");

    private final MySqlServer mySql =
            Boolean.getBoolean("bench.without-binary-log") ? MySqlServer.durable() : MySqlServer.stock();

    /** What the driver does unless it is told otherwise. */
    private static final String[] AS_IT_COMES = {
        "--spring.datasource.hikari.data-source-properties.useLocalSessionState=false",
        "--spring.datasource.hikari.data-source-properties.cachePrepStmts=false",
        "--spring.datasource.hikari.data-source-properties.rewriteBatchedStatements=false",
        "--spring.datasource.hikari.data-source-properties.useServerPrepStmts=false"
    };

    private static final List<String> OURS = List.of(
            "--spring.profiles.active=sample",
            // The benchmark's few people call more often than the API lets people call.
            "--gatehouse.api.rate.per-second=100000",
            "--gatehouse.api.rate.burst=100000");

    private Benchmark() {}

    public static void main(String[] parts) throws Exception {
        Benchmark benchmark = new Benchmark();
        for (String part : parts) {
            switch (part) {
                case "lives" -> benchmark.lives();
                case "lists" -> benchmark.lists();
                case "statements" -> benchmark.statements();
                case "rollouts" -> benchmark.rollouts();
                case "trail" -> benchmark.trail();
                case "replay" -> new Replay().print();
                default -> throw new IllegalArgumentException(
                        "No part '" + part + "'; there are lives, lists, statements, rollouts, trail, replay");
            }
        }
        System.exit(0); // the MySQL that was started for us must not keep this JVM alive
    }

    private void lives() throws Exception {
        Path engine = Path.of(System.getProperty("bench.engine.jar"));
        if (VARIANT != null || VARIANT_JAR != null) {
            try (Contender ours = gatehouse();
                    Contender variant = variant()) {
                inTurns(List.of(ours, variant));
            }
            return;
        }
        if (!Files.exists(engine)) {
            System.out.println("Without the plain engine: there is no " + engine);
            try (Contender ours = gatehouse()) {
                inTurns(List.of(ours));
            }
            return;
        }
        try (Contender ours = gatehouse();
                Contender plain = plainEngine(engine, "Plain engine in 10 calls", AS_IT_COMES);
                Contender tuned = plainEngine(engine, "Plain engine in 10 calls, with our driver settings")) {
            inTurns(List.of(ours, plain, tuned));
        }
    }

    /** In turns, so that whatever else the machine does hits all of them alike. */
    private static void inTurns(List<Contender> contenders) throws Exception {
        for (Contender contender : contenders) {
            contender.warmUp(WARM_UP);
        }
        for (int workers : WORKERS) {
            Map<Contender, List<Double>> speeds = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Contender contender : contenders) {
                    speeds.computeIfAbsent(contender, first -> new ArrayList<>())
                            .add(contender.measure(workers, MEASURED, round == ROUNDS - 1));
                }
            }
            System.out.printf("%d workers, median of %d rounds, and of the ratios of each round%n", workers, ROUNDS);
            List<Double> first = speeds.get(contenders.get(0));
            speeds.forEach((contender, speed) -> System.out.printf(
                    "  %-50s %6.1f lives/s %6.2f%n",
                    contender.name(),
                    median(speed),
                    median(IntStream.range(0, ROUNDS)
                            .mapToObj(round -> speed.get(round) / first.get(round))
                            .toList())));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get(sorted.size() / 2) + sorted.get((sorted.size() - 1) / 2)) / 2;
    }

    private void lists() throws Exception {
        try (Contender ours = gatehouse()) {
            System.out.println("Gatehouse, reading over HTTP with 1,000 and 100,000 stored changes");
            new Lists(ours.server(), ours.database()).compare(1_000, 100_000);
        }
    }

    private void statements() throws Exception {
        try (Contender ours = gatehouse()) {
            // Until the requests of the sample are through, which would be counted too.
            ours.warmUp(100);
            StatementLog log = new StatementLog(ours.database());
            ours.life().live(new Caller(ours.server().address(), new Timings()), 0);
            log.print();
        }
    }

    private void rollouts() throws Exception {
        MySqlDatabase database = mySql.freshDatabase();
        try (InstantTool tool = InstantTool.start();
                Server one = node(database, tool);
                Server other = node(database, tool)) {
            new Rollouts(List.of(one, other), database, tool).measure(Integer.getInteger("bench.rollouts", 1000));
        }
    }

    private void trail() throws Exception {
        int entries = Integer.getInteger("bench.entries", 1_000_000);
        try (AuditDatabase onMySql = AuditDatabase.onMySql(mySql.freshDatabase())) {
            new LongTrail(onMySql, entries).measure("MySQL");
        }
        try (AuditDatabase onH2 = AuditDatabase.onH2()) {
            new LongTrail(onH2, entries).measure("H2 in memory");
        }
    }

    private static Server node(MySqlDatabase database, InstantTool tool) throws Exception {
        List<String> arguments = new ArrayList<>(OURS);
        arguments.addAll(tool.settings());
        return Server.start(
                Path.of(JAR), database, "/actuator/health/readiness", arguments.toArray(String[]::new));
    }

    private Contender gatehouse() throws Exception {
        return gatehouse("Gatehouse in 6 calls", JAR, "");
    }

    private Contender variant() throws Exception {
        return gatehouse(
                "Gatehouse, varied", Objects.requireNonNullElse(VARIANT_JAR, JAR), Objects.requireNonNullElse(VARIANT, ""));
    }

    private Contender gatehouse(String name, String jar, String settings) throws Exception {
        MySqlDatabase database = mySql.freshDatabase();
        List<String> arguments = new ArrayList<>(OURS);
        arguments.addAll(Arrays.stream(settings.split(" ")).filter(setting -> !setting.isEmpty()).toList());
        Server server =
                Server.start(Path.of(jar), database, "/actuator/health/readiness", arguments.toArray(String[]::new));
        Organisation.seed(database);
        return new Contender(name, server, database, new NormalChangeLife());
    }

    private Contender plainEngine(Path jar, String name, String... settings) throws Exception {
        MySqlDatabase database = mySql.freshDatabase();
        Server server = Server.start(jar, database, "/engine-rest/engine", settings);
        return new Contender(name, server, database, new PlainEngineLife());
    }
}
