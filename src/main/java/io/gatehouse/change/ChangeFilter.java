package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/** Which changes a list is about; what is absent does not matter. */
public record ChangeFilter(
        @Nullable ChangeState state,
        @Nullable ChangeType type,
        @Nullable String service,
        @Nullable String environment,
        @Nullable String requester) {}
