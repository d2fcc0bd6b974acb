package io.gatehouse.cab;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who approved a change demanded, to be met before it starts.
 *
 * @param position counts the conditions of a vote, from 1
 * @param seat who demanded it
 * @param metBy who said that it is met; absent until then
 */
record Condition(
        int position,
        String seat,
        String demanded,
        @Nullable String metBy,
        @Nullable Instant metAt,
        @Nullable String metNote) {

    boolean isMet() {
        return metBy != null;
    }
}
