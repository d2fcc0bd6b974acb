package io.gatehouse.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.engine.DecisionTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asks the policy tables about a change and keeps, for each answer, what was asked and which rules said so. */
@Service
@Transactional
public class PolicyDecisions {

    private final DecisionTables tables;
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    PolicyDecisions(DecisionTables tables, JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.tables = tables;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** A recorded answer of a policy table. */
    public record PolicyDecision(
            String table,
            int version,
            Map<String, Object> inputs,
            List<Map<String, Object>> outputs,
            List<String> ruleIds,
            Instant decidedAt) {}

    /**
     * Asks a table about a change.
     *
     * @return one entry per rule that fired
     * @throws IllegalStateException when no rule fired: a policy with a hole must never wave a change through
     */
    List<Map<String, Object>> ask(Change change, String table, Map<String, Object> inputs) {
        DecisionTables.Answer answer = tables.ask(table, inputs);
        if (answer.results().isEmpty()) {
            throw new IllegalStateException("No rule of " + table + " fits " + new TreeMap<>(inputs));
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
        return jdbc.sql("select * from policy_decision where change_id = ? order by id")
                .param(change.id())
                .query((row, i) -> decision(row))
                .list();
    }

    private PolicyDecision decision(ResultSet row) throws SQLException {
        return new PolicyDecision(
                row.getString("table_key"),
                row.getInt("table_version"),
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
