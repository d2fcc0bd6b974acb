package io.gatehouse.release;

import org.jspecify.annotations.Nullable;

/**
 * What came of a test. Cases that were skipped count neither for nor against it.
 *
 * @param link where its report is
 * @param reportSha256 the digest of the report, in hexadecimal
 */
public record TestResult(
        int passed,
        int failed,
        int skipped,
        @Nullable String link,
        @Nullable String reportSha256,
        @Nullable String note) {

    /** Never if no case ran. */
    boolean reaches(int percent) {
        long ran = (long) passed + failed;
        return ran > 0 && 100L * passed >= percent * ran;
    }

    String sentence() {
        return passed + " of " + ((long) passed + failed) + " cases passed"
                + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }
}
