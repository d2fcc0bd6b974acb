package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.api.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/v1/services/oslo.config", "a=b&c=%C3%A9", "a=%F0%9F%9A%80", "q=a+b"})
    void acceptsProperAddresses(String part) {
        assertThatCode(() -> StrictText.checkUrlPart(part)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%00", "%0a", "%FF", "%C3", "%ED%A0%80", "%C0%80", "é\u0100"})
    void refusesBrokenAddresses(String part) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> StrictText.checkUrlPart(part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"\\\\u0000\"", "\"\\ud83d\\ude80\"", "\"\\u00e9\\n\\\"\"", "\"\\u12", "🚀"})
    void acceptsProperBodies(String json) {
        assertThatCode(() -> StrictText.checkJson(json.getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\u0000\"",
                "{\"a\\u0000\":1}",
                "\"\\ud83d\"",
                "\"\\ude80\"",
                "\"\\ud83d\\ud83d\\ude80\"",
                "\"\\ud83d \\ude80\"",
                "\"\\\\\\u0000\"",
                "\"\\ud83d"
            })
    void refusesEscapedNulAndLoneSurrogates(String json) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> StrictText.checkJson(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesBodiesThatAreNotUtf8() {
        byte[] latin1 = "\"é\"".getBytes(StandardCharsets.ISO_8859_1);
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> StrictText.checkJson(latin1));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> StrictText.checkJson(surrogate));
    }
}
