package io.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTests {

    private static final String TEXT = "token hunter2hunter3 and again hunter2hunter3, hunter2, end hunt";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 100})
    void hidesASecretHoweverTheTextIsCut(int length) {
        SecretMask mask = new SecretMask(List.of("hunter2hunter3"));

        StringBuilder shown = new StringBuilder();
        for (int from = 0; from < TEXT.length(); from += length) {
            shown.append(mask.next(TEXT.substring(from, Math.min(TEXT.length(), from + length))));
        }
        shown.append(mask.rest());

        assertThat(shown).hasToString("token [secret] and again [secret], hunter2, end hunt");
    }

    @Test
    void hidesMostOfASecretAtTheEndToo() {
        SecretMask mask = new SecretMask(List.of("hunter2hunter3"));

        assertThat(mask.next("it is hunter2hunter") + mask.rest()).isEqualTo("it is [secret]");
    }

    @Test
    void hidesTheLongerOfTwoAndTheLinesOfOne() {
        SecretMask mask = new SecretMask(List.of("secret-a", "secret-a-longer", "line one\nline two"));

        assertThat(mask.hide("secret-a-longer secret-a")).isEqualTo("[secret] [secret]");
        assertThat(mask.hide("> line two")).isEqualTo("> [secret]");
    }

    @Test
    void leavesTextAloneWithoutSecretsAndWithTinyOnes() {
        assertThat(new SecretMask(List.of()).next("a")).isEqualTo("a");
        assertThat(new SecretMask(List.of("a")).next("banana")).isEqualTo("banana");
    }
}
