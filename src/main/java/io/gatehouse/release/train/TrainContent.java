package io.gatehouse.release.train;

import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What people write of a train.
 *
 * @param series what it is the next of, written as a key: {@code openstack}; absent if of nothing
 * @param cadence after what time the next one follows; absent if that is not said
 */
public record TrainContent(String name, @Nullable String series, @Nullable Cadence cadence, Schedule schedule) {

    /** One that is of no series. */
    public TrainContent(String name, @Nullable Cadence cadence, Schedule schedule) {
        this(name, null, cadence, schedule);
    }

    TrainContent on(Schedule another) {
        return new TrainContent(name, series, cadence, another);
    }

    /**
     * When the next train would be, as the cadence says: it releases so much later, and everything else is as many days
     * later as that is, so that the days between stay. Absent without a cadence.
     */
    public @Nullable Schedule nextPlanned() {
        return cadence == null
                ? null
                : schedule.later(ChronoUnit.DAYS.between(schedule.releasesOn(), cadence.after(schedule.releasesOn())));
    }
}
