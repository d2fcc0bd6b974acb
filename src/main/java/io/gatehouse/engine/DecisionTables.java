package io.gatehouse.engine;

import io.gatehouse.audit.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the tables under {@code processes/} and tells which version answered and which of its rules fired. */
@Component
public class DecisionTables {

    private static final ThreadLocal<@Nullable DmnDecisionTableEvaluationEvent> LAST = new ThreadLocal<>();

    private record Version(String table, int version) {}

    private record Deployed(String id, String sha256) {}

    /** A version of a table is deployed once and stays. */
    private final Map<Version, Deployed> deployed = new ConcurrentHashMap<>();

    private final DecisionService decisions;
    private final OnBehalfOfTheSystem system;
    private final JdbcClient jdbc;

    DecisionTables(@Lazy DecisionService decisions, @Lazy OnBehalfOfTheSystem system, JdbcClient jdbc) {
        this.decisions = decisions;
        this.system = system;
        this.jdbc = jdbc;
    }

    /** The newest version of every table, by its id. The engine's own query for it looks at all versions for each. */
    public Map<String, Integer> newest() {
        Map<String, Integer> versions = new HashMap<>();
        jdbc.sql("select KEY_, max(VERSION_) from ACT_RE_DECISION_DEF group by KEY_")
                .query(row -> {
                    versions.put(row.getString(1), row.getInt(2));
                });
        return Map.copyOf(versions);
    }

    /**
     * An answer of a table.
     *
     * @param sha256 the digest of the table's file, as it is evaluated
     * @param results one entry per rule that fired, in the order of the table; by name of the output column
     * @param ruleIds the ids of those rules in the model
     */
    public record Answer(
            String table,
            int version,
            String sha256,
            Map<String, Object> inputs,
            List<Map<String, Object>> results,
            List<String> ruleIds) {}

    /** Evaluates a version of a table, also for a form of the Tasklist, whose reader the engine lets ask none. */
    public Answer ask(String table, int version, Map<String, Object> inputs) {
        Deployed asked = deployed.computeIfAbsent(new Version(table, version), this::read);
        try {
            var results = system.run(context -> decisions
                    .evaluateDecisionTableById(asked.id())
                    .variables(inputs)
                    .evaluate()
                    .getResultList());
            return answer(asked.sha256(), inputs, results);
        } finally {
            LAST.remove();
        }
    }

    /** The digest of a version of a table as it is stored now, whatever was evaluated before. */
    public String sha256(String table, int version) {
        return read(new Version(table, version)).sha256();
    }

    private Deployed read(Version version) {
        return jdbc.sql(
                        """
                        select d.ID_, b.BYTES_ from ACT_RE_DECISION_DEF d
                        join ACT_GE_BYTEARRAY b on b.DEPLOYMENT_ID_ = d.DEPLOYMENT_ID_ and b.NAME_ = d.RESOURCE_NAME_
                        where d.KEY_ = ? and d.VERSION_ = ?""")
                .params(version.table(), version.version())
                .query((row, i) -> new Deployed(
                        row.getString(1), Fingerprint.ofText(new String(row.getBytes(2), StandardCharsets.UTF_8))))
                .single();
    }

    private static Answer answer(String sha256, Map<String, Object> inputs, List<Map<String, Object>> results) {
        DmnDecisionTableEvaluationEvent event = LAST.get();
        if (event == null || !(event.getDecision() instanceof DecisionDefinition definition)) {
            throw new IllegalStateException("The engine did not report which rules fired");
        }
        List<String> rules = event.getMatchingRules().stream()
                .map(DmnEvaluatedDecisionRule::getId)
                .toList();
        return new Answer(definition.getKey(), definition.getVersion(), sha256, inputs, results, rules);
    }

    /** To be registered with the engine: it tells listeners what it does not return to callers. */
    static DmnDecisionTableEvaluationListener reporter() {
        return LAST::set;
    }
}
