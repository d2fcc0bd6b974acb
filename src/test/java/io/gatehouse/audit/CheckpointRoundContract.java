package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.audit.verify.AuditVerifierRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Status;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** How far the trail reaches is written outside of the database, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CheckpointRoundContract {

    private static final String PUBLIC = "key.pem.pub";

    private AuditDatabase database;
    private JdbcClient jdbc;
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir
    Path folder;

    abstract AuditDatabase open();

    @BeforeAll
    void openDatabase() {
        database = open();
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V190__audit_create_checkpoint.sql"))
                .execute(database.dataSource());
        jdbc = JdbcClient.create(database.dataSource());
    }

    @BeforeEach
    void beginAnew() {
        jdbc.sql("delete from audit_entry").update();
        jdbc.sql("update audit_head set n = 0, hash = ?").param("0".repeat(64)).update();
        jdbc.sql("update audit_checkpoint set n = 0, due_at = '2000-01-01 00:00:00', written_at = null")
                .update();
        entries(5);
    }

    @AfterAll
    void closeDatabase() {
        database.close();
    }

    @Test
    void whatIsWrittenIsFoundInTheTrail() throws IOException {
        CheckpointRound round = round("a");
        round.write();
        entries(3);
        round.write();

        assertThat(lines("a")).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("{\"n\":"));
        assertThat(verify("a"))
                .startsWith("0 The audit trail is intact: 8 entries")
                .contains("2 checkpoints");
        assertThat(round.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void nothingIsWrittenWhileNothingIsNewButForALineADay() throws IOException {
        CheckpointRound round = round("a");
        round.write();
        round.write();
        assertThat(lines("a")).hasSize(1);

        now = now.plus(Duration.ofDays(1));
        round.write();

        assertThat(lines("a")).hasSize(2);
        assertThat(verify("a")).startsWith("0 ");
    }

    @Test
    void aTrailThatIsLongAlreadyIsCoveredByAsManyLinesAsItTakes() throws IOException {
        for (int i = 0; i < CheckpointRound.LONGEST / 1000; i++) {
            entries(1000);
        }

        round("a").write();

        assertThat(lines("a")).hasSize(2);
        assertThat(verify("a")).startsWith("0 ").contains("2 checkpoints").contains("with entry 5005");
    }

    @Test
    void aSuffixThatWasWrittenAnewIsFoundAndTheNextCheckpointRefused() throws IOException {
        CheckpointRound round = round("a");
        round.write();
        jdbc.sql("delete from audit_entry where n > 3").update();
        jdbc.sql("update audit_head set n = 3, hash = (select hash from audit_entry where n = 3)")
                .update();
        assertThat(verify("a")).startsWith("1 The audit trail is broken at entry 4: it is missing, the checkpoint of");

        entries(2);
        round.write();

        assertThat(verify("a"))
                .startsWith(
                        "1 The audit trail is broken at entry 4: it is not the entry that was there at the checkpoint");
        assertThat(round.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(round.health().getDetails().get("trouble").toString())
                .startsWith("entry 5 is not in the trail as the checkpoint of");
        assertThat(lines("a")).hasSize(1);
    }

    @Test
    void oneOfTwoNodesWritesAndTheOtherGoesOnWhereItsOwnFileEnds() throws IOException {
        CheckpointRound one = round("a");
        CheckpointRound other = round("b");
        one.takeTurn();
        other.takeTurn();
        assertThat(folder.resolve("a")).exists();
        assertThat(folder.resolve("b")).doesNotExist();

        entries(4);
        jdbc.sql("update audit_checkpoint set due_at = localtimestamp(6)").update();
        other.takeTurn();
        one.takeTurn();

        assertThat(lines("a")).hasSize(1);
        assertThat(lines("b")).hasSize(1);
        assertThat(verify("a", "b")).startsWith("0 ");
    }

    @Test
    void twoNodesMayWriteToOneFile() throws IOException {
        CheckpointRound one = round("a");
        CheckpointRound other = round("a");
        for (int i = 0; i < 5; i++) {
            one.write();
            entries(1);
            other.write();
            entries(1);
        }

        assertThat(lines("a")).hasSize(10);
        assertThat(verify("a")).startsWith("0 ");
    }

    @Test
    void ofNodesThatComeAtOnceOneHasTheTurn() throws Exception {
        CheckpointRows rows = new CheckpointRows(jdbc);
        Callable<Boolean> turn = () -> rows.takeTurn(Duration.ofMinutes(1));
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 20; i++) {
                jdbc.sql("update audit_checkpoint set due_at = localtimestamp(6)")
                        .update();
                int turns = 0;
                for (Future<Boolean> taken : nodes.invokeAll(Collections.nCopies(4, turn))) {
                    turns += taken.get() ? 1 : 0;
                }
                assertThat(turns).isEqualTo(1);
            }
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void nobodyPutsTheNextOneOffForLong() {
        jdbc.sql("update audit_checkpoint set due_at = '2999-01-01 00:00:00'").update();

        round("a").takeTurn();

        assertThat(folder.resolve("a")).exists();
    }

    @Test
    void goesOnAfterALineThatACrashHasTorn() throws IOException {
        CheckpointRound round = round("a");
        round.write();
        entries(1);
        Files.writeString(folder.resolve("a"), "{\"n\":6,\"ha", StandardOpenOption.APPEND);

        round.write();

        assertThat(lines("a")).hasSize(3);
        assertThat(verify("a")).startsWith("0 ").contains("2 checkpoints");
    }

    @Test
    void whatCannotBeWrittenIsSaidAndAnotherNodeMayTry() throws IOException {
        Files.createDirectory(folder.resolve("full"));
        CheckpointRound round = round("full");

        round.takeTurn();

        assertThat(round.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(round.health().getDetails()).containsKey("trouble").containsEntry("entriesWithout", 5L);
        CheckpointRound other = round("b");
        other.takeTurn();
        assertThat(folder.resolve("b")).exists();
        assertThat(other.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void thatNoNodeWritesAnyIsSaidByEveryNode() {
        round("a").write();
        entries(1);
        jdbc.sql("update audit_checkpoint set written_at = '2020-01-01 00:00:00'")
                .update();

        assertThat(round("b").health().getDetails()).containsKey("overdue");
    }

    @Test
    void withoutAKeyThereAreNone() {
        CheckpointRound round =
                round("a", new CheckpointProperties(Duration.ofMinutes(5), "a", "", "", false, "", ""), null);

        round.takeTurn();

        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(round.health().getStatus()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void theKeyThatIsMadeCanBeReadByItsOwnerOnly() throws IOException {
        round("a").write();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theWebhookGetsEachLineUntilItTakesIt() throws Exception {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", call -> {
            received.add(new Received(
                    call.getRequestHeaders().getFirst("webhook-id"),
                    call.getRequestHeaders().getFirst("webhook-timestamp"),
                    call.getRequestHeaders().getFirst("webhook-signature"),
                    new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            call.sendResponseHeaders(calls.getAndIncrement() == 0 ? 500 : 204, -1);
            call.close();
        });
        server.start();
        try {
            CheckpointWebhook webhook = new CheckpointWebhook(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), Clock.systemUTC());
            CheckpointRound round = round("a", properties("a"), webhook);
            round.write();
            Received first = received.poll(10, TimeUnit.SECONDS);
            await(() -> webhook.trouble().isPresent());
            assertThat(round.health().getDetails()).containsEntry("webhook", "it answered 500");

            round.sendAgain();
            Received again = received.poll(10, TimeUnit.SECONDS);
            await(() -> webhook.waiting() == 0);

            assertThat(again.body()).isEqualTo(lines("a").get(0)).isEqualTo(first.body());
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(AuditVerifierRun.isSigned(folder.resolve(PUBLIC), again.signed(), again.signature()))
                    .isTrue();
            assertThat(round.health().getStatus()).isEqualTo(Status.UP);
        } finally {
            server.stop(0);
        }
    }

    private record Received(String id, String timestamp, String signature, String body) {

        String signed() {
            return id + "." + timestamp + "." + body;
        }
    }

    private static void await(BooleanSupplier fact) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(fact::getAsBoolean);
    }

    private void entries(int count) {
        database.transaction()
                .executeWithoutResult(status -> IntStream.range(0, count).forEach(i -> database.record("CHG-" + i)));
    }

    private CheckpointProperties properties(String file) {
        String key = folder.resolve("key.pem").toString();
        return new CheckpointProperties(
                Duration.ofMinutes(5), folder.resolve(file).toString(), "", key, true, "node " + file, "");
    }

    private CheckpointRound round(String file) {
        return round(file, properties(file), null);
    }

    private CheckpointRound round(String file, CheckpointProperties properties, @Nullable CheckpointWebhook webhook) {
        return new CheckpointRound(
                new CheckpointRows(jdbc),
                new CheckpointKeys(properties),
                new CheckpointFile(folder.resolve(file)),
                Optional.ofNullable(webhook),
                properties,
                new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                });
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    private String verify(String... files) {
        return AuditVerifierRun.of(
                database.dataSource(),
                List.of(files).stream().map(folder::resolve).toList(),
                folder.resolve(PUBLIC));
    }
}
