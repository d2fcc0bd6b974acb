package io.gatehouse.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.jspecify.annotations.Nullable;

/** What every decision table must keep: it answers the questions of the one that ships, from what that is told. */
final class TableRule {

    private final String file;
    private final DmnModelInstance table;
    private final DmnModelInstance shipped;

    private TableRule(String file, DmnModelInstance table, DmnModelInstance shipped) {
        this.file = file;
        this.table = table;
        this.shipped = shipped;
    }

    /** Both texts must be {@link HarmlessXml}. */
    static List<String> breaches(String file, String text, String shipped) {
        return new TableRule(file, parse(text), parse(shipped)).breaches();
    }

    private static DmnModelInstance parse(String text) {
        return Dmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> breaches() {
        List<String> found = new ArrayList<>();
        List<Decision> decisions = List.copyOf(table.getModelElementsByType(Decision.class));
        if (decisions.size() != 1
                || !(decisions.get(0).getId() + ".dmn").equals(file)
                || table.getModelElementsByType(DecisionTable.class).size() != 1) {
            found.add("The file must hold one decision table, whose id is the name of the file");
        }
        decisions.stream()
                .filter(decision -> decision.getCamundaHistoryTimeToLiveString() == null)
                .forEach(decision -> found.add(decision.getId() + " lacks its historyTimeToLive"));
        if (languages(table).stream()
                .anyMatch(language -> !language.toLowerCase().contains("feel"))) {
            found.add("Every expression must be in FEEL");
        }
        if (!outputs(table).equals(outputs(shipped))) {
            found.add("Its answers must be " + outputs(shipped) + ", not " + outputs(table));
        }
        if (!inputs(shipped).containsAll(inputs(table))) {
            found.add("It may ask for " + inputs(shipped) + " only, not for " + inputs(table));
        }
        return found;
    }

    private static Set<String> outputs(DmnModelInstance model) {
        return model.getModelElementsByType(Output.class).stream()
                .map(output -> String.valueOf(output.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> inputs(DmnModelInstance model) {
        return model.getModelElementsByType(Input.class).stream()
                .map(input -> input.getInputExpression() == null
                                || input.getInputExpression().getText() == null
                        ? "nothing"
                        : input.getInputExpression().getText().getTextContent().strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> languages(DmnModelInstance model) {
        Set<String> languages = new TreeSet<>();
        model.getModelElementsByType(LiteralExpression.class)
                .forEach(expression -> add(languages, expression.getExpressionLanguage()));
        model.getModelElementsByType(UnaryTests.class).forEach(test -> add(languages, test.getExpressionLanguage()));
        model.getModelElementsByType(Input.class).stream()
                .filter(input -> input.getInputExpression() != null)
                .forEach(input -> add(languages, input.getInputExpression().getExpressionLanguage()));
        add(languages, model.getDefinitions().getExpressionLanguage());
        return languages;
    }

    private static void add(Set<String> languages, @Nullable String language) {
        if (language != null) {
            languages.add(language);
        }
    }
}
