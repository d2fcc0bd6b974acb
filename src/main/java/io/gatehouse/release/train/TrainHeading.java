package io.gatehouse.release.train;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A train without its milestones, as lists show it. */
public record TrainHeading(
        String key,
        String name,
        @Nullable String series,
        @Nullable Cadence cadence,
        LocalDate startsOn,
        LocalDate releasesOn) {}
