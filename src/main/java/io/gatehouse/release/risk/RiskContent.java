package io.gatehouse.release.risk;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What people write of an entry of the register, whatever it is judged to be.
 *
 * @param title one line
 * @param owner id of the person who sees to it
 * @param response what is done about it; absent until somebody has said so
 * @param dueOn the last day for that, in UTC
 * @param blocker whether it keeps the release from going; only an issue does
 * @param knownIssue whether its title is fit for the release notes, which anybody may read; only an issue's is
 */
public record RiskContent(
        String title,
        @Nullable String description,
        String owner,
        @Nullable Response response,
        @Nullable LocalDate dueOn,
        boolean blocker,
        boolean knownIssue) {

    /** What is done about a risk, and how. */
    public record Response(Kind kind, String text) {

        /** The four that the books know. */
        public enum Kind {
            AVOID,
            REDUCE,
            TRANSFER,
            ACCEPT
        }
    }
}
