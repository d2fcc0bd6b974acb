package io.gatehouse.release.web;

import io.gatehouse.release.train.Milestone;
import io.gatehouse.release.train.Train;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A train as the API shows it. */
record TrainRepresentation(
        String key,
        String name,
        @Nullable Integer cadenceWeeks,
        LocalDate startsOn,
        LocalDate releasesOn,
        List<Milestone> milestones) {

    static TrainRepresentation of(Train train) {
        return new TrainRepresentation(
                train.key(),
                train.content().name(),
                train.content().cadenceWeeks(),
                train.content().schedule().startsOn(),
                train.content().schedule().releasesOn(),
                train.content().schedule().milestones());
    }
}
