package io.gatehouse.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenTextTests {

    @Test
    void looksLikeNothingElseToAScanner() {
        assertThat(TokenText.random().text()).matches("gh_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}");
    }

    @Test
    void isReadBackAsWhatItIs() {
        TokenText made = TokenText.random();

        assertThat(TokenText.parse(made.text())).contains(made);
        assertThat(made.hash())
                .hasSize(32)
                .isEqualTo(TokenText.parse(made.text()).orElseThrow().hash());
    }

    @Test
    void isNeverTheSameTwice() {
        Set<String> ids = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            TokenText made = TokenText.random();
            ids.add(made.id());
            texts.add(made.text());
        }

        assertThat(ids).hasSize(10_000);
        assertThat(texts).hasSize(10_000);
    }

    @Test
    void recognisesEveryAlterationOfOneCharacter() {
        String made = TokenText.random().text();
        Random random = new Random(1);
        for (int i = 0; i < made.length(); i++) {
            StringBuilder altered = new StringBuilder(made);
            char other = (char) ('!' + random.nextInt(94));
            altered.setCharAt(i, other == made.charAt(i) ? '~' : other);
            assertThat(TokenText.parse(altered.toString()))
                    .as(altered.toString())
                    .isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoToken() {
        String made = TokenText.random().text();
        Stream.of("", "gh_", made + "x", " " + made, made.substring(1), made.replace("gh_", "GH_"), made + "\n")
                .forEach(text -> assertThat(TokenText.parse(text)).as(text).isEmpty());
        List.of("gh_" + "0".repeat(12) + "_" + "0".repeat(49), "gh_" + "é".repeat(12) + "_" + "0".repeat(49))
                .forEach(text -> assertThat(TokenText.parse(text)).as(text).isEmpty());
    }

    @Test
    void doesNotShowItsSecretInALog() {
        TokenText made = TokenText.random();

        assertThat(made.toString())
                .contains(made.id())
                .doesNotContain(made.text().substring(17));
    }
}
