package io.gatehouse.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.verify.AuditVerifier;
import io.gatehouse.testing.MySqlDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Looks at the audit trail by the auditor's own program. */
final class Auditor {

    private Auditor() {}

    /** @param words what else the program is told, as a head from before a kill: its end cannot have been cut off */
    static void findsTheTrailIntact(MySqlDatabase database, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AuditVerifier.class.getName(),
                database.url(),
                database.username()));
        Collections.addAll(command, words);
        try {
            ProcessBuilder auditor = new ProcessBuilder(command);
            auditor.environment().put("GATEHOUSE_DB_PASSWORD", database.password());
            Process verifier = auditor.redirectErrorStream(true).start();
            String said = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(verifier.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
