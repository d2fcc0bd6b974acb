package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks of changes a list shows; what is null does not restrict it.
 *
 * @param change only those of the change with this number
 * @param mine only those of the caller: theirs by name, or of a group of theirs and nobody's by name
 */
public record ChangeTaskFilter(
        @Nullable String change, ChangeTask.@Nullable State state, @Nullable TaskPhase phase, boolean mine) {}
