package io.gatehouse.change;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The boards that authorise changes by vote. Another module keeps them, and who voted what. */
public interface VotingBoards {

    /**
     * A vote of a board about a change.
     *
     * @param round the approval round it belongs to
     * @param scope the digest of what was submitted, which every vote must be about
     */
    record Vote(String number, int round, String board, @Nullable String scope) {}

    /** Whether there is a board with this key that decides about changes. */
    boolean exists(String board);

    /** Whether somebody has voted on a change in a round; whoever has does not implement it. */
    boolean hasVoted(String number, int round, String person);

    /**
     * Why what the board decided does not authorise the change, or no longer; looked at anew each time it matters.
     *
     * @param conflicted whether a person must have no part in deciding about this change, as things are now
     */
    Optional<String> objection(Vote vote, Predicate<String> conflicted);
}
