package io.gatehouse.engine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.api.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasklistBodyTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"active\":true,\"sorting\":[{\"sortBy\":\"created\",\"sortOrder\":\"desc\"}]}",
                "{\"nameLike\":\"%expression%\"}"
            })
    void passesAQueryOfValues(String body) {
        assertThatCode(() -> check(body, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dueAfterExpression\":\"x\"}",
                "{\"orQueries\":[{\"orQueries\":[{\"assigneeExpression\":\"x\"}]}]}",
                "{\"orQueries\":[{\"assignee\\u0045xpression\":\"x\"}]}",
                "{\"ASSIGNEEEXPRESSION\":null}"
            })
    void refusesAnExpressionHoweverItIsHidden(String body) {
        assertThat(refusal(body, false).problem().type()).hasToString("urn:gatehouse:problem:expression-refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"variables\":{\"decision\":{\"value\":\"APPROVED\",\"type\":\"String\",\"valueInfo\":{}}}}",
                "{\"variables\":{\"ticked\":{\"value\":true,\"type\":\"Boolean\"},\"n\":{\"value\":1,\"type\":null}}}",
                "{\"variables\":{\"expression\":{\"value\":\"as a field of a form\"}}}"
            })
    void passesAFormOfPlainValues(String body) {
        assertThatCode(() -> check(body, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Object\"", "\"Json\"", "\"File\"", "\"Bytes\"", "\"Xml\"", "{}", "7"})
    void refusesAFormWithAnythingElse(String type) {
        String body = "{\"variables\":{\"x\":{\"value\":\"{}\",\"type\":" + type + "}}}";

        assertThat(refusal(body, true).problem().type()).hasToString("urn:gatehouse:problem:type-refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[}", "{\"a\":}", "nonsense", "{\"a\":1"})
    void refusesWhatIsNoJson(String body) {
        assertThat(refusal(body, false).problem().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 5000})
    void refusesDeepNesting(int depth) {
        assertThat(refusal("[".repeat(depth), false).problem().type())
                .hasToString("urn:gatehouse:problem:malformed-json");
    }

    private static ProblemException refusal(String body, boolean submission) {
        return catchThrowableOfType(ProblemException.class, () -> check(body, submission));
    }

    private static void check(String body, boolean submission) {
        TasklistBody.check(body.getBytes(StandardCharsets.UTF_8), submission);
    }
}
