package io.gatehouse.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.access.CurrentPerson;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
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
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
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
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Clock clock;

    PolicyDecisions(
            DecisionTables tables,
            PolicyVersions versions,
            TableAuthors authors,
            JdbcClient jdbc,
            CurrentPerson currentPerson,
            AuditTrail audit,
            ObjectMapper json,
            Clock clock) {
        this.tables = tables;
        this.versions = versions;
        this.authors = authors;
        this.jdbc = jdbc;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A recorded answer of a policy table.
     *
     * @param round the round of the change in which it was asked; 0 for what was asked before it was raised, and for answers
     *     from before rounds were kept
     * @param digest SHA-256 of the table's file, as it was evaluated; absent for answers from before it was kept
     * @param authors who proposed and who let in that version; nobody where it shipped
     * @param askedBy the person or tool whose step had it asked, or the system
     */
    public record PolicyDecision(
            String table,
            int version,
            @Nullable String digest,
            SortedSet<String> authors,
            int round,
            Map<String, Object> inputs,
            List<Map<String, Object>> outputs,
            List<String> ruleIds,
            @Nullable String askedBy,
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

    /** What a table says about a change that is still to be raised, in each version that will decide about it. */
    public record Ahead(String table, List<DecisionTables.Answer> answers) {

        /** For each version the first rule that fired. */
        List<Map<String, Object>> firstRules() {
            return answers.stream().map(answer -> answer.results().get(0)).toList();
        }
    }

    /**
     * Asks a table about a change that is still to be raised; {@link #keep(Change, Ahead)} keeps the answer once it is.
     *
     * @param concerned whoever will have written it
     * @throws IllegalStateException when no rule fired
     */
    Ahead askAhead(String table, Set<String> concerned, Map<String, Object> inputs) {
        return new Ahead(
                table,
                versions.ahead(table, concerned).stream()
                        .map(version -> requireRule(tables.ask(table, version, inputs)))
                        .toList());
    }

    /** Keeps with a change what was asked before it was raised. The change must be locked. */
    void keep(Change change, Ahead ahead) {
        versions.keep(
                change,
                ahead.table(),
                ahead.answers().stream().map(DecisionTables.Answer::version).toList());
        ahead.answers().forEach(answer -> keep(change, answer, answer.inputs()));
    }

    private static DecisionTables.Answer requireRule(DecisionTables.Answer answer) {
        if (answer.results().isEmpty()) {
            throw new IllegalStateException("No rule of " + answer.table() + " fits " + new TreeMap<>(answer.inputs()));
        }
        return answer;
    }

    private List<Map<String, Object>> keep(Change change, DecisionTables.Answer answer, Map<String, Object> inputs) {
        requireRule(answer);
        write(change, answer, write(new TreeMap<>(inputs)), write(answer.results()), write(answer.ruleIds()));
        return answer.results();
    }

    private void write(Change change, DecisionTables.Answer answer, String inputs, String outputs, String ruleIds) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String askedBy = currentPerson.idOrSystem();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into policy_decision (change_id, table_key, table_version, inputs, outputs, rule_ids,
                            decided_at, round, table_sha256, asked_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        change.id(),
                        answer.table(),
                        answer.version(),
                        inputs,
                        outputs,
                        ruleIds,
                        LocalDateTime.ofInstant(now, ZoneOffset.UTC),
                        change.approvalRound(),
                        answer.sha256(),
                        askedBy)
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        audit.recordState(
                "change.PolicyAsked",
                AuditTrail.numbered("decision", id),
                Map.of(
                        "change", change.number(),
                        "table", answer.table(),
                        "version", answer.version(),
                        "digest", answer.sha256(),
                        "rules", answer.ruleIds()),
                Fingerprint.of(
                        id,
                        change.id(),
                        answer.table(),
                        answer.version(),
                        inputs,
                        outputs,
                        ruleIds,
                        now,
                        change.approvalRound(),
                        answer.sha256(),
                        askedBy));
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
                row.getString("table_sha256"),
                new TreeSet<>(hands.getOrDefault(table, Map.of()).getOrDefault(version, Set.of())),
                row.getInt("round"),
                read(row.getString("inputs"), new TypeReference<>() {}),
                read(row.getString("outputs"), new TypeReference<>() {}),
                read(row.getString("rule_ids"), new TypeReference<>() {}),
                row.getString("asked_by"),
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
