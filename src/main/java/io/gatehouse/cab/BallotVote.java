package io.gatehouse.cab;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A vote that was cast.
 *
 * @param seat for which seat
 * @param person the member, or the delegate who voted in their place
 * @param scope the digest of what was voted about
 */
record BallotVote(String seat, String person, Vote vote, String reason, Instant castAt, @Nullable String scope) {}
