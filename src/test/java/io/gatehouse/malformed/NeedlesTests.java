package io.gatehouse.malformed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedlesTests {

    private static final String FIRST = "abababab-first";
    private static final String SECOND = "abababab-second";

    private final Needles needles = new Needles(List.of(FIRST, SECOND));

    @Test
    void areFoundWhereverTheyStand() {
        assertThat(needles.in(FIRST)).containsExactly(FIRST);
        assertThat(needles.in("before ab" + SECOND + " after")).containsExactly(SECOND);
        assertThat(needles.in("\u4e2d" + FIRST + "\u4e2d" + SECOND)).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void areNotFoundWhereOnlyAPartOfThemStands() {
        assertThat(needles.in("")).isEmpty();
        assertThat(needles.in(FIRST.substring(1))).isEmpty();
        assertThat(needles.in("abababab-firs")).isEmpty();
        assertThat(needles.in(FIRST.replace('a', '\u0161')))
                .as("the same lower bytes")
                .isEmpty();
    }

    /** In two letters, of which each beginning stands in nearly every text. */
    @Test
    void areFoundWhereALookForEachFindsThem() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            List<String> some =
                    List.of(letters(random, 8), letters(random, 9), letters(random, 10), letters(random, 11));
            String text = letters(random, 600);

            assertThat(new Needles(some).in(text))
                    .containsExactlyInAnyOrderElementsOf(
                            some.stream().filter(text::contains).distinct().toList());
        }
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'c')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void areLongEnoughToBeTold() {
        assertThatThrownBy(() -> new Needles(List.of("seven77"))).isInstanceOf(IllegalArgumentException.class);
    }
}
