package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.rollout.connector.CommandKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What people said about the work that they did by hand; one row at most for each attempt. */
@Repository
class ReportRows {

    private record OfStep(int seq, WorkReport report) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    ReportRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return the digest of it */
    String insert(Command command, WorkResult result, SortedSet<Integer> ticked, String note, String by) {
        Instant now = clock.instant();
        String items = ticked.stream().map(String::valueOf).collect(Collectors.joining(","));
        jdbc.sql(
                        """
                insert into rollout_report (command_id, result, ticked, note, reported_by, reported_at)
                values (:command, :result, :ticked, :note, :by, :now)""")
                .param("command", command.id())
                .param("result", result.name())
                .param("ticked", items)
                .param("note", note)
                .param("by", by)
                .param("now", UtcColumn.of(now))
                .update();
        return Fingerprint.of(result, items, note, by, now);
    }

    /** All of a rollout by the number of the step, oldest first. */
    Map<Integer, List<WorkReport>> list(long rollout) {
        return jdbc
                .sql(
                        """
                select c.seq, c.kind, c.attempt, r.result, r.ticked, r.note, r.reported_by, r.reported_at
                from rollout_command c join rollout_report r on r.command_id = c.id
                where c.rollout_id = :rollout order by c.id""")
                .param("rollout", rollout)
                .query((row, i) -> map(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(OfStep::seq, Collectors.mapping(OfStep::report, Collectors.toList())));
    }

    private static OfStep map(ResultSet row) throws SQLException {
        return new OfStep(
                row.getInt("seq"),
                new WorkReport(
                        CommandKind.valueOf(row.getString("kind")),
                        row.getInt("attempt"),
                        WorkResult.valueOf(row.getString("result")),
                        numbers(row.getString("ticked")),
                        row.getString("note"),
                        row.getString("reported_by"),
                        UtcColumn.read(row, "reported_at")));
    }

    private static SortedSet<Integer> numbers(String items) {
        return Stream.of(items.split(","))
                .filter(item -> !item.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
