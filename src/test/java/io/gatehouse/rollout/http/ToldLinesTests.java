package io.gatehouse.rollout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldLinesTests {

    private final StringBuilder log = new StringBuilder();

    /** What a node adds that knows no more than the reference. */
    private String told(String reference, String... lines) {
        return ToldLines.parse(reference).more(List.of(lines), log::append).reference();
    }

    private void rest(String reference, String... lines) {
        ToldLines.parse(reference).rest(List.of(lines), log::append);
    }

    @Test
    void eachLineIsToldOnce() {
        String first = told("run", "a", "b");
        assertThat(first).matches("run/[\\w-]{8}");
        assertThat(told(first, "b", "a")).isEqualTo(first);
        String second = told(first, "a", "c", "b");
        rest(second, "a", "b", "c", "d");

        assertThat(log).hasToString("a\nb\nc\nd\n");
    }

    @Test
    void whoHasNothingNewToTellIsSilent() {
        ToldLines.of("run").more(List.of(), piece -> log.append("?"));
        ToldLines.of("run").rest(List.of(), piece -> log.append("?"));

        assertThat(log).isEmpty();
    }

    @Test
    void twoLinesThatAreTheSameAreTwo() {
        String one = told("run", "a");
        String two = told(one, "a", "a");
        rest(two, "a", "a");

        assertThat(log).hasToString("a\na\n");
    }

    @Test
    void manyLinesThatAreTheSameAreSoonMarked() {
        assertTimeout(
                Duration.ofSeconds(10),
                () -> rest("run", Collections.nCopies(200_000, "a").toArray(String[]::new)));

        assertThat(log).hasSize(400_000);
    }

    @Test
    void whatHasGoneAndComesBackHasChanged() {
        String here = told("run", "a");
        String gone = told(here);
        assertThat(gone).isEqualTo("run");
        told(gone, "a");

        assertThat(log).hasToString("a\na\n");
    }

    @Test
    void whatDoesNotFitIsLeftForTheEnd() {
        String[] lines = IntStream.range(0, 99).mapToObj(i -> "line " + i).toArray(String[]::new);
        String name = "n".repeat(150);
        String full = told(name, lines);
        assertThat(full).hasSize(150 + 1 + 12 * 4);
        assertThat(told(full, lines)).isEqualTo(full);
        assertThat(log.toString().lines()).hasSize(12);

        rest(full, lines);
        assertThat(log.toString().lines()).containsExactly(lines);
    }

    @Test
    void aNameThatLeavesNoRoomStays() {
        String name = "n".repeat(200);

        assertThat(told(name, "a")).isEqualTo(name);
        assertThat(log).isEmpty();
    }

    @Test
    void linesWithTheSameMarkAreBothTold() {
        Map<String, String> marked = new HashMap<>();
        String line = "";
        String other = null;
        for (int i = 0; other == null; i++) {
            line = "line " + i;
            other = marked.put(told("run", line), line);
        }
        log.setLength(0);

        rest(told(told("run", other), other, line), other, line);
        assertThat(log).hasToString(other + "\n" + line + "\n");
    }

    @Test
    void underAnotherNameTheSameWasTold() {
        ToldLines told = ToldLines.of("run").more(List.of("a"), log::append);
        told.as("run@now").more(List.of("a"), log::append);

        assertThat(log).hasToString("a\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "run", "run/", "run/abc", "run/abcde", "run/ab d", "run/abcd/", "a/b\n"})
    void whatNamesNoLinesIsAName(String reference) {
        assertThat(ToldLines.parse(reference)).isEqualTo(ToldLines.of(reference));
    }
}
