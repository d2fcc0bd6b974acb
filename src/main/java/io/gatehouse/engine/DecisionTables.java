package io.gatehouse.engine;

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

    /** A version of a table is deployed once and stays. */
    private final Map<Version, String> ids = new ConcurrentHashMap<>();

    private final DecisionService decisions;
    private final JdbcClient jdbc;

    DecisionTables(@Lazy DecisionService decisions, JdbcClient jdbc) {
        this.decisions = decisions;
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
     * @param results one entry per rule that fired, in the order of the table; by name of the output column
     * @param ruleIds the ids of those rules in the model
     */
    public record Answer(
            String table,
            int version,
            Map<String, Object> inputs,
            List<Map<String, Object>> results,
            List<String> ruleIds) {}

    /** Evaluates a version of a table. */
    public Answer ask(String table, int version, Map<String, Object> inputs) {
        try {
            var results = decisions
                    .evaluateDecisionTableById(idOf(table, version))
                    .variables(inputs)
                    .evaluate()
                    .getResultList();
            return answer(inputs, results);
        } finally {
            LAST.remove();
        }
    }

    private String idOf(String table, int version) {
        return ids.computeIfAbsent(new Version(table, version), wanted -> jdbc.sql(
                        "select ID_ from ACT_RE_DECISION_DEF where KEY_ = ? and VERSION_ = ?")
                .params(table, version)
                .query(String.class)
                .single());
    }

    private static Answer answer(Map<String, Object> inputs, List<Map<String, Object>> results) {
        DmnDecisionTableEvaluationEvent event = LAST.get();
        if (event == null || !(event.getDecision() instanceof DecisionDefinition definition)) {
            throw new IllegalStateException("The engine did not report which rules fired");
        }
        List<String> rules = event.getMatchingRules().stream()
                .map(DmnEvaluatedDecisionRule::getId)
                .toList();
        return new Answer(definition.getKey(), definition.getVersion(), inputs, results, rules);
    }

    /** To be registered with the engine: it tells listeners what it does not return to callers. */
    static DmnDecisionTableEvaluationListener reporter() {
        return LAST::set;
    }
}
