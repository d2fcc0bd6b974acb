package io.gatehouse.audit.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program an auditor runs: {@code <jdbc url> <user> [--head=<number>:<hash>] [--checkpoints=<file> --key=<public
 * key>] [--compare]}, with the password in the environment variable {@code GATEHOUSE_DB_PASSWORD} or as third word. With
 * {@code --checkpoints}, of each node if there are several, it holds the trail against what was signed outside of the
 * database; with {@code --compare} it also compares the tables with the trail. It only reads. It ends with 0 if the trail is intact and nothing differs from it, 1 if not, and
 * 2 if that could not be found out.
 */
public final class AuditVerifier {

    private static final String HEAD = "--head=";
    private static final String CHECKPOINTS = "--checkpoints=";
    private static final String KEY = "--key=";
    private static final String COMPARE = "--compare";

    private AuditVerifier() {}

    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), System.out));
    }

    static int run(String[] args, Map<String, String> environment, PrintStream out) {
        List<String> words = new ArrayList<>(List.of(args));
        words.removeIf(word -> word.startsWith("--"));
        if (words.size() < 2 || words.size() > 3 || !List.of(args).stream().allMatch(AuditVerifier::isKnown)) {
            out.println("Usage: AuditVerifier <jdbc url> <user> [<password>] [" + HEAD + "<number>:<hash>] ["
                    + CHECKPOINTS + "<file> " + KEY + "<public key>] [" + COMPARE + "]");
            return 2;
        }
        String password = words.size() == 3 ? words.get(2) : environment.getOrDefault("GATEHOUSE_DB_PASSWORD", "");
        try (Connection connection = DriverManager.getConnection(words.get(0), words.get(1), password)) {
            return report(connection, args, out);
        } catch (SQLException | IOException | IllegalArgumentException e) {
            out.println("The audit trail could not be checked: " + (e instanceof IOException ? e : e.getMessage()));
            return 2;
        }
    }

    /** A misspelt option must not quietly leave a check out. */
    private static boolean isKnown(String word) {
        return !word.startsWith("--")
                || word.equals(COMPARE)
                || Stream.of(HEAD, CHECKPOINTS, KEY).anyMatch(word::startsWith);
    }

    private static int report(Connection connection, String[] args, PrintStream out) throws SQLException, IOException {
        boolean compare = List.of(args).contains(COMPARE);
        List<Checkpoints> checkpoints = checkpoints(args);
        List<Difference> differences = new ArrayList<>();
        Verdict verdict = inSnapshot(connection, () -> {
            differences.addAll(compare ? new Reconciliation(connection).all() : List.of());
            return new ChainCheck(connection, knownHead(args), checkpoints).run();
        });
        out.println(verdict.sentence());
        checkpoints.forEach(file -> out.println(file.fault().orElseGet(file::toString)));
        differences.forEach(difference ->
                out.println(difference.object() + " " + difference.kind() + ": " + difference.sentence()));
        if (compare && differences.isEmpty()) {
            out.println("Every table is as the audit trail says.");
        }
        boolean faults = checkpoints.stream().anyMatch(file -> file.fault().isPresent());
        return verdict.intact() && !faults && differences.isEmpty() ? 0 : 1;
    }

    @FunctionalInterface
    private interface Check {

        Verdict run() throws SQLException;
    }

    private static Verdict inSnapshot(Connection connection, Check check) throws SQLException {
        connection.setReadOnly(true);
        // One snapshot for all pages and the head, while others go on writing.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try {
            return check.run();
        } finally {
            connection.rollback();
        }
    }

    private static List<Checkpoints> checkpoints(String[] args) throws IOException {
        PublicKeys keys = new PublicKeys(files(args, KEY));
        List<Checkpoints> checkpoints = new ArrayList<>();
        for (Path file : files(args, CHECKPOINTS)) {
            checkpoints.add(Checkpoints.read(file, keys));
        }
        return checkpoints;
    }

    private static List<Path> files(String[] args, String option) {
        return Stream.of(args)
                .filter(word -> word.startsWith(option))
                .map(word -> Path.of(word.substring(option.length())))
                .toList();
    }

    private static @Nullable Head knownHead(String[] args) {
        for (String word : args) {
            if (word.startsWith(HEAD)) {
                return Head.parse(word.substring(HEAD.length()));
            }
        }
        return null;
    }
}
