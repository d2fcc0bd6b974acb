package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a criterion.
 *
 * @param by id of the person who said it; absent if the release was over
 */
public record CriterionAnswer(Kind kind, @Nullable String by, Instant at, String note) {

    /** What it makes of the criterion. */
    public enum Kind {
        /** Its owner says that it is so. */
        CONFIRMED(Criterion.State.CONFIRMED),
        /** Its owner says that it is not. */
        NOT_MET(Criterion.State.NOT_MET),
        /** Its owner is asked again. */
        REOPENED(Criterion.State.OPEN),
        /** Nobody wants it any more. */
        WITHDRAWN(Criterion.State.WITHDRAWN);

        private final Criterion.State state;

        Kind(Criterion.State state) {
            this.state = state;
        }

        Criterion.State state() {
            return state;
        }
    }
}
