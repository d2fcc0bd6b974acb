package io.gatehouse.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.engine.DecisionTables;
import io.gatehouse.model.TableAuthors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asks the policy tables about a change and keeps, for each answer, what was asked and which rules said so. */
@Service
@Transactional
public class PolicyDecisions {

    private final DecisionTables tables;
    private final PolicyVersions versions;
    private final TableAuthors authors;
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    PolicyDecisions(
            DecisionTables tables,
            PolicyVersions versions,
            TableAuthors authors,
            JdbcClient jdbc,
            ObjectMapper json,
            Clock clock) {
        this.tables = tables;
        this.versions = versions;
        this.authors = authors;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A recorded answer of a policy table.
     *
     * @param authors who proposed and who let in that version; nobody where it shipped
     */
    public record PolicyDecision(
            String table,
            int version,
            SortedSet<String> authors,
            Map<String, Object> inputs,
            List<Map<String, Object>> outputs,
            List<String> ruleIds,
            Instant decidedAt) {}

    /**
     * Asks a table about a change, in each version that decides about it; the strictest answer holds.
     *
     * @return for each version one entry per rule that fired
     * @throws IllegalStateException when no rule fired: a policy with a hole must never wave a change through
     */
    List<List<Map<String, Object>>> ask(Change change, String table, Map<String, Object> inputs) {
        return versions.of(change, table).stream()
                .map(version -> keep(change, tables.ask(table, version, inputs), inputs))
                .toList();
    }

    private List<Map<String, Object>> keep(Change change, DecisionTables.Answer answer, Map<String, Object> inputs) {
        if (answer.results().isEmpty()) {
            throw new IllegalStateException("No rule of " + answer.table() + " fits " + new TreeMap<>(inputs));
        }
        jdbc.sql(
                        """
                        insert into policy_decision
                            (change_id, table_key, table_version, inputs, outputs, rule_ids, decided_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        change.id(),
                        answer.table(),
                        answer.version(),
                        write(new TreeMap<>(inputs)),
                        write(answer.results()),
                        write(answer.ruleIds()),
                        LocalDateTime.ofInstant(clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC))
                .update();
        return answer.results();
    }

    /** Every answer about a change, oldest first. */
    @Transactional(readOnly = true)
    public List<PolicyDecision> of(Change change) {
        List<String> tablesAsked = jdbc.sql("select distinct table_key from policy_decision where change_id = ?")
                .param(change.id())
                .query(String.class)
                .list();
        Map<String, Map<Integer, Set<String>>> hands = authors.of(tablesAsked);
        return jdbc.sql("select * from policy_decision where change_id = ? order by id")
                .param(change.id())
                .query((row, i) -> decision(row, hands))
                .list();
    }

    private PolicyDecision decision(ResultSet row, Map<String, Map<Integer, Set<String>>> hands) throws SQLException {
        String table = row.getString("table_key");
        int version = row.getInt("table_version");
        return new PolicyDecision(
                table,
                version,
                new TreeSet<>(hands.getOrDefault(table, Map.of()).getOrDefault(version, Set.of())),
                read(row.getString("inputs"), new TypeReference<>() {}),
                read(row.getString("outputs"), new TypeReference<>() {}),
                read(row.getString("rule_ids"), new TypeReference<>() {}),
                row.getObject("decided_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Policy inputs and outputs must be plain values", e);
        }
    }

    private <T> T read(String column, TypeReference<T> type) {
        try {
            return json.readValue(column, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A recorded policy decision is not readable", e);
        }
    }
}
