package io.gatehouse.change;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;

/** Asks a decision table as it is drawn, without anything around it. */
final class DecisionTableFixture {

    private final DmnEngine engine;
    private final DmnDecision table;
    private final Map<String, Object> usual;

    /** The rules that fired last. */
    private List<String> rules = List.of();

    /** @param usual what it is told unless a test says otherwise */
    DecisionTableFixture(String name, Map<String, Object> usual) {
        DefaultDmnEngineConfiguration configuration =
                (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        configuration
                .getCustomPostDecisionTableEvaluationListeners()
                .add(event -> rules = event.getMatchingRules().stream()
                        .map(DmnEvaluatedDecisionRule::getId)
                        .toList());
        this.engine = configuration.buildEngine();
        this.usual = usual;
        try (InputStream file = Files.newInputStream(Path.of("processes/change/" + name + ".dmn"))) {
            table = engine.parseDecision(name, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param told differences from the usual, as {@code tier=1 production=true} */
    List<Map<String, Object>> ask(String told) {
        Map<String, Object> inputs = new HashMap<>(usual);
        for (String one : told.isBlank() ? new String[0] : told.strip().split("\\s+")) {
            String[] parts = one.split("=");
            if (!usual.containsKey(parts[0])) {
                throw new IllegalArgumentException("The table is not told " + parts[0]);
            }
            inputs.put(parts[0], value(parts[1]));
        }
        return engine.evaluateDecisionTable(table, inputs).getResultList();
    }

    List<String> rules() {
        return rules;
    }

    private static Object value(String text) {
        if (text.matches("\\d+")) {
            return Integer.valueOf(text);
        }
        return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
    }
}
