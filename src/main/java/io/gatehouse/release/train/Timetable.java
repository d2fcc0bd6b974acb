package io.gatehouse.release.train;

import io.gatehouse.api.ProblemException;
import io.gatehouse.release.train.ScheduleFile.Week;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a schedule file means for a train. Entries begin with the letter of their series; that of the train is the one most
 * of them begin with. It is left out of the names of milestones, and what belongs to the series before or after keeps
 * its letter: the end of another series is an event here.
 */
final class Timetable {

    private static final Pattern LETTERED = Pattern.compile("[a-z]-[a-z0-9].*");
    private static final int PREFIX = 2;
    private static final int MOST = 500;

    /** Weeks in a row with the same entry. */
    private record Run(Week first, Week last) {

        boolean goesOnIn(Week week) {
            return !week.start().isAfter(last.start().plusWeeks(1));
        }
    }

    private final ScheduleFile file;
    private final String series;

    Timetable(ScheduleFile file) {
        this.file = file;
        this.series = mostOf(file);
    }

    private static String mostOf(ScheduleFile file) {
        Map<String, Long> counts = file.weeks().stream()
                .flatMap(Timetable::entries)
                .filter(entry -> LETTERED.matcher(entry).matches())
                .collect(Collectors.groupingBy(
                        entry -> entry.substring(0, PREFIX), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static Stream<String> entries(Week week) {
        return Stream.concat(week.ofAll().stream(), week.ofProjects().stream());
    }

    /** Every key that a service could have which is in the name of an entry. */
    Set<String> possibleServices() {
        return file.weeks().stream()
                .flatMap(week -> week.ofProjects().stream())
                .flatMap(entry -> beginnings(withoutLetter(entry)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The schedule of the train.
     *
     * @param services those of {@link #possibleServices} that the catalog knows
     */
    Schedule schedule(Set<String> services) {
        file.weeks().forEach(this::refuseTwice);
        List<Milestone> milestones = new ArrayList<>(ofAll());
        for (Week week : file.weeks()) {
            week.ofProjects().forEach(entry -> milestones.add(ofProject(entry, week, services)));
        }
        if (milestones.size() > MOST) {
            throw ProblemException.invalid("schedule", "must have at most " + MOST + " milestones");
        }
        return new Schedule(file.startWeek(), file.releaseWeek(), milestones);
    }

    private void refuseTwice(Week week) {
        Set<String> seen = new HashSet<>();
        entries(week)
                .map(this::shown)
                .filter(name -> !seen.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ProblemException.invalid(
                            "schedule", "must name '%s' once in the week of %s".formatted(name, week.start()));
                });
    }

    private List<Milestone> ofAll() {
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (Week week : file.weeks()) {
            for (String entry : week.ofAll()) {
                List<Run> ofEntry = runs.computeIfAbsent(entry, first -> new ArrayList<>());
                int last = ofEntry.size() - 1;
                if (last >= 0 && ofEntry.get(last).goesOnIn(week)) {
                    ofEntry.set(last, new Run(ofEntry.get(last).first(), week));
                } else {
                    ofEntry.add(new Run(week, week));
                }
            }
        }
        List<Milestone> milestones = new ArrayList<>();
        runs.forEach((entry, ofEntry) -> ofEntry.forEach(run -> milestones.add(new Milestone(
                shown(entry),
                kindOf(entry),
                null,
                null,
                run.first().start(),
                run.last().end()))));
        return milestones;
    }

    /** Of each week one, also of weeks in a row: a project that has a review day each week has several. */
    private Milestone ofProject(String entry, Week week, Set<String> services) {
        List<String> beginnings = beginnings(withoutLetter(entry));
        String service =
                beginnings.stream().filter(services::contains).findFirst().orElse(null);
        return new Milestone(
                shown(entry),
                kindOf(entry),
                service,
                service == null ? beginnings.get(beginnings.size() - 1) : null,
                week.start(),
                week.end());
    }

    /** What it is called here. */
    private String shown(String entry) {
        return isOurs(entry) ? withoutLetter(entry) : entry;
    }

    private MilestoneKind kindOf(String entry) {
        return isOurs(entry) || !LETTERED.matcher(entry).matches()
                ? MilestoneRules.kindOf(shown(entry))
                : MilestoneKind.EVENT;
    }

    private boolean isOurs(String entry) {
        return LETTERED.matcher(entry).matches() && entry.startsWith(series);
    }

    private static String withoutLetter(String entry) {
        return LETTERED.matcher(entry).matches() ? entry.substring(PREFIX) : entry;
    }

    /** {@code a-b-c}, {@code a-b} and {@code a} of the first. */
    private static List<String> beginnings(String name) {
        List<String> beginnings = new ArrayList<>(List.of(name));
        for (int end = name.lastIndexOf('-'); end > 0; end = name.lastIndexOf('-', end - 1)) {
            beginnings.add(name.substring(0, end));
        }
        return beginnings;
    }
}
