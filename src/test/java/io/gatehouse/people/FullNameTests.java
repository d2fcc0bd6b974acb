package io.gatehouse.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FullNameTests {

    @ParameterizedTest
    @CsvSource({
        "Nora Berg, Nora, Berg, Nora Berg",
        "'  Nora   van  Berg ', Nora van, Berg, Nora van Berg",
        "Nora, '', Nora, Nora"
    })
    void keepsTheWholeNameInTwoParts(String text, String first, String last, String whole) {
        FullName name = FullName.of(text);

        assertThat(name).isEqualTo(new FullName(first, last));
        assertThat(name.text()).isEqualTo(whole);
        assertThat(FullName.objection(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "Nora\u202eadmA", "No\u200bra", "Nora\u0007"})
    void refusesWhatCannotBeSeen(String text) {
        assertThat(FullName.objection(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101})
    void refusesMoreThanAHundredCharacters(int length) {
        assertThat(FullName.objection("n".repeat(length)).isEmpty()).isEqualTo(length == 100);
    }
}
