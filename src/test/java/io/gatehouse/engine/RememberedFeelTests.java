package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.junit.jupiter.api.Test;

class RememberedFeelTests {

    private final FeelEngine scala = new ScalaFeelEngineFactory().createInstance();
    private final FeelEngine feel = new RememberedFeel(new Counting());
    private int evaluations;

    @Test
    void evaluatesTheSameQuestionOnce() {
        assertThat(tier("<= 2", 1)).isTrue();
        assertThat(tier("<= 2", 1)).isTrue();

        assertThat(evaluations).isEqualTo(1);
    }

    @Test
    void tellsOtherInputsAndExpressionsApart() {
        assertThat(tier("<= 2", 1)).isTrue();
        assertThat(tier("<= 2", 3)).isFalse();
        assertThat(tier("> 2", 1)).isFalse();

        assertThat(evaluations).isEqualTo(3);
    }

    @Test
    void looksAtEveryVariableATestMayMention() {
        assertThat(feel.evaluateSimpleUnaryTests("< limit", "tier", context(Map.of("tier", 2, "limit", 3))))
                .isTrue();
        assertThat(feel.evaluateSimpleUnaryTests("< limit", "tier", context(Map.of("tier", 2, "limit", 1))))
                .isFalse();
    }

    @Test
    void doesNotCareForWhatATestDoesNotMention() {
        assertThat(feel.evaluateSimpleUnaryTests("<= 2", "tier", context(Map.of("tier", 2, "other", 1))))
                .isTrue();
        assertThat(feel.evaluateSimpleUnaryTests("<= 2", "tier", context(Map.of("tier", 2, "other", 2))))
                .isTrue();

        assertThat(evaluations).isEqualTo(1);
    }

    @Test
    void asksTheClockEveryTime() {
        feel.evaluateSimpleExpression("today()", context(Map.of()));
        feel.evaluateSimpleExpression("string(now())", context(Map.of()));
        feel.evaluateSimpleExpression("string(now())", context(Map.of()));

        assertThat(evaluations).isEqualTo(3);
    }

    private boolean tier(String test, int tier) {
        return feel.evaluateSimpleUnaryTests(test, "tier", context(Map.of("tier", tier)));
    }

    private static VariableContext context(Map<String, Object> values) {
        return Variables.fromMap(values).asVariableContext();
    }

    private final class Counting implements FeelEngine {

        @Override
        public <T> T evaluateSimpleExpression(String expression, VariableContext variables) {
            evaluations++;
            return scala.evaluateSimpleExpression(expression, variables);
        }

        @Override
        public boolean evaluateSimpleUnaryTests(String tests, String input, VariableContext variables) {
            evaluations++;
            return scala.evaluateSimpleUnaryTests(tests, input, variables);
        }
    }
}
