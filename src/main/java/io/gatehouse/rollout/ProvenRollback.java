package io.gatehouse.rollout;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rollback of everything that a plan does, which the ledger shows complete and in exact reverse.
 *
 * @param rollout its number
 * @param steps how many steps were undone
 * @param took how long that took; absent of one before that was written down
 */
public record ProvenRollback(String rollout, Instant endedAt, int steps, @Nullable Duration took) {}
