package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTextTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade nova to 2 | Upgrade nova to 2",
                "<b>x</b> | &lt;b&gt;x&lt;\\/b&gt;",
                "**a** | \\*\\*a\\*\\*",
                "[l](http://e.x) | \\[l\\]\\(http\\:\\/\\/e\\.x\\)",
                "a&lt;b | a&amp;lt\\;b",
                "grün 🚀 日本 | grün 🚀 日本",
            })
    void takesTheMeaningOutOfMarkup(String written, String literal) {
        assertThat(FormText.literal(written)).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({"'a\nb'", "'a\r\n\r\n- **Risk:** LOW'", "'a\u2028b'", "'a\u202Eb'", "'a\u2066b'"})
    void keepsToOneLineFromLeftToRight(String written) {
        assertThat(FormText.literal(written)).doesNotContainPattern("[\\r\\n\u2028\u202E\u2066]");
    }
}
