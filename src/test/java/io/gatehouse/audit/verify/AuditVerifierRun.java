package io.gatehouse.audit.verify;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The verifier as an auditor runs it, for tests of other packages. */
public final class AuditVerifierRun {

    private AuditVerifierRun() {}

    /** What it ended with and what it printed. */
    public static String of(HikariDataSource database, List<Path> checkpoints, Path key) {
        List<String> words = new ArrayList<>(
                List.of(database.getJdbcUrl(), database.getUsername(), database.getPassword(), "--key=" + key));
        checkpoints.forEach(file -> words.add("--checkpoints=" + file));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = AuditVerifier.run(
                words.toArray(String[]::new), Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8).strip();
    }

    /** As {@link #of(HikariDataSource, List, Path)}, of the chain alone. */
    public static String of(HikariDataSource database) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] words = {database.getJdbcUrl(), database.getUsername(), database.getPassword()};
        int code = AuditVerifier.run(words, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8).strip();
    }

    /** Whether a signature of Standard Webhooks, {@code v1a,<base64>}, is that of a text. */
    public static boolean isSigned(Path key, String text, String signature)
            throws IOException, GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(Files.readString(key).replaceAll("-----[A-Z ]+-----", ""));
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        check.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.startsWith("v1a,") && check.verify(Base64.getDecoder().decode(signature.substring(4)));
    }
}
