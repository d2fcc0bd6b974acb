package io.gatehouse.release;

import org.jspecify.annotations.Nullable;

/**
 * Which releases; what is absent does not matter.
 *
 * @param service the key of one that is in the package
 * @param train the key of the one they go with
 */
public record ReleaseFilter(
        @Nullable ReleaseState state, @Nullable String manager, @Nullable String service, @Nullable String train) {}
