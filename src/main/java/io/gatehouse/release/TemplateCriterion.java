package io.gatehouse.release;

import java.time.Duration;
import java.time.Instant;

/**
 * A criterion as a template has it, whose time is counted back from production.
 *
 * @param title one line
 * @param askedGroup the role or team of which somebody says whether it is so
 * @param daysBefore how many days before the window of the release it should be said
 */
public record TemplateCriterion(String title, String askedGroup, int daysBefore) {

    private static final Duration SHORTEST = Duration.ofDays(1);

    /** The criterion of a release that is planned now: whoever is asked has a day, if the window leaves as much. */
    CriterionContent of(Release release, Instant now) {
        Instant planned = release.content().window().startsAt().minus(Duration.ofDays(daysBefore));
        Instant earliest = now.plus(SHORTEST);
        Instant latest = release.content().window().endsAt();
        Instant dueAt = planned.isBefore(earliest) ? earliest : planned;
        return new CriterionContent(title, null, null, askedGroup, dueAt.isAfter(latest) ? latest : dueAt);
    }
}
