package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardTests {

    private static final Instant NOW = Instant.parse("2026-12-02T13:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(1));

    private static Board board(Set<BoardDelegate> delegates, Set<BoardAbsence> absences) {
        return new Board(
                "cab",
                1,
                "CAB",
                true,
                2,
                null,
                10,
                72,
                Set.of(
                        new BoardMember("chair", "chris", true, false, true),
                        new BoardMember("operations", "oskar", false, true, false),
                        new BoardMember("security", "sasha", false, true, false)),
                delegates,
                absences,
                Set.of());
    }

    private static BoardDelegate delegate(String seat, int rank, String person) {
        return new BoardDelegate(seat, rank, person, null, null);
    }

    private static BoardAbsence away(String person) {
        return new BoardAbsence(person, NOW, LATER);
    }

    private static String voters(Board board, Instant moment) {
        return board.votersAt(moment).stream()
                .map(voter -> voter.seat() + "=" + voter.person())
                .collect(Collectors.joining(" "));
    }

    /** Who is away; who votes then. Theo stands in for two seats, Carla for one. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    -,                          chair=chris operations=oskar security=sasha
                    chris,                      chair=carla operations=oskar security=sasha
                    oskar,                      chair=chris operations=theo security=sasha
                    oskar sasha,                chair=chris operations=theo
                    oskar theo,                 chair=chris operations=quinn security=sasha
                    oskar theo quinn,           chair=chris security=sasha
                    chris oskar sasha,          chair=carla operations=theo
                    chris oskar sasha carla,    operations=theo
                    """)
    void delegatesVoteForWhoIsAwayAndNobodyTwice(@org.jspecify.annotations.Nullable String away, String expected) {
        Board board = board(
                Set.of(
                        delegate("chair", 0, "carla"),
                        delegate("operations", 1, "theo"),
                        delegate("operations", 2, "quinn"),
                        delegate("security", 3, "theo")),
                away == null
                        ? Set.of()
                        : Set.of(away.split(" ")).stream().map(BoardTests::away).collect(Collectors.toSet()));

        assertThat(voters(board, NOW)).isEqualTo(expected);
    }

    @Test
    void anAbsenceBeginsAndEndsToTheMoment() {
        Board board = board(Set.of(delegate("chair", 0, "carla")), Set.of(away("chris")));

        assertThat(voters(board, NOW.minusNanos(1))).startsWith("chair=chris");
        assertThat(voters(board, LATER.minusNanos(1))).startsWith("chair=carla");
        assertThat(voters(board, LATER)).startsWith("chair=chris");
        assertThat(board.chairAt(NOW, Set.of())).get().satisfies(chair -> {
            assertThat(chair.person()).isEqualTo("carla");
            assertThat(chair.isDelegate()).isTrue();
        });
    }

    @Test
    void aDelegateChairsInThePlaceOfWhoCannotComeInAnyMore() {
        Board board = board(Set.of(delegate("chair", 0, "carla")), Set.of());

        assertThat(board.chairAt(NOW, Set.of("chris"))).map(Voter::person).contains("carla");
        assertThat(board.chairAt(NOW, Set.of("chris", "carla"))).isEmpty();
    }

    @Test
    void aDelegateStandsInForAsLongAsTheyAreNamed() {
        Board board =
                board(Set.of(new BoardDelegate("chair", 0, "carla", NOW.plusSeconds(1), LATER)), Set.of(away("chris")));

        assertThat(board.chairAt(NOW, Set.of())).isEmpty();
        assertThat(board.chairAt(NOW.plusSeconds(1), Set.of())).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"chair operations, true", "chair, false", "operations security, false", "chair chair, false"})
    void aQuorumNeedsBothSeatsAndCount(String voted, boolean reached) {
        assertThat(board(Set.of(), Set.of()).quorum().isReachedBy(java.util.List.of(voted.split(" "))))
                .isEqualTo(reached);
    }
}
