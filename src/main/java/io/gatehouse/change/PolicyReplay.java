package io.gatehouse.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.engine.DecisionTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Asks recorded decisions again: the same version of the same table, with what it was told then, must give the same
 * answer by the same rules. Where it does not, the record or the table was altered.
 */
@Service
public class PolicyReplay {

    /**
     * A recorded decision that was asked again.
     *
     * @param differences what is not as it was recorded, one sentence each; empty if everything is
     */
    public record Replayed(
            long id,
            String change,
            String table,
            int version,
            Instant decidedAt,
            boolean reproduced,
            List<String> differences) {}

    private record Recorded(
            long id,
            long change,
            String table,
            int version,
            @Nullable String digest,
            String inputs,
            String outputs,
            String ruleIds,
            Instant decidedAt) {}

    private final DecisionTables tables;
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    PolicyReplay(DecisionTables tables, JdbcClient jdbc, ObjectMapper json) {
        this.tables = tables;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A page of all recorded decisions, newest first. */
    public Page<Replayed> replay(PageQuery page) {
        List<Recorded> recorded = jdbc.sql(
                        "select * from policy_decision where id < :before order by id desc limit :limit")
                .param("before", page.afterNumber().orElse(Long.MAX_VALUE))
                .param("limit", page.fetchSize())
                .query((row, i) -> recorded(row))
                .list();
        Map<String, String> digests = new HashMap<>();
        return page.page(recorded, Recorded::id).map(decision -> replayed(decision, digests));
    }

    private Replayed replayed(Recorded recorded, Map<String, String> digests) {
        List<String> differences = new ArrayList<>();
        try {
            compare(recorded, digests, differences);
        } catch (RuntimeException | JsonProcessingException unreadable) {
            differences.add("It cannot be asked again: the table is not there or the record is not readable.");
        }
        return new Replayed(
                recorded.id(),
                ChangeNumber.of(recorded.change()),
                recorded.table(),
                recorded.version(),
                recorded.decidedAt(),
                differences.isEmpty(),
                differences);
    }

    private void compare(Recorded recorded, Map<String, String> digests, List<String> differences)
            throws JsonProcessingException {
        String digest = digests.computeIfAbsent(
                recorded.table() + " " + recorded.version(),
                version -> tables.sha256(recorded.table(), recorded.version()));
        if (recorded.digest() != null && !recorded.digest().equals(digest)) {
            differences.add("The table is not the one that was asked: its digest was " + recorded.digest() + " and is "
                    + digest + ".");
        }
        Map<String, Object> inputs = json.readValue(recorded.inputs(), new TypeReference<>() {});
        DecisionTables.Answer answer = tables.ask(recorded.table(), recorded.version(), inputs);
        if (!same(answer.ruleIds(), recorded.ruleIds())) {
            differences.add("Other rules fire than those that were recorded: " + answer.ruleIds() + ".");
        }
        if (!same(answer.results(), recorded.outputs())) {
            differences.add("It answers otherwise than was recorded: " + answer.results() + ".");
        }
    }

    private boolean same(Object now, String then) throws JsonProcessingException {
        JsonNode recorded = json.readTree(then);
        return json.readTree(json.writeValueAsString(now)).equals(recorded);
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong("id"),
                row.getLong("change_id"),
                row.getString("table_key"),
                row.getInt("table_version"),
                row.getString("table_sha256"),
                row.getString("inputs"),
                row.getString("outputs"),
                row.getString("rule_ids"),
                row.getObject("decided_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
