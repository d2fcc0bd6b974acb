package io.gatehouse.release.train;

import org.jspecify.annotations.Nullable;

/**
 * What people write of a train.
 *
 * @param cadenceWeeks after how many weeks the next one follows; absent if that is not said
 */
public record TrainContent(String name, @Nullable Integer cadenceWeeks, Schedule schedule) {

    TrainContent on(Schedule another) {
        return new TrainContent(name, cadenceWeeks, another);
    }
}
