package io.gatehouse.cab;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has been voted so far, and whether that settles it. It is settled by a veto, or as soon as enough seats have voted
 * and nothing that the others may still say could turn it; or when nobody is left who may.
 *
 * @param quorum how many votes of which seats are needed
 * @param votes what each seat said that has voted
 * @param open the seats that may still vote
 * @param vetoes the seats whose veto is the board's
 */
record Tally(Quorum quorum, SortedMap<String, Vote> votes, Set<String> open, Set<String> vetoes) {

    Tally(Quorum quorum, Map<String, Vote> votes, Collection<String> open, Collection<String> vetoes) {
        this(quorum, new TreeMap<>(votes), Set.copyOf(open), Set.copyOf(vetoes));
    }

    int approvals() {
        return count(Vote.APPROVE);
    }

    /** A veto is one too. */
    int rejections() {
        return count(Vote.REJECT) + count(Vote.VETO);
    }

    int abstentions() {
        return count(Vote.ABSTAIN);
    }

    boolean vetoed() {
        return count(Vote.VETO) > 0;
    }

    boolean quorumReached() {
        return quorum.isReachedBy(votes.keySet());
    }

    /** Whether the change may be approved at all, whatever a policy makes of the votes. */
    boolean carries() {
        return quorumReached() && !vetoed() && approvals() > rejections();
    }

    boolean settled() {
        return vetoed() || open.isEmpty() || quorumReached() && (cannotFail() || cannotCarry());
    }

    private boolean cannotFail() {
        return approvals() > rejections() + open.size() && open.stream().noneMatch(vetoes::contains);
    }

    private boolean cannotCarry() {
        return approvals() + open.size() <= rejections();
    }

    private int count(Vote vote) {
        return (int) votes.values().stream().filter(vote::equals).count();
    }
}
