package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What votes come to. Of the seats a to e, those in capitals have a veto; G goes, C goes on conditions, N does not. */
class GoNoGoCountTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // seats | votes      | time up | settled | outcome        | because
                "abc     | aG bG cG   | false   | true    | GO             | 3 of 3 seats say go, 0 no.",
                "abc     | aG bG cN   | false   | true    | GO             | 2 of 3 seats say go, 1 no.",
                "abc     | aG bN cN   | false   | true    | NO_GO          | 1 of 3 seats say go, 2 no.",
                "abcd    | aG bG cN dN| false   | true    | NO_GO          | 2 of 4 seats say go, 2 no.",
                "abc     | aG bC cG   | false   | true    | CONDITIONAL_GO | 3 of 3 seats say go, 0 no.",
                "abc     | aC bN cN   | false   | true    | NO_GO          | 1 of 3 seats say go, 2 no.",
                "abc     | aG bG      | false   | false   |                |",
                "abc     | aG bG      | true    | true    | GO             | 2 of 3 seats say go, 0 no.",
                "abC     | aG bG      | true    | true    | NO_GO          | The seat C has a veto and has not voted in time.",
                "abC     | CN         | false   | true    | NO_GO          | The seat C has a veto and says no.",
                "abC     | aG bG CN   | false   | true    | NO_GO          | The seat C has a veto and says no.",
                "abC     | aN         | false   | false   |                |",
                "abC     | aN bN CG   | false   | true    | NO_GO          | 1 of 3 seats say go, 2 no.",
                "abCde   | aG CG      | true    | true    | NO_GO          | Only 2 of 5 seats have voted in time.",
                "abCde   | aG CG dG   | true    | true    | GO             | 3 of 5 seats say go, 0 no.",
                "abcd    | aG bG      | true    | true    | GO             | 2 of 4 seats say go, 0 no.",
                "abcd    | aG bN      | true    | true    | NO_GO          | 1 of 4 seats say go, 1 no.",
                "A       | AC         | false   | true    | CONDITIONAL_GO | 1 of 1 seats say go, 0 no.",
                "A       |            | true    | true    | NO_GO          | The seat A has a veto and has not voted in time.",
                "a       |            | true    | true    | NO_GO          | Only 0 of 1 seats have voted in time."
            })
    void comesTo(
            String seats,
            @org.jspecify.annotations.Nullable String votes,
            boolean timeUp,
            boolean settled,
            @org.jspecify.annotations.Nullable GoNoGoOutcome outcome,
            @org.jspecify.annotations.Nullable String because) {
        GoNoGoCount count = new GoNoGoCount(seats(seats), votes(votes == null ? "" : votes), timeUp);

        assertThat(count.settled()).isEqualTo(settled);
        if (settled) {
            assertThat(count.result()).isEqualTo(new GoNoGoCount.Result(outcome, because));
        }
    }

    /** Whatever is said, in whichever order: what the rule in words promises. */
    @Test
    void neverGoesAgainstAVetoOrWithoutAMajority() {
        Random random = new Random(20261201);
        for (int i = 0; i < 20_000; i++) {
            List<GoNoGoSeat> seats = new ArrayList<>();
            Map<String, GoNoGoVote> votes = new HashMap<>();
            int size = 1 + random.nextInt(6);
            for (int seat = 0; seat < size; seat++) {
                seats.add(new GoNoGoSeat("seat" + seat, random.nextInt(3) == 0));
                if (random.nextInt(4) > 0) {
                    votes.put("seat" + seat, GoNoGoVote.values()[random.nextInt(3)]);
                }
            }
            GoNoGoOutcome outcome = new GoNoGoCount(seats, votes, true).result().outcome();

            long no = votes.values().stream().filter(GoNoGoVote.NO_GO::equals).count();
            long yes = votes.size() - no;
            boolean vetoesAgree = seats.stream()
                    .filter(GoNoGoSeat::veto)
                    .allMatch(seat -> votes.get(seat.seat()) != null && votes.get(seat.seat()) != GoNoGoVote.NO_GO);
            boolean goes = vetoesAgree && yes > no && votes.size() * 2 >= seats.size();
            assertThat(outcome != GoNoGoOutcome.NO_GO).as("%s %s", seats, votes).isEqualTo(goes);
            assertThat(outcome == GoNoGoOutcome.CONDITIONAL_GO)
                    .isEqualTo(goes && votes.containsValue(GoNoGoVote.CONDITIONAL_GO));
        }
    }

    private static List<GoNoGoSeat> seats(String letters) {
        return letters.chars()
                .mapToObj(letter -> new GoNoGoSeat(Character.toString(letter), Character.isUpperCase(letter)))
                .toList();
    }

    private static Map<String, GoNoGoVote> votes(String said) {
        Map<String, GoNoGoVote> votes = new HashMap<>();
        Stream.of(said.split(" "))
                .filter(one -> !one.isEmpty())
                .forEach(one -> votes.put(
                        one.substring(0, 1),
                        switch (one.charAt(1)) {
                            case 'G' -> GoNoGoVote.GO;
                            case 'C' -> GoNoGoVote.CONDITIONAL_GO;
                            default -> GoNoGoVote.NO_GO;
                        }));
        return votes;
    }
}
