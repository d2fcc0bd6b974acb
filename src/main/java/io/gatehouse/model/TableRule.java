package io.gatehouse.model;

import io.gatehouse.access.Roles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.jspecify.annotations.Nullable;

/**
 * What every decision table must keep: it answers the questions of the one that ships, from what that is told, with
 * answers that the code understands, has one for every change, and says each input and rule in words.
 */
final class TableRule {

    private static final Pattern FEEL =
            Pattern.compile("feel|https?://www\\.omg\\.org/spec/(dmn/\\d+/feel/|feel/\\d+)");
    private static final Pattern TEXT = Pattern.compile("\"[^\"\\\\]*\"");
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}_]*");
    private static final Pattern COMPARISON = Pattern.compile("[\\p{L}\\p{N}_\\s.,<>=\\-\\[\\]()]*");
    /** The least time that a table of policy may give people to decide about an emergency. */
    static final Duration SHORTEST_TIME = Duration.ofMinutes(15);

    private static final Duration LONGEST_TIME_BOX = Duration.ofDays(1);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(7);
    private static final int LEAST_APPROVALS = 2;

    /** The key of a board, short enough for a seat to be named by it. */
    private static final Pattern BOARD = Pattern.compile("\"[a-z0-9][a-z0-9-]{0,57}\"");

    private static final Set<String> WORDS = Set.of("not", "true", "false", "null");

    /** The tables that ship, by their text: with each file the parser reads its schema anew. */
    private static final Map<String, DmnModelInstance> SHIPPED = new ConcurrentHashMap<>();

    private final String file;
    private final DmnModelInstance table;
    private final DmnModelInstance shipped;

    private TableRule(String file, String text, DmnModelInstance shipped) {
        this.file = file;
        this.table = parse(text);
        this.shipped = shipped;
    }

    /** Both texts must be {@link HarmlessXml}. */
    static List<String> breaches(String file, String text, String shipped) {
        List<String> others = AllowedElements.TABLE.others(text);
        // Whatever else there is may keep it from being read.
        return others.isEmpty()
                ? new TableRule(file, text, SHIPPED.computeIfAbsent(shipped, TableRule::parse)).breaches()
                : others;
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
        if (languages(table).stream().anyMatch(language -> !FEEL.matcher(language.toLowerCase(Locale.ROOT))
                .matches())) {
            found.add("Every expression must be in FEEL");
        }
        if (!outputs(table).equals(outputs(shipped))) {
            found.add("Its answers must be " + outputs(shipped) + ", not " + outputs(table));
        }
        if (!inputs(shipped).containsAll(inputs(table))) {
            found.add("It may ask for " + inputs(shipped) + " only, not for " + inputs(table));
        }
        if (found.isEmpty()) {
            DecisionTable drawn = one(table);
            found.addAll(hitPolicy(drawn));
            found.addAll(wordless(drawn));
            drawn.getRules().forEach(rule -> found.addAll(rule(drawn, rule)));
            if (drawn.getRules().stream().noneMatch(TableRule::fitsAll)) {
                found.add("One rule must fit every change, or there may be one that nothing is decided about");
            }
        }
        return found;
    }

    private List<String> hitPolicy(DecisionTable drawn) {
        HitPolicy needed = one(shipped).getHitPolicy();
        return drawn.getHitPolicy() == needed ? List.of() : List.of("Its hit policy must be " + needed);
    }

    /** What people could not say aloud: an input of which nobody knows what it is, a rule without a sentence. */
    private static List<String> wordless(DecisionTable drawn) {
        return Stream.concat(
                        drawn.getInputs().stream()
                                .filter(TableRule::isWordless)
                                .map(input -> "The input " + input.getId()
                                        + " must have a description that says what it is told"),
                        drawn.getRules().stream()
                                .filter(TableRule::isWordless)
                                .map(rule ->
                                        "The rule " + rule.getId() + " must have a description that says it in words"))
                .toList();
    }

    private static boolean isWordless(DmnElement element) {
        return element.getDescription() == null
                || element.getDescription().getTextContent().isBlank();
    }

    private List<String> rule(DecisionTable drawn, Rule rule) {
        List<Output> columns = List.copyOf(drawn.getOutputs());
        List<OutputEntry> answers = List.copyOf(rule.getOutputEntries());
        if (columns.size() != answers.size()
                || drawn.getInputs().size() != rule.getInputEntries().size()) {
            return List.of("The rule " + rule.getId() + " must have an entry in each column");
        }
        List<String> found = new ArrayList<>();
        rule.getInputEntries().stream()
                .map(entry -> textOf(entry.getText()))
                .filter(entry -> !isComparison(entry))
                .forEach(entry -> found.add("The rule " + rule.getId() + " must compare with values, not by " + entry));
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            given.put(columns.get(i).getName(), textOf(answers.get(i).getText()));
        }
        given.forEach((column, answer) -> {
            if (!isUnderstood(column, answer, given)) {
                found.add("The rule " + rule.getId() + " answers " + column + " with " + answer
                        + ", which is not understood");
            }
        });
        return found;
    }

    /** Compares with values and with what else is told; calls nothing. */
    private boolean isComparison(String entry) {
        String bare = TEXT.matcher(entry).replaceAll("0");
        return COMPARISON.matcher(bare).matches()
                && WORD.matcher(bare)
                        .results()
                        .map(MatchResult::group)
                        .allMatch(
                                word -> WORDS.contains(word) || inputs(shipped).contains(word));
    }

    private boolean isUnderstood(String column, String answer, Map<String, String> given) {
        Output original = one(shipped).getOutputs().stream()
                .filter(output -> column.equals(output.getName()))
                .findFirst()
                .orElseThrow();
        if (original.getOutputValues() != null) {
            return List.of(textOf(original.getOutputValues().getText()).split(","))
                    .contains(answer);
        }
        if ("boolean".equals(original.getTypeRef())) {
            return answer.equals("true") || answer.equals("false");
        }
        if ("integer".equals(original.getTypeRef())) {
            return areEnough(answer, given.getOrDefault("seats", ""));
        }
        return TEXT.matcher(answer).matches() && isSensible(column, answer.replace("\"", ""), given);
    }

    private static boolean isSensible(String column, String answer, Map<String, String> given) {
        return switch (column) {
            case "seats" -> "\"AUTO\"".equals(given.get("approval")) || areSeats(answer);
            case "moreSeats" -> answer.isEmpty()
                    || areSeats(answer) && Collections.disjoint(split(answer), split(given.getOrDefault("seats", "")));
            case "timeBox" -> isTime(answer, LONGEST_TIME_BOX);
            case "approveWithin" -> answer.isEmpty() || isTime(answer, LONGEST_LIMIT);
            case "board" -> "\"CAB\"".equals(given.get("approval"))
                    == BOARD.matcher("\"" + answer + "\"").matches();
            default -> true;
        };
    }

    /** As many approvals as that: two at least, and no more than there are seats. */
    private static boolean areEnough(String answer, String seats) {
        return answer.matches("\\d{1,3}")
                && Integer.parseInt(answer) >= LEAST_APPROVALS
                && Integer.parseInt(answer) <= split(seats).size();
    }

    private static boolean isTime(String answer, Duration longest) {
        try {
            Duration time = Duration.parse(answer);
            return time.compareTo(SHORTEST_TIME) >= 0 && time.compareTo(longest) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Each once, and none that is asked before anyway. */
    private static boolean areSeats(String answer) {
        List<String> seats = split(answer);
        return Roles.APPROVING.containsAll(seats)
                && !seats.contains(Roles.TECHNICAL_APPROVER)
                && Set.copyOf(seats).size() == seats.size();
    }

    private static List<String> split(String seats) {
        return Stream.of(seats.replace("\"", "").split(",", -1))
                .map(String::strip)
                .toList();
    }

    private static boolean fitsAll(Rule rule) {
        return rule.getInputEntries().stream()
                .map(entry -> textOf(entry.getText()))
                .allMatch(entry -> entry.isEmpty() || entry.equals("-"));
    }

    private static DecisionTable one(DmnModelInstance model) {
        return model.getModelElementsByType(DecisionTable.class).iterator().next();
    }

    private static String textOf(@Nullable Text text) {
        return text == null ? "" : text.getTextContent().strip();
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
