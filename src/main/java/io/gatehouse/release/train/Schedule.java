package io.gatehouse.release.train;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * When a train starts, when it releases, and what is in between. Days, wherever somebody reads them: of no time zone.
 *
 * @param milestones in the order of their days; they may lie before and after the train
 */
public record Schedule(LocalDate startsOn, LocalDate releasesOn, List<Milestone> milestones) {

    public Schedule {
        milestones = milestones.stream()
                .sorted(Comparator.comparing(Milestone::startsOn).thenComparing(Milestone::name))
                .toList();
    }

    /** The same so many days later. */
    Schedule later(long days) {
        return new Schedule(
                startsOn.plusDays(days),
                releasesOn.plusDays(days),
                milestones.stream().map(milestone -> milestone.later(days)).toList());
    }
}
