package io.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageQueryTests {

    /** A list of ids, newest first, as a query with {@code id < after limit fetchSize} reads it. */
    private static Page<Long> read(PageQuery query, long newest) {
        long from = query.afterNumber().orElse(newest + 1) - 1;
        List<Long> rows = LongStream.iterate(from, id -> id > 0, id -> id - 1)
                .limit(query.fetchSize())
                .boxed()
                .toList();
        return query.page(rows, id -> id);
    }

    @Test
    void walksThroughTheWholeListOnce() {
        List<Long> seen = new ArrayList<>();

        Page<Long> page = read(PageQuery.parse(null, "3"), 10);
        seen.addAll(page.items());
        while (page.next() != null) {
            page = read(PageQuery.parse(page.next(), "3"), 10);
            seen.addAll(page.items());
        }

        assertThat(seen).containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void showsNothingTwiceWhenItemsAreAddedMeanwhile() {
        Page<Long> first = read(PageQuery.parse(null, "3"), 10);

        Page<Long> second = read(PageQuery.parse(first.next(), "3"), 15);

        assertThat(second.items()).containsExactly(7L, 6L, 5L);
    }

    @Test
    void hasNoNextCursorWhenTheLastItemsFillThePageExactly() {
        assertThat(read(PageQuery.parse(null, "10"), 10).next()).isNull();
    }

    @Test
    void takesFiftyItemsWhenTheClientDoesNotSay() {
        assertThat(PageQuery.parse(null, null).limit()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "ten", "", "1e1", "99999999999999999999", " 5", "٣"})
    void refusesALimitOutOfRange(String limit) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PageQuery.parse(null, limit))
                .satisfies(e -> assertThat(e.problem().fields())
                        .extracting(InvalidField::field)
                        .containsExactly("limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "!!!!", "MTox\u0000", "Mjox", "MTphYmM"})
    void refusesACursorThatIsNone(String cursor) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PageQuery.parse(cursor, null).afterNumber())
                .satisfies(e -> assertThat(e.problem().type()).hasToString("urn:gatehouse:problem:unknown-cursor"));
    }
}
