package io.gatehouse.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the items in the order of the list
 * @param next the cursor to pass as {@code after} for the following page; absent on the last one
 */
public record Page<T>(List<T> items, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    /** The same page with every item turned into its representation. */
    public <R> Page<R> map(Function<T, R> representation) {
        return new Page<>(items.stream().map(representation).toList(), next);
    }
}
