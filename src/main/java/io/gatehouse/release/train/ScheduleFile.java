package io.gatehouse.release.train;

import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.release.train.YamlPart.Fields;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A schedule as OpenStack publishes those of its series: the weeks of a train and what is in each.
 *
 * @param startWeek the first day of the week in which the train starts
 * @param releaseWeek the first day of the week in which it releases
 * @param weeks in their order
 */
record ScheduleFile(LocalDate startWeek, LocalDate releaseWeek, List<Week> weeks) {

    private static final List<String> FIELDS = List.of("start-week", "release-week", "cycle");
    private static final List<String> OF_WEEKS = List.of("start", "end", "name", "x-project", "project-specific");

    /**
     * @param ofAll what concerns the whole train, as it is called in the file
     * @param ofProjects what concerns a single project
     */
    record Week(LocalDate start, LocalDate end, List<String> ofAll, List<String> ofProjects) {}

    /** @throws ProblemException invalid, naming what is wrong and where */
    static ScheduleFile read(String text) {
        Fields file = YamlPart.of("schedule", text).fields(FIELDS);
        List<Week> weeks = new ArrayList<>();
        for (YamlPart part : file.get("cycle").items()) {
            Week week = week(part.fields(OF_WEEKS));
            if (!weeks.isEmpty()
                    && !week.start().isAfter(weeks.get(weeks.size() - 1).start())) {
                throw part.wrong("must start after the week before it");
            }
            weeks.add(week);
        }
        LocalDate start = startOfAWeek(file.get("start-week"), weeks);
        LocalDate release = startOfAWeek(file.get("release-week"), weeks);
        if (release.isBefore(start)) {
            throw file.get("release-week").wrong("must not be before start-week");
        }
        return new ScheduleFile(start, release, weeks);
    }

    private static Week week(Fields week) {
        week.find("name").ifPresent(YamlPart::text);
        LocalDate start = week.get("start").day();
        LocalDate end = week.get("end").day();
        if (end.isBefore(start)) {
            throw week.get("end").wrong("must not be before start");
        }
        return new Week(start, end, entries(week.items("x-project")), entries(week.items("project-specific")));
    }

    private static List<String> entries(List<YamlPart> parts) {
        return parts.stream().map(ScheduleFile::entry).toList();
    }

    private static String entry(YamlPart part) {
        if (!CatalogKey.isWellFormed(part.text())) {
            throw part.wrong(CatalogKey.MESSAGE);
        }
        return part.text();
    }

    private static LocalDate startOfAWeek(YamlPart part, List<Week> weeks) {
        LocalDate day = part.day();
        if (weeks.stream().noneMatch(week -> week.start().equals(day))) {
            throw part.wrong("must be the start of a week of cycle");
        }
        return day;
    }
}
