package io.gatehouse.release.report;

import io.gatehouse.release.Forecast;
import io.gatehouse.release.StageTimes;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of the stages of a release.
 *
 * @param stages of each stage, in order; absent of one that is done or given up
 * @param method on what that rests, as a sentence
 */
public record Outlook(List<@Nullable Forecast> stages, String method) {

    /** Of stages of which no more is expected. */
    static Outlook none(List<StageTimes> stages, String because) {
        return new Outlook(Collections.nCopies(stages.size(), null), because);
    }

    /** When the last stage will be done; absent if it is, or if nobody wants it any more. */
    public @Nullable Forecast end() {
        return stages.get(stages.size() - 1);
    }
}
