package io.gatehouse.rollout;

import java.time.Instant;

/**
 * Somebody's word that no further step of a rollout may begin for now.
 *
 * @param by who said so
 */
public record Pause(Instant since, String by, String because) {}
