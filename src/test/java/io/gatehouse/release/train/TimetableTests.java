package io.gatehouse.release.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.api.ProblemException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimetableTests {

    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

    private static Schedule scheduleOf(String file) {
        return TrainFixture.scheduleOf(file, Set.of("nova", "nova-client", "keystone"));
    }

    private static String file(String... weeks) {
        return "start-week: 2026-01-05\nrelease-week: 2026-01-05\ncycle:\n"
                + IntStream.range(0, weeks.length)
                        .mapToObj(i -> "- {start: %s, end: %s, %s}\n"
                                .formatted(
                                        MONDAY.plusWeeks(i), MONDAY.plusWeeks(i).plusDays(4), weeks[i]))
                        .collect(Collectors.joining());
    }

    @Test
    void weeksInARowAreOneMilestone() {
        assertThat(scheduleOf(TrainFixture.SHORT))
                .isEqualTo(new Schedule(
                        MONDAY,
                        LocalDate.of(2026, 2, 2),
                        List.of(
                                milestone("1", MilestoneKind.MILESTONE, "2026-01-05", "2026-01-09"),
                                milestone("vote", MilestoneKind.EVENT, "2026-01-05", "2026-01-16"),
                                new Milestone(
                                        "nova-ff",
                                        MilestoneKind.FREEZE,
                                        "nova",
                                        null,
                                        LocalDate.parse("2026-01-12"),
                                        LocalDate.parse("2026-01-16")),
                                milestone("vote", MilestoneKind.EVENT, "2026-01-26", "2026-01-30"),
                                milestone("final", MilestoneKind.FINAL, "2026-02-02", "2026-02-06"))));
    }

    private static Milestone milestone(String name, MilestoneKind kind, String startsOn, String endsOn) {
        return new Milestone(name, kind, null, null, LocalDate.parse(startsOn), LocalDate.parse(endsOn));
    }

    @Test
    void whatAProjectDoesInWeeksInARowIsOneOfEachWeek() {
        assertThat(scheduleOf(file("project-specific: [x-nova-review-day]", "project-specific: [x-nova-review-day]"))
                        .milestones())
                .extracting(Milestone::name, Milestone::startsOn)
                .containsExactly(tuple("nova-review-day", MONDAY), tuple("nova-review-day", MONDAY.plusWeeks(1)));
    }

    /** Which keeps its letter, so that nobody takes it for this train's. */
    @Test
    void whatBelongsToAnotherSeriesIsAnEvent() {
        assertThat(scheduleOf(file("x-project: [w-final, x-1]", "x-project: [x-final, y-ff]"))
                        .milestones())
                .extracting(Milestone::name, Milestone::kind)
                .containsExactlyInAnyOrder(
                        tuple("w-final", MilestoneKind.EVENT),
                        tuple("1", MilestoneKind.MILESTONE),
                        tuple("final", MilestoneKind.FINAL),
                        tuple("y-ff", MilestoneKind.EVENT));
    }

    @Test
    void entriesWithoutALetterAreThoseOfTheTrain() {
        assertThat(scheduleOf(file("x-project: [final, feature-freeze]")).milestones())
                .extracting(Milestone::name, Milestone::kind)
                .containsExactly(tuple("feature-freeze", MilestoneKind.FREEZE), tuple("final", MilestoneKind.FINAL));
    }

    @Test
    void saysWhomItIsAbout() {
        assertThat(scheduleOf(
                                file(
                                        "x-project: [x-nova-talk],"
                                                + " project-specific: [x-nova-spec-freeze, x-nova-client-ff, x-oslo-feature-freeze, y-nova-ptg, summit]"))
                        .milestones())
                .extracting(Milestone::name, Milestone::service, Milestone::about)
                .containsExactlyInAnyOrder(
                        tuple("nova-talk", null, null),
                        tuple("nova-spec-freeze", "nova", null),
                        tuple("nova-client-ff", "nova-client", null),
                        tuple("oslo-feature-freeze", null, "oslo"),
                        tuple("y-nova-ptg", "nova", null),
                        tuple("summit", null, "summit"));
    }

    @Test
    void asksForEveryServiceThatCouldBeMeant() {
        assertThat(new Timetable(ScheduleFile.read(file("x-project: [x-ff], project-specific: [x-nova-spec-freeze]")))
                        .possibleServices())
                .containsExactly("nova", "nova-spec", "nova-spec-freeze");
    }

    @ParameterizedTest
    @MethodSource("twice")
    void refusesTwoOfOneNameInAWeek(String week) {
        assertThatThrownBy(() -> scheduleOf(file("x-project: [x-1]", week)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                                e.problem().fields().get(0).message())
                        .isEqualTo("must name 'ff' once in the week of 2026-01-12"));
    }

    static List<String> twice() {
        return List.of(
                "x-project: [x-ff, x-ff]",
                "project-specific: [x-ff, x-ff]",
                "x-project: [x-ff], project-specific: [x-ff]",
                "x-project: [x-ff, ff]");
    }

    @Test
    void refusesMoreThanATrainHolds() {
        String[] weeks = IntStream.range(0, 101)
                .mapToObj(i -> "x-project: [a%d, b%d, c%d, d%d, e%d]".formatted(i, i, i, i, i))
                .toArray(String[]::new);

        assertThatThrownBy(() -> scheduleOf(file(weeks)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                                e.problem().fields().get(0).message())
                        .isEqualTo("must have at most 500 milestones"));
    }

    private record Drawn(LocalDate start, Set<String> entries) {}

    /** Whatever weeks there are: each day of an entry is in one milestone of its name, and no two of them touch. */
    @Test
    void everyEntryIsInOneMilestoneOfItsName() {
        for (int seed = 0; seed < 500; seed++) {
            List<Drawn> weeks = drawn(new Random(seed));
            List<Milestone> milestones = scheduleOf(fileOf(weeks)).milestones();

            int beginnings = 0;
            for (Drawn week : weeks) {
                for (String entry : week.entries()) {
                    assertThat(milestones.stream().filter(one -> covers(one, entry, week.start())))
                            .as("seed %d, %s in the week of %s", seed, entry, week.start())
                            .hasSize(1);
                    beginnings += wasThereTheWeekBefore(weeks, week.start(), entry) ? 0 : 1;
                }
            }
            assertThat(milestones).as("seed " + seed).hasSize(beginnings);
            assertThat(milestones).isSortedAccordingTo(Comparator.comparing(Milestone::startsOn));
        }
    }

    private static boolean covers(Milestone milestone, String entry, LocalDate start) {
        return milestone.name().equals(entry)
                && !milestone.startsOn().isAfter(start)
                && !milestone.endsOn().isBefore(start.plusDays(4));
    }

    private static boolean wasThereTheWeekBefore(List<Drawn> weeks, LocalDate start, String entry) {
        return weeks.stream()
                .anyMatch(week -> week.start().equals(start.minusWeeks(1))
                        && week.entries().contains(entry));
    }

    /** Some weeks are left out, some are empty. */
    private static List<Drawn> drawn(Random random) {
        List<Drawn> weeks = new ArrayList<>();
        LocalDate start = MONDAY;
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            Set<String> entries = new TreeSet<>();
            for (String entry : List.of("ff", "rc1", "talk", "election-voting")) {
                if (random.nextBoolean()) {
                    entries.add(entry);
                }
            }
            weeks.add(new Drawn(start, entries));
            start = start.plusWeeks(random.nextInt(5) == 0 ? 2 : 1);
        }
        return weeks;
    }

    private static String fileOf(List<Drawn> weeks) {
        return "start-week: 2026-01-05\nrelease-week: 2026-01-05\ncycle:\n"
                + weeks.stream()
                        .map(week -> "- {start: %s, end: %s, x-project: [%s]}\n"
                                .formatted(
                                        week.start(),
                                        week.start().plusDays(4),
                                        week.entries().stream()
                                                .map(entry -> "x-" + entry)
                                                .collect(Collectors.joining(", "))))
                        .collect(Collectors.joining());
    }
}
