package io.gatehouse.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTests {

    private final PasswordRules rules = new PasswordRules();

    private Optional<String> objection(String password) {
        return rules.objection(password, "nora.berg", "Nora Lindström");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "teapot rudder violin",
                "839201746352918",
                "gvtkqzmwxbylhdj",
                "über die Brücke und zurück",
                "合言葉は夏の終わりの青い空と白い雲だ",
                "🦊🌧🚲🥐🎻🧊🛠📎🔦🪁🧭🪴🧶🫖🚪",
                "              six blue kites"
            })
    void asksNothingOfALongPasswordButThatItIsNotTriedFirst(String password) {
        assertThat(objection(password)).isEmpty();
    }

    @Test
    void countsCharactersAndNotBytesFromFifteenToAHundredAndTwentyEight() {
        assertThat(objection("teapotrudderv")).get().asString().contains("at least 15 characters");
        assertThat(objection("teapotrudderv🚲")).get().asString().contains("at least 15 characters");
        assertThat(objection("teapotrudderv🚲x")).isEmpty();
        assertThat(objection("teapot rudder violin ".repeat(6) + "ab")).isEmpty();
        assertThat(objection("teapot rudder violin ".repeat(6) + "abc"))
                .get()
                .asString()
                .contains("at most 128 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "Password123456789",
                "P@ssw0rd2026!!!!",
                "qwertyuiop12345678",
                "1q2w3e4r1q2w3e4r",
                "aaaaaaaaaaaaaaaaaaaa",
                "abababababababab",
                "123456789012345678",
                "abcdefghijklmnopqr",
                "Welcome Summer 2026!",
                "Hunter22Hunter22",
                "correct horse battery staple",
                "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ"
            })
    void refusesWhatIsTriedFirst(String password) {
        assertThat(objection(password)).get().asString().contains("tried first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "teapot nora.berg violin",
                "TEAPOT RUDDER BERG violin",
                "teapot lindström violin",
                "teapot LINDSTRÖM violin",
                "teapot gateHouse violin"
            })
    void refusesTheNameOfThePersonAndOfTheProduct(String password) {
        assertThat(objection(password)).get().asString().contains("your name");
    }
}
