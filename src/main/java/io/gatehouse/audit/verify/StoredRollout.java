package io.gatehouse.audit.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rollout as its tables have it. */
final class StoredRollout {

    /** A step: what never changes of it, how far it is, whether its undo is over. */
    record Step(String begun, String progress, boolean settled) {}

    /** A command: what never changes of it, and its state. */
    record Command(String digest, String state) {}

    private @Nullable String digest;
    private long begun;
    private final Map<String, Step> steps = new TreeMap<>();
    private final Map<String, Command> commands = new TreeMap<>();
    private final Map<String, String> reports = new TreeMap<>();
    private final Set<String> targets = new TreeSet<>();

    void row(ResultSet row) throws SQLException {
        digest = ComparedTables.ROLLOUT.digest(row);
        begun = row.getLong("steps");
    }

    void step(ResultSet row) throws SQLException {
        steps.put(
                "step " + row.getLong("seq"),
                new Step(
                        ComparedTables.ROLLOUT_STEP.digest(row),
                        ComparedTables.PROGRESS.digest(row),
                        row.getBoolean("undo_settled")));
    }

    void command(ResultSet row) throws SQLException {
        commands.put(
                "command %s %d of step %d".formatted(row.getString("kind"), row.getLong("attempt"), row.getLong("seq")),
                new Command(ComparedTables.ROLLOUT_COMMAND.digest(row), row.getString("state")));
    }

    void report(ResultSet row) throws SQLException {
        reports.put(
                "report on %s %d of step %d"
                        .formatted(row.getString("kind"), row.getLong("attempt"), row.getLong("seq")),
                ComparedTables.ROLLOUT_REPORT.digest(row));
    }

    void target(ResultSet row) throws SQLException {
        targets.add(String.join(" ", ComparedTables.ROLLOUT_TARGET.values(row)));
    }

    boolean exists() {
        return digest != null;
    }

    @Nullable
    String digest() {
        return digest;
    }

    long begun() {
        return begun;
    }

    Map<String, Step> steps() {
        return steps;
    }

    Map<String, Command> commands() {
        return commands;
    }

    /** The digests of what people said about work by hand. */
    Map<String, String> reports() {
        return reports;
    }

    Set<String> targets() {
        return targets;
    }
}
