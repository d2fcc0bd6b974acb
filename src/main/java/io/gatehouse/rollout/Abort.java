package io.gatehouse.rollout;

import org.jspecify.annotations.Nullable;

/**
 * Somebody's word that a rollout is to end where it is.
 *
 * @param by who said so
 * @param keptBy who decided that what had run is kept, if somebody has
 */
public record Abort(String by, String because, @Nullable String keptBy, @Nullable String keptBecause) {}
