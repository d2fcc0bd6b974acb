package io.gatehouse.release.train;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Some days in the schedule of a train that mean something to those who release with it.
 *
 * @param name what it is called, written as a key; no other of its train has this name and starts on the same day
 * @param service the key of the service it is about
 * @param about whom it is about if that is no service of the catalog; with neither it is about the whole train
 * @param endsOn its last day
 */
public record Milestone(
        String name,
        MilestoneKind kind,
        @Nullable String service,
        @Nullable String about,
        LocalDate startsOn,
        LocalDate endsOn) {

    /** The same so many days later. */
    Milestone later(long days) {
        return new Milestone(name, kind, service, about, startsOn.plusDays(days), endsOn.plusDays(days));
    }
}
