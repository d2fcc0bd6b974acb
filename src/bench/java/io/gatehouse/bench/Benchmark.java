package io.gatehouse.bench;

import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the parts it is asked for: {@code lives} (and, if it is built, the plain engine in turns with ours),
 * {@code lists} and {@code statements} (those of one life, grouped). System properties: {@code bench.jar} and
 * {@code bench.engine.jar} are the applications, {@code bench.warmup} says how many lives each
 * lives before it is measured (600) and {@code bench.seconds} for how long it then is (20), {@code bench.workers} which loads there are (1,4,16).
 */
public final class Benchmark {

    private static final int WARM_UP = Integer.getInteger("bench.warmup", 600);
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
    private static final List<Integer> WORKERS = Arrays.stream(
                    System.getProperty("bench.workers", "1,4,16").split(","))
            .map(Integer::valueOf)
            .toList();

    private final MySqlServer mySql = MySqlServer.durable();

    /** What the driver does unless it is told otherwise. */
    private static final String[] AS_IT_COMES = {
        "--spring.datasource.hikari.data-source-properties.useLocalSessionState=false",
        "--spring.datasource.hikari.data-source-properties.cachePrepStmts=false"
    };

    private Benchmark() {}

    public static void main(String[] parts) throws Exception {
        Benchmark benchmark = new Benchmark();
        for (String part : parts) {
            switch (part) {
                case "lives" -> benchmark.lives();
                case "lists" -> benchmark.lists();
                case "statements" -> benchmark.statements();
                default -> throw new IllegalArgumentException(
                        "No part '" + part + "'; there are lives, lists, statements");
            }
        }
        System.exit(0); // the MySQL that was started for us must not keep this JVM alive
    }

    private void lives() throws Exception {
        Path engine = Path.of(System.getProperty("bench.engine.jar"));
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
            for (Contender contender : contenders) {
                contender.measure(workers, MEASURED);
            }
        }
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

    private Contender gatehouse() throws Exception {
        MySqlDatabase database = mySql.freshDatabase();
        Server server = Server.start(
                Path.of(System.getProperty("bench.jar")),
                database,
                "/actuator/health/readiness",
                "--spring.profiles.active=sample",
                // The benchmark's few people call more often than the API lets people call.
                "--gatehouse.api.rate.per-second=100000",
                "--gatehouse.api.rate.burst=100000");
        Organisation.seed(database);
        return new Contender("Gatehouse in 6 calls", server, database, new NormalChangeLife());
    }

    private Contender plainEngine(Path jar, String name, String... settings) throws Exception {
        MySqlDatabase database = mySql.freshDatabase();
        Server server = Server.start(jar, database, "/engine-rest/engine", settings);
        return new Contender(name, server, database, new PlainEngineLife());
    }
}
