package io.gatehouse.cab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a vote comes to, worked out the long way and from nothing of the product but the lists of a board: who has a vote
 * by asking everybody in turn, whether it is over by playing every way in which it could go on.
 */
final class QuorumModel {

    /** A vote as it was accepted. */
    record Said(String seat, String person, Vote vote) {}

    private final Board board;
    private final List<String> partial;
    private final List<Said> said = new ArrayList<>();

    QuorumModel(Board board, List<String> partial) {
        this.board = board;
        this.partial = partial;
    }

    /** Whether this person may cast this vote on this seat now; if so, they have. */
    boolean tries(String person, String seat, Vote vote, Instant at) {
        boolean may = !isOver(at)
                && seatIsFree(seat)
                && person.equals(voter(seat, at))
                && (vote != Vote.VETO || hasVeto(seat));
        if (may) {
            said.add(new Said(seat, person, vote));
        }
        return may;
    }

    private boolean seatIsFree(String seat) {
        return said.stream().noneMatch(one -> one.seat().equals(seat));
    }

    private boolean hasVeto(String seat) {
        for (BoardMember member : board.members()) {
            if (member.seat().equals(seat)) {
                return member.veto();
            }
        }
        return false;
    }

    /** Nobody, the member, or the first delegate who is neither taken by an earlier seat nor kept from it. */
    private String voter(String wanted, Instant at) {
        List<String> taken = new ArrayList<>();
        List<BoardMember> inOrder = new ArrayList<>(board.members());
        inOrder.sort((one, other) -> one.seat().compareTo(other.seat()));
        for (BoardMember member : inOrder) {
            if (!seatIsFree(member.seat())) {
                continue;
            }
            String found = null;
            if (mayVote(member.person(), at)) {
                found = member.person();
            } else {
                int best = Integer.MAX_VALUE;
                for (BoardDelegate delegate : board.delegates()) {
                    boolean can = delegate.seat().equals(member.seat())
                            && mayVote(delegate.person(), at)
                            && !taken.contains(delegate.person())
                            && board.members().stream()
                                    .noneMatch(one -> one.person().equals(delegate.person()));
                    if (can && delegate.rank() < best) {
                        best = delegate.rank();
                        found = delegate.person();
                    }
                }
                if (found != null) {
                    taken.add(found);
                }
            }
            if (member.seat().equals(wanted)) {
                return found;
            }
        }
        return null;
    }

    private boolean mayVote(String person, Instant at) {
        boolean away = false;
        for (BoardAbsence absence : board.absences()) {
            away |= absence.person().equals(person)
                    && absence.from().compareTo(at) <= 0
                    && absence.until().compareTo(at) > 0;
        }
        return !away
                && !partial.contains(person)
                && said.stream().noneMatch(one -> one.person().equals(person));
    }

    List<String> openSeats(Instant at) {
        List<String> open = new ArrayList<>();
        for (BoardMember member : board.members()) {
            if (seatIsFree(member.seat()) && voter(member.seat(), at) != null) {
                open.add(member.seat());
            }
        }
        return open;
    }

    boolean isOver(Instant at) {
        List<String> open = openSeats(at);
        if (open.isEmpty() || vetoed(said)) {
            return true;
        }
        if (!quorate(said)) {
            return false;
        }
        boolean now = carries(said);
        return allWaysOn(open, new ArrayList<>(said), now);
    }

    /** Whether the vote comes to the same whatever else is said, or is not. */
    private boolean allWaysOn(List<String> open, List<Said> so, boolean expected) {
        if (open.isEmpty()) {
            return carries(so) == expected;
        }
        String seat = open.get(0);
        List<String> rest = open.subList(1, open.size());
        if (!allWaysOn(rest, so, expected)) {
            return false;
        }
        for (Vote vote : Vote.values()) {
            if (vote == Vote.VETO && !hasVeto(seat)) {
                continue;
            }
            List<Said> more = new ArrayList<>(so);
            more.add(new Said(seat, "somebody", vote));
            if (!allWaysOn(rest, more, expected)) {
                return false;
            }
        }
        return true;
    }

    private static boolean vetoed(List<Said> so) {
        return so.stream().anyMatch(one -> one.vote() == Vote.VETO);
    }

    private boolean quorate(List<Said> so) {
        boolean seats = true;
        for (BoardMember member : board.members()) {
            seats &=
                    !member.required() || so.stream().anyMatch(one -> one.seat().equals(member.seat()));
        }
        return seats && so.size() >= board.minimumVotes();
    }

    boolean carries() {
        return carries(said);
    }

    private boolean carries(List<Said> so) {
        int balance = 0;
        for (Said one : so) {
            balance += one.vote() == Vote.APPROVE ? 1 : one.vote() == Vote.ABSTAIN ? 0 : -1;
        }
        return quorate(so) && !vetoed(so) && balance > 0;
    }

    List<Said> said() {
        return said;
    }
}
