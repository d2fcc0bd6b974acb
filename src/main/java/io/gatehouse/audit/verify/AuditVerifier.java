package io.gatehouse.audit.verify;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program an auditor runs: {@code <jdbc url> <user> [--head=<number>:<hash>] [--compare]}, with the password in the
 * environment variable {@code GATEHOUSE_DB_PASSWORD} or as third word. With {@code --compare} it also compares the
 * tables with the trail. It only reads. It ends with 0 if the trail is intact and nothing differs from it, 1 if not, and
 * 2 if that could not be found out.
 */
public final class AuditVerifier {

    private static final String HEAD = "--head=";
    private static final String COMPARE = "--compare";

    private AuditVerifier() {}

    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), System.out));
    }

    static int run(String[] args, Map<String, String> environment, PrintStream out) {
        List<String> words = new ArrayList<>(List.of(args));
        words.removeIf(word -> word.startsWith(HEAD) || word.equals(COMPARE));
        if (words.size() < 2 || words.size() > 3) {
            out.println("Usage: AuditVerifier <jdbc url> <user> [<password>] [" + HEAD + "<number>:<hash>] [" + COMPARE
                    + "]");
            return 2;
        }
        String password = words.size() == 3 ? words.get(2) : environment.getOrDefault("GATEHOUSE_DB_PASSWORD", "");
        try (Connection connection = DriverManager.getConnection(words.get(0), words.get(1), password)) {
            return report(connection, args, out);
        } catch (SQLException | IllegalArgumentException e) {
            out.println("The audit trail could not be checked: " + e.getMessage());
            return 2;
        }
    }

    private static int report(Connection connection, String[] args, PrintStream out) throws SQLException {
        boolean compare = List.of(args).contains(COMPARE);
        List<Difference> differences = new ArrayList<>();
        Verdict verdict = inSnapshot(connection, () -> {
            differences.addAll(compare ? new Reconciliation(connection).all() : List.of());
            return new ChainCheck(connection, knownHead(args)).run();
        });
        out.println(verdict.sentence());
        differences.forEach(difference ->
                out.println(difference.object() + " " + difference.kind() + ": " + difference.sentence()));
        if (compare && differences.isEmpty()) {
            out.println("Every table is as the audit trail says.");
        }
        return verdict.intact() && differences.isEmpty() ? 0 : 1;
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

    private static @Nullable Head knownHead(String[] args) {
        for (String word : args) {
            if (word.startsWith(HEAD)) {
                return Head.parse(word.substring(HEAD.length()));
            }
        }
        return null;
    }
}
