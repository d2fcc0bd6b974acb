package io.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds every model under {@code processes/} and every form under {@code forms/} to what the code relies on. */
class ProcessModelTests {

    @TestFactory
    Stream<DynamicTest> everyProcessKeepsEveryRule() {
        return Models.all().stream().flatMap(model -> Arrays.stream(ModelRule.values())
                .map(rule -> dynamicTest(model.file() + ": " + sentence(rule), () -> assertThat(rule.breaches(model))
                        .isEmpty())));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleFindsTheModelThatBreaksIt() {
        return Arrays.stream(ModelRule.values())
                .map(rule -> dynamicTest(sentence(rule), () -> {
                    BrokenModel how = BrokenModel.valueOf(rule.name());
                    List<DrawnModel> broken = Models.all().stream()
                            .filter(model -> !model.text().equals(model.text().replaceAll(how.sound, how.broken)))
                            .map(model ->
                                    Models.parse(model.file(), model.text().replaceAll(how.sound, how.broken)))
                            .toList();
                    assertThat(broken).isNotEmpty().anySatisfy(model -> assertThat(rule.breaches(model))
                            .isNotEmpty());
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&#36;{evil.run()}",
                "&#x24;&#123;evil.run()}",
                "${'}'.concat(evil.run())}",
                "#{ evil . run ( ) }"
            })
    void aCallIsFoundHoweverItIsSpelled(String expression) {
        DrawnModel sound = Models.all().stream()
                .filter(model -> model.file().equals("NormalChange.bpmn"))
                .findFirst()
                .orElseThrow();
        DrawnModel hidden = Models.parse(sound.file(), sound.text().replace("${deadlines.inDays(2)}", expression));

        assertThat(ModelRule.EXPRESSIONS_ASK_ONLY_WHAT_THE_CODE_OFFERS.breaches(hidden))
                .anyMatch(breach -> breach.startsWith("asks evil.run"));
    }

    @TestFactory
    Stream<DynamicTest> everyFormIsNamedAfterItsTaskAndItsShownFieldsAreNotSentBack() {
        return Models.files(".form")
                .map(file -> dynamicTest(file.getName(), () -> {
                    JsonNode form = new ObjectMapper().readTree(file);
                    assertThat(form.get("id").asText() + ".form").isEqualTo(file.getName());
                    assertThat(form.get("executionPlatformVersion").asText()).isEqualTo("7.24.0");
                    // A read-only field would be handed in with the answer; a disabled one is only shown.
                    assertThat(form.findValues("readonly")).isEmpty();
                }));
    }

    private static String sentence(ModelRule rule) {
        return rule.name().toLowerCase().replace('_', ' ');
    }
}
