package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/** How the change is made, tested, undone and told; free text for people. */
public record Plans(
        @Nullable String implementation,
        @Nullable String test,
        @Nullable String backout,
        @Nullable String communication) {

    public static final Plans NONE = new Plans(null, null, null, null);
}
