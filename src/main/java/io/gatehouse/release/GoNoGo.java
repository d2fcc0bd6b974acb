package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One decision about whether a release goes into production.
 *
 * @param release what is stored of the number of the release
 * @param round which one about this release, counted from 1
 * @param closesAt until when its seats may vote
 * @param readiness what the seats saw of the readiness when they were asked, and its SHA-256
 * @param seats by their names
 * @param votes in the order of the seats
 * @param conditions in the order in which they were demanded
 * @param outcome absent while people vote
 */
public record GoNoGo(
        long id,
        String release,
        int round,
        Instant openedAt,
        Instant closesAt,
        Frozen readiness,
        List<GoNoGoSeat> seats,
        List<SeatVote> votes,
        List<GoCondition> conditions,
        @Nullable GoNoGoOutcome outcome,
        @Nullable String reason,
        @Nullable Instant decidedAt,
        @Nullable Frozen minutes) {

    /** A text that stays as it is, with its SHA-256 in hexadecimal, by which anybody can tell. */
    public record Frozen(String text, String sha256) {

        static Frozen of(String text) {
            return new Frozen(text, Fingerprint.ofText(text));
        }
    }

    boolean isOpen() {
        return outcome == null;
    }

    /** Whether it waits for conditions. */
    boolean isPending() {
        return outcome == GoNoGoOutcome.CONDITIONAL_GO
                && conditions.stream().anyMatch(condition -> condition.state() != GoCondition.State.MET);
    }

    GoNoGoCount count(Instant now) {
        Map<String, GoNoGoVote> said = votes.stream().collect(Collectors.toMap(SeatVote::seat, SeatVote::vote));
        return new GoNoGoCount(seats, said, !now.isBefore(closesAt));
    }

    List<String> openSeats() {
        List<String> voted = votes.stream().map(SeatVote::seat).toList();
        return seats.stream()
                .map(GoNoGoSeat::seat)
                .filter(seat -> !voted.contains(seat))
                .toList();
    }

    /** The vote that somebody cast, or that was cast in their place. */
    Optional<SeatVote> voteOf(String person) {
        return votes.stream()
                .filter(vote -> vote.person().equals(person) || person.equals(vote.inPlaceOf()))
                .findFirst();
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                id,
                release,
                round,
                openedAt,
                closesAt,
                readiness.text(),
                readiness.sha256(),
                outcome,
                reason,
                decidedAt,
                minutes == null ? null : minutes.text(),
                minutes == null ? null : minutes.sha256()));
        row.add(seats.size());
        seats.forEach(seat -> row.addAll(List.of(seat.seat(), seat.veto())));
        row.add(votes.size());
        for (SeatVote vote : votes) {
            row.addAll(List.of(vote.seat(), vote.person(), vote.vote(), vote.reason(), vote.castAt()));
            // Came later: of a vote without it the digest is what it was.
            Fingerprint.addNamed(row, "in_place_of", vote.inPlaceOf());
        }
        row.add(conditions.size());
        conditions.stream()
                .sorted(Comparator.comparing(one -> String.valueOf(one.id())))
                .forEach(one -> row.addAll(Arrays.asList(
                        one.id(),
                        one.position(),
                        one.seat(),
                        one.demand().demanded(),
                        one.demand().owner(),
                        one.demand().ownerGroup(),
                        one.demand().dueAt(),
                        one.state(),
                        one.endedBy(),
                        one.endedAt(),
                        one.note())));
        return Fingerprint.of(row);
    }
}
