package io.gatehouse.bench;

import io.gatehouse.audit.AuditDatabase;
import io.gatehouse.audit.SignedCheckpoints;
import io.gatehouse.audit.verify.AuditVerifierRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long the verifier takes for a long trail, with a checkpoint for each thousand entries. */
final class LongTrail {

    private static final int AT_ONCE = 500;
    private static final int ROUNDS = 3;
    /** Seconds for a million entries. */
    private static final double LONGEST = 15;

    private final AuditDatabase database;
    private final int entries;

    LongTrail(AuditDatabase database, int entries) {
        this.database = database;
        this.entries = entries;
    }

    void measure(String name) throws IOException {
        Path folder = Files.createTempDirectory("trail");
        write();
        SignedCheckpoints signed = new SignedCheckpoints();
        List<String> hashes = new JdbcTemplate(database.dataSource())
                .queryForList("select hash from audit_entry order by n", String.class);
        List<Integer> upTo = IntStream.iterate(1000, n -> n <= entries, n -> n + 1000).boxed().toList();
        Path file = Files.write(folder.resolve("checkpoints.jsonl"), signed.lines(hashes, upTo));
        Path key = signed.publicKey(folder);
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            long processor = processor();
            String found = AuditVerifierRun.of(database.dataSource(), List.of(file), key);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%s, %,d entries: %.1f s, %.1f s of processor time here; %s%n",
                    name, entries, seconds, (processor() - processor) / 1e9, found.lines().findFirst().orElse(""));
            if (!found.contains("The audit trail is intact") || seconds > LONGEST * entries / 1e6) {
                throw new IllegalStateException(
                        "A million entries must be found intact within %.0f seconds".formatted(LONGEST));
            }
        }
    }

    private void write() {
        Map<String, Object> facts = Map.of(
                "state", "AUTHORIZE",
                "round", 1,
                "seat", "ops-lead",
                "row", "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea");
        for (int written = 0; written < entries; written += AT_ONCE) {
            int from = written;
            database.transaction().executeWithoutResult(status -> IntStream.range(from, from + AT_ONCE)
                    .forEach(i -> database.trail().record("change.Approved", "CHG-%06d".formatted(i / 25), facts)));
        }
    }

    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
