package io.gatehouse.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * What somebody needs who wants to read a decision table aloud, all of it taken from its model.
 *
 * @param applies which of the rules that fit apply, as a sentence
 * @param inputs what it is told, in the order of its columns
 * @param outputs what it answers, likewise
 */
public record TablePage(
        String key,
        String name,
        String about,
        String applies,
        List<Column> inputs,
        List<Column> outputs,
        List<Line> lines) {

    /**
     * An input or an output.
     *
     * @param name what entries of rules call it
     * @param about what is told there, or answered; may be empty
     */
    public record Column(String label, String name, String about) {}

    /**
     * A rule.
     *
     * @param name the rule in words
     * @param inputs what fits, one for each input, without the quotation marks of the file; empty for whatever is told
     */
    public record Line(String id, String name, List<String> inputs, List<String> outputs) {}

    /** The page of a model; its decision must be the only one in it, and a table. */
    public static TablePage of(DmnModelInstance model) {
        Decision decision =
                model.getModelElementsByType(Decision.class).iterator().next();
        DecisionTable table =
                model.getModelElementsByType(DecisionTable.class).iterator().next();
        return new TablePage(
                decision.getId(),
                Optional.ofNullable(decision.getName()).orElse(decision.getId()),
                about(decision),
                applies(table),
                table.getInputs().stream()
                        .map(input -> column(input, input.getLabel(), told(input)))
                        .toList(),
                table.getOutputs().stream()
                        .map(output -> column(output, output.getLabel(), output.getName()))
                        .toList(),
                table.getRules().stream().map(TablePage::line).toList());
    }

    private static String applies(DecisionTable table) {
        return switch (table.getHitPolicy()) {
            case FIRST -> "The first rule that fits applies.";
            case RULE_ORDER, COLLECT -> "Every rule that fits applies.";
            case UNIQUE -> "Only one rule may fit.";
            default -> "The rules that fit apply by " + table.getHitPolicy() + ".";
        };
    }

    private static Column column(DmnElement element, @Nullable String label, @Nullable String name) {
        return new Column(
                Optional.ofNullable(label).orElse(element.getId()),
                Optional.ofNullable(name).orElse(element.getId()),
                about(element));
    }

    private static String told(Input input) {
        return Optional.ofNullable(input.getInputExpression())
                .map(expression -> expression.getTextContent().strip())
                .orElse(input.getId());
    }

    private static Line line(Rule rule) {
        return new Line(
                rule.getId(),
                about(rule),
                texts(rule.getInputEntries().stream()),
                texts(rule.getOutputEntries().stream()));
    }

    private static List<String> texts(Stream<? extends ModelElementInstance> entries) {
        return entries.map(entry -> entry.getTextContent().strip())
                .map(text -> text.equals("-") ? "" : text.replace("\",\"", ", ").replace("\"", ""))
                .toList();
    }

    private static String about(DmnElement element) {
        return Optional.ofNullable(element.getDescription())
                .map(text -> text.getTextContent().strip().replaceAll("\\s+", " "))
                .orElse("");
    }
}
