package io.gatehouse.cab;

import static java.util.Comparator.comparing;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.BoardOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One vote of a board about a change, with all that was said in it.
 *
 * @param number of the change
 * @param round the approval round of the change; what was voted in an earlier one counts no longer
 * @param ballot counts the votes of a round
 * @param scope the digest of what is voted about
 * @param outcome what it came to; absent while it is open
 * @param votesDigest the digest of every vote that was counted
 * @param settledBy who said how it goes on after it came to nothing
 */
record Ballot(
        long id,
        String number,
        int round,
        int ballot,
        String board,
        int minimumVotes,
        @Nullable String scope,
        Instant openedAt,
        Instant closesAt,
        @Nullable BoardOutcome outcome,
        @Nullable String reason,
        @Nullable Instant decidedAt,
        @Nullable String votesDigest,
        @Nullable String settledBy,
        @Nullable String settledBecause,
        @Nullable Instant settledAt,
        List<BallotSeat> seats,
        List<BallotVote> votes,
        List<Condition> conditions) {

    private static final Duration SPARE = Duration.ofDays(1);

    Ballot {
        seats = seats.stream().sorted(comparing(BallotSeat::seat)).toList();
        votes = votes.stream().sorted(comparing(BallotVote::seat)).toList();
        conditions = conditions.stream().sorted(comparing(Condition::position)).toList();
    }

    /** A vote that is about to begin. */
    static Ballot draft(
            String number,
            int round,
            int ballot,
            String board,
            int minimumVotes,
            @Nullable String scope,
            Instant openedAt,
            Instant closesAt,
            List<BallotSeat> seats) {
        return new Ballot(
                0,
                number,
                round,
                ballot,
                board,
                minimumVotes,
                scope,
                openedAt,
                closesAt,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                seats,
                List.of(),
                List.of());
    }

    /** When who has not voted is late: a day before it closes, or at half of its time if it is open for less than two. */
    Instant votesDueAt() {
        Duration half = Duration.between(openedAt, closesAt).dividedBy(2);
        return closesAt.minus(half.compareTo(SPARE) < 0 ? half : SPARE);
    }

    boolean isOpen() {
        return outcome == null;
    }

    Quorum quorum() {
        return new Quorum(
                minimumVotes,
                seats.stream()
                        .filter(BallotSeat::required)
                        .map(BallotSeat::seat)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    Optional<BallotVote> voteOf(String seat) {
        return votes.stream().filter(vote -> vote.seat().equals(seat)).findFirst();
    }

    Optional<BallotVote> voteBy(String person) {
        return votes.stream().filter(vote -> vote.person().equals(person)).findFirst();
    }

    List<Condition> unmet() {
        return conditions.stream().filter(condition -> !condition.isMet()).toList();
    }

    /** @param voters who may still vote, by seat */
    Tally tally(Map<String, String> voters) {
        Map<String, Vote> said = new TreeMap<>();
        votes.forEach(vote -> said.put(vote.seat(), vote.vote()));
        return new Tally(
                quorum(),
                said,
                voters.keySet(),
                seats.stream().filter(BallotSeat::veto).map(BallotSeat::seat).toList());
    }

    String votesFingerprint() {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(votes.size());
        votes.forEach(vote -> add(values, vote));
        return Fingerprint.of(values);
    }

    /** The digest of its rows, by which they are compared with the trail. */
    String fingerprint() {
        List<@Nullable Object> values = new ArrayList<>();
        add(
                values,
                id,
                number,
                round,
                ballot,
                board,
                minimumVotes,
                scope,
                openedAt,
                closesAt,
                outcome,
                reason,
                decidedAt,
                votesDigest,
                settledBy,
                settledBecause,
                settledAt);
        values.add(seats.size());
        seats.forEach(seat -> add(values, seat.seat(), seat.veto(), seat.required()));
        values.add(votes.size());
        votes.forEach(vote -> add(values, vote));
        values.add(conditions.size());
        // As text, like whoever compares it.
        conditions.stream()
                .sorted(comparing(one -> Integer.toString(one.position())))
                .forEach(one -> add(
                        values, one.position(), one.seat(), one.demanded(), one.metBy(), one.metAt(), one.metNote()));
        return Fingerprint.of(values);
    }

    private static void add(List<@Nullable Object> values, BallotVote vote) {
        add(values, vote.seat(), vote.person(), vote.vote(), vote.reason(), vote.castAt(), vote.scope());
    }

    private static void add(List<@Nullable Object> values, @Nullable Object... more) {
        java.util.Collections.addAll(values, more);
    }
}
