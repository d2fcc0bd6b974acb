package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random boards with random absences and conflicts of interest, on which random people try to vote, come to what a model
 * says. {@code -Plong} plays 200,000 of them, {@code -Dgatehouse.seed} the same ones again.
 */
class QuorumModelTests {

    private static final boolean LONG = Boolean.getBoolean("gatehouse.long");
    private static final long SEED = Long.getLong("gatehouse.seed", LONG ? System.nanoTime() : 20261130);
    private static final int BOARDS = LONG ? 200_000 : 5_000;
    private static final Instant BEGIN = Instant.parse("2026-11-30T09:00:00Z");

    @Test
    void everyVoteComesToWhatTheModelSays() {
        int carried = 0;
        int settledEarly = 0;
        int refused = 0;
        for (int i = 0; i < BOARDS; i++) {
            Random random = new Random(SEED + i);
            Board board = board(random);
            List<String> partial = board.people().stream()
                    .filter(person -> random.nextInt(6) == 0)
                    .toList();
            QuorumModel model = new QuorumModel(board, partial);
            Instant at = BEGIN;
            for (int attempt = 0; attempt < 3 * board.members().size(); attempt++) {
                at = at.plus(Duration.ofMinutes(random.nextInt(600)));
                String person = anyOf(random, List.copyOf(board.people()));
                String seat = anyOf(random, board.seats()).seat();
                Vote vote = anyOf(random, List.of(Vote.values()));
                boolean accepted = accepts(board, partial, model.said(), person, seat, vote, at);
                assertThat(accepted)
                        .as("seed %d: %s on %s says %s at %s", SEED + i, person, seat, vote, at)
                        .isEqualTo(model.tries(person, seat, vote, at));
                refused += accepted ? 0 : 1;
                Tally tally = tally(board, partial, model.said(), at);
                assertThat(tally.settled()).as("seed %d: settled", SEED + i).isEqualTo(model.isOver(at));
                assertThat(tally.carries()).as("seed %d: carries", SEED + i).isEqualTo(model.carries());
                settledEarly += accepted && tally.settled() && !tally.open().isEmpty() ? 1 : 0;
            }
            carried += model.carries() ? 1 : 0;
        }
        System.out.printf(
                "%d boards from seed %d: %d carried, %d settled before all had voted, %d votes refused%n",
                BOARDS, SEED, carried, settledEarly, refused);
        // Else nothing of this was tried.
        assertThat(carried).isGreaterThan(BOARDS / 20);
        assertThat(settledEarly).isGreaterThan(BOARDS / 20);
    }

    private static boolean accepts(
            Board board,
            List<String> partial,
            List<QuorumModel.Said> said,
            String person,
            String seat,
            Vote vote,
            Instant at) {
        Tally tally = tally(board, partial, said, at);
        return !tally.settled()
                && person.equals(voters(board, partial, said, at).get(seat))
                && (vote != Vote.VETO || tally.vetoes().contains(seat));
    }

    private static Tally tally(Board board, List<String> partial, List<QuorumModel.Said> said, Instant at) {
        Map<String, Vote> votes = new TreeMap<>();
        said.forEach(one -> votes.put(one.seat(), one.vote()));
        return new Tally(
                board.quorum(),
                votes,
                voters(board, partial, said, at).keySet(),
                board.seats().stream()
                        .filter(BoardMember::veto)
                        .map(BoardMember::seat)
                        .toList());
    }

    private static Map<String, String> voters(
            Board board, List<String> partial, List<QuorumModel.Said> said, Instant at) {
        Set<String> barred = new HashSet<>(partial);
        said.forEach(one -> barred.add(one.person()));
        Set<String> voted = new HashSet<>();
        said.forEach(one -> voted.add(one.seat()));
        return Ballots.voters(board, at, barred, voted);
    }

    private static Board board(Random random) {
        int seats = 1 + random.nextInt(5);
        List<BoardMember> members = new ArrayList<>();
        Set<BoardDelegate> delegates = new HashSet<>();
        Set<BoardAbsence> absences = new HashSet<>();
        for (int seat = 0; seat < seats; seat++) {
            members.add(
                    new BoardMember("s" + seat, "m" + seat, seat == 0, random.nextInt(4) == 0, random.nextInt(4) == 0));
            for (int rank = 0; rank < random.nextInt(3); rank++) {
                // Some stand in for several.
                delegates.add(new BoardDelegate("s" + seat, rank, "d" + random.nextInt(4), null, null));
            }
        }
        Predicate<Object> sometimes = any -> random.nextInt(4) == 0;
        IntStream.range(0, 5).forEach(i -> List.of("m" + i, "d" + i).stream()
                .filter(sometimes)
                .forEach(person -> {
                    Instant from = BEGIN.plus(Duration.ofHours(random.nextInt(40)));
                    absences.add(new BoardAbsence(person, from, from.plus(Duration.ofHours(1 + random.nextInt(40)))));
                }));
        return new Board(
                "board",
                1,
                "Board",
                true,
                1 + random.nextInt(seats),
                null,
                10,
                72,
                Set.copyOf(members),
                delegates,
                absences,
                Set.of());
    }

    private static <T> T anyOf(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
