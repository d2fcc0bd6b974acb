package io.gatehouse.release;

import io.gatehouse.change.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release as far as its order among others goes.
 *
 * @param release its number
 * @param train the key of the train it goes with
 * @param retired whether nobody wants it any more, so that it will never be through anything
 * @param stages what it goes through, in order; production is the last
 */
record StagePlan(String release, @Nullable String train, boolean retired, List<Planned> stages) {

    /** @param through whether it is through this stage */
    record Planned(String stage, Window window, boolean through) {}
}
