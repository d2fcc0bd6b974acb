package io.gatehouse.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what FEEL expressions of decision tables came to. The stock engine parses every cell of a table afresh each
 * time it is asked, while policies are asked with the same few tiers, risks and flags again and again. Only answers
 * that follow from the expression and plain inputs alone are kept.
 */
class RememberedFeel implements FeelEngine {

    static final int MOST = 10_000;

    private static final Pattern DEPENDS_ON_MORE = Pattern.compile("\\b(now|today|random number)\\s*\\(");

    /** Of a name like this it is told by the text of an expression that it is not in it. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_]+");

    private record Question(String expression, String input, Map<String, @Nullable Object> values) {}

    private final Map<Question, Object> answers = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Object> eldest) {
            return size() > MOST;
        }
    };

    private final FeelEngine stock;

    RememberedFeel(FeelEngine stock) {
        this.stock = stock;
    }

    @Override
    @SuppressWarnings("unchecked") // the same expression with the same inputs comes to the same type
    public <T> T evaluateSimpleExpression(String expression, VariableContext variables) {
        return (T) remember(expression, "", variables, () -> stock.evaluateSimpleExpression(expression, variables));
    }

    @Override
    public boolean evaluateSimpleUnaryTests(String tests, String input, VariableContext variables) {
        return (Boolean)
                remember(tests, input, variables, () -> stock.evaluateSimpleUnaryTests(tests, input, variables));
    }

    private Object remember(String expression, String input, VariableContext variables, Supplier<Object> evaluation) {
        Question question = new Question(expression, input, values(expression, input, variables));
        if (DEPENDS_ON_MORE.matcher(expression).find()
                || !question.values().values().stream().allMatch(RememberedFeel::isPlain)) {
            return evaluation.get();
        }
        Object known = find(question);
        if (known != null) {
            return known;
        }
        Object answer = evaluation.get();
        if (answer != null && isPlain(answer)) {
            keep(question, answer);
        }
        return answer;
    }

    private synchronized @Nullable Object find(Question question) {
        return answers.get(question);
    }

    private synchronized void keep(Question question, Object answer) {
        answers.put(question, answer);
    }

    /** Only of what the expression can mention: a table is told much that a cell of it does not look at. */
    private static Map<String, @Nullable Object> values(String expression, String input, VariableContext variables) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String name : variables.keySet()) {
            if (!name.equals(input) && PLAIN_NAME.matcher(name).matches() && !expression.contains(name)) {
                continue;
            }
            TypedValue value = variables.resolve(name);
            values.put(name, value == null ? null : value.getValue());
        }
        return values;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof Number;
    }
}
