package io.gatehouse.release.web;

import io.gatehouse.release.train.Cadence;
import io.gatehouse.release.train.Milestone;
import io.gatehouse.release.train.Schedule;
import io.gatehouse.release.train.Train;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A train as the API shows it. */
record TrainRepresentation(
        String key,
        String name,
        @Nullable String series,
        @Nullable Cadence cadence,
        LocalDate startsOn,
        LocalDate releasesOn,
        List<Milestone> milestones,
        @Nullable Schedule nextPlanned) {

    static TrainRepresentation of(Train train) {
        return new TrainRepresentation(
                train.key(),
                train.content().name(),
                train.content().series(),
                train.content().cadence(),
                train.content().schedule().startsOn(),
                train.content().schedule().releasesOn(),
                train.content().schedule().milestones(),
                train.content().nextPlanned());
    }
}
