package io.gatehouse.release;

import org.jspecify.annotations.Nullable;

/**
 * Which releases; what is absent does not matter.
 *
 * @param service the key of one that is in the package
 */
public record ReleaseFilter(@Nullable ReleaseState state, @Nullable String manager, @Nullable String service) {}
