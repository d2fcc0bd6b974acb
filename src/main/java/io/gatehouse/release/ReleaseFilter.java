package io.gatehouse.release;

import org.jspecify.annotations.Nullable;

/**
 * Which releases; what is absent does not matter.
 *
 * @param service the key of one that is in the package
 * @param train the key of the one they go with
 * @param series what they are the next of, as their train or they themselves say
 */
public record ReleaseFilter(
        @Nullable ReleaseState state,
        @Nullable String manager,
        @Nullable String service,
        @Nullable String train,
        @Nullable String series) {

    /** Of whatever series. */
    public ReleaseFilter(
            @Nullable ReleaseState state, @Nullable String manager, @Nullable String service, @Nullable String train) {
        this(state, manager, service, train, null);
    }
}
