package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The matrix of votes. A seat is a letter, with {@code !} if it is required and {@code ^} if it has a veto; its member is
 * called so in lower case, its delegate has a {@code 2} behind. Votes are {@code A+} for an approval, {@code A-} for a
 * rejection, {@code A0} for an abstention and {@code A^} for a veto.
 */
class TallyTests {

    @ParameterizedTest(name = "{0} of {1} without {2}, partial {3}, votes {4}: {5}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    # count | seats      | absent | partial | votes          | outcome
                    2       | A B C      | -      | -       | -              | open
                    2       | A B C      | -      | -       | A+             | open
                    2       | A B C      | -      | -       | A+ B+          | carried
                    2       | A B C      | -      | -       | A+ B-          | open
                    2       | A B C      | -      | -       | A- B-          | failed
                    2       | A B C      | -      | -       | A+ B- C+       | carried
                    2       | A B C      | -      | -       | A+ B- C-       | failed
                    2       | A B C      | -      | -       | A+ B- C0       | failed
                    3       | A B C      | -      | -       | A+ B+          | open
                    3       | A B C      | -      | -       | A+ B+ C0       | carried
                    3       | A B C      | -      | -       | A+ B0 C0       | carried
                    3       | A B C      | -      | -       | A0 B0 C0       | failed
                    # seats that are required
                    1       | A! B C     | -      | -       | B+             | open
                    1       | A! B C     | -      | -       | B+ C+          | open
                    1       | A! B C     | -      | -       | A+             | open
                    1       | A! B C     | -      | -       | A+ B+          | carried
                    1       | A! B C     | -      | -       | B+ C+ A-       | carried
                    1       | A! B C     | -      | -       | A- B-          | failed
                    2       | A! B! C    | -      | -       | A+ C+          | open
                    2       | A! B! C    | -      | -       | A+ B+          | carried
                    # vetoes
                    1       | A B^ C     | -      | -       | B^             | failed
                    3       | A B^ C     | -      | -       | B^             | failed
                    1       | A B^ C     | -      | -       | A+ C+          | open
                    1       | A B^ C     | -      | -       | A+ C+ B+       | carried
                    1       | A B^ C     | -      | -       | A+ C+ B-       | carried
                    1       | A B^ C     | -      | -       | A+ C+ B^       | failed
                    1       | A B^ C     | -      | -       | A- C-          | failed
                    2       | A! B^ C    | -      | -       | C+ B^          | failed
                    # absences: the delegate votes, and where there is none the seat does not
                    2       | A B C      | b      | -       | A+ C+          | carried
                    3       | A B C      | b      | -       | A+ C+          | open
                    3       | A B C      | b      | -       | A+ C+ B+       | carried
                    3       | A B C      | b b2   | -       | A+ C+          | no quorum
                    2       | A B! C     | b b2   | -       | A+ C+          | no quorum
                    2       | A B^ C     | b b2   | -       | A+ C+          | carried
                    1       | A B C      | a a2 b b2 c c2 | - | -            | no quorum
                    # conflicts of interest: as an absence; a required seat stays required
                    2       | A B C      | -      | b       | A+ B+          | carried
                    2       | A! B C     | -      | a       | B+ C+          | open
                    2       | A! B C     | -      | a       | B+ C+ A+       | carried
                    2       | A! B C     | -      | a a2    | B+ C+          | no quorum
                    2       | A! B C     | a2     | a       | B+ C+          | no quorum
                    1       | A B^ C     | -      | b b2    | A+ C+          | carried
                    1       | A B^ C     | -      | b       | A+ C+          | open
                    2       | A B C      | -      | a a2 b b2 | C+           | no quorum
                    """)
    void isSettledAsTheMatrixSays(
            int count, String seats, String absent, String partial, String votes, String outcome) {
        Set<String> barred = new HashSet<>(words(absent));
        barred.addAll(words(partial));
        Map<String, Vote> said = new TreeMap<>();
        words(votes).forEach(vote -> said.put(vote.substring(0, 1), vote(vote.charAt(1))));
        Set<String> all = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        Set<String> vetoes = new TreeSet<>();
        Set<String> open = new TreeSet<>();
        for (String seat : words(seats)) {
            String name = seat.substring(0, 1);
            all.add(name);
            if (seat.contains("!")) {
                required.add(name);
            }
            if (seat.contains("^")) {
                vetoes.add(name);
            }
            String member = name.toLowerCase(java.util.Locale.ROOT);
            if (!said.containsKey(name) && !barred.containsAll(Set.of(member, member + "2"))) {
                open.add(name);
            }
        }
        assertThat(all).containsAll(said.keySet());

        Tally tally = new Tally(new Quorum(count, new TreeSet<>(required)), said, open, vetoes);

        assertThat(outcome(tally)).isEqualTo(outcome);
    }

    private static String outcome(Tally tally) {
        if (!tally.settled()) {
            return "open";
        }
        if (tally.carries()) {
            return "carried";
        }
        return tally.quorumReached() || tally.vetoed() ? "failed" : "no quorum";
    }

    private static Vote vote(char said) {
        return switch (said) {
            case '+' -> Vote.APPROVE;
            case '-' -> Vote.REJECT;
            case '^' -> Vote.VETO;
            default -> Vote.ABSTAIN;
        };
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" +"));
    }
}
