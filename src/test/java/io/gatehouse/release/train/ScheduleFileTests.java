package io.gatehouse.release.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleFileTests {

    private static final String FILE =
            """
            start-week: '2026-01-05'
            release-week: '2026-01-12'
            cycle:
              - start: '2026-01-05'
                end: '2026-01-09'
                name: R-1
                x-project:
                  - x-ff
              - start: '2026-01-12'
                end: '2026-01-16'
                project-specific:
                  - x-nova-ff
            """;

    private static String refused(String file) {
        String[] message = new String[1];
        assertThatThrownBy(() -> ScheduleFile.read(file)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().fields()).singleElement().satisfies(wrong -> {
                assertThat(wrong.field()).isEqualTo("schedule");
                message[0] = wrong.message();
            });
        });
        return message[0];
    }

    @Test
    void readsThePublishedSchedule() {
        ScheduleFile file = ScheduleFile.read(TrainFixture.gazpacho());

        assertThat(file.startWeek()).isEqualTo(LocalDate.of(2025, 10, 6));
        assertThat(file.releaseWeek()).isEqualTo(LocalDate.of(2026, 3, 30));
        assertThat(file.weeks()).hasSize(27);
        assertThat(file.weeks().get(9).ofAll()).containsExactly("g-cycle-trail");
        assertThat(file.weeks().get(9).ofProjects()).containsExactly("g-nova-spec-review-day", "g-nova-spec-freeze");
    }

    /** Days may be written with quotation marks or without, and lists may be empty. */
    @Test
    void readsWhatIsWrittenInAnotherWay() {
        ScheduleFile plain = ScheduleFile.read(FILE.replace("'", "").replace("name: R-1", "name:"));
        ScheduleFile empty = ScheduleFile.read(
                FILE.replace("project-specific:\n      - x-nova-ff", "project-specific: []\n    x-project:"));

        assertThat(plain).isEqualTo(ScheduleFile.read(FILE));
        assertThat(empty.weeks().get(1).ofProjects()).isEmpty();
        assertThat(empty.weeks().get(1).ofAll()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
        start-week: '2026-01-05'   | begins: '2026-01-05'       | line 1: the file must have no other fields than start-week, release-week, cycle
        release-week: '2026-01-12' | start-week: '2026-01-12'   | line 2: the file must have the field start-week once
        release-week: '2026-01-12' | ""                         | line 1: the file must have the field release-week
        release-week: '2026-01-12' | release-week:              | line 1: the file must have the field release-week
        release-week: '2026-01-12' | release-week: '2026-01-13' | line 2: release-week must be the start of a week of cycle
        start-week: '2026-01-05'   | start-week: [x]            | line 1: start-week must be text
        cycle:                     | cycle: 4                   | YAML
        start: '2026-01-05'        | start: soon                | line 4: cycle[0].start must be a day such as 2026-03-30
        start: '2026-01-05'        | start: 5                   | line 4: cycle[0].start must be a day such as 2026-03-30
        start: '2026-01-05'        | start: 05.01.2026          | line 4: cycle[0].start must be a day such as 2026-03-30
        start: '2026-01-05'        | start: 0000-01-05          | line 4: cycle[0].start must be a day such as 2026-03-30
        start: '2026-01-05'        | start: 2026-02-30          | line 4: cycle[0].start must be a day that there is
        start: '2026-01-05'        | start: 2026-13-01          | line 4: cycle[0].start must be a day that there is
        start: '2026-01-05'        | start: 2026-01-05T00:00:00 | line 4: cycle[0].start must be a day such as 2026-03-30
        end: '2026-01-09'          | end: '2026-01-04'          | line 5: cycle[0].end must not be before start
        end: '2026-01-09'          | ends: '2026-01-09'         | line 5: cycle[0] must have no other fields than start, end, name, x-project, project-specific
        name: R-1                  | name: [R-1]                | line 6: cycle[0].name must be text
        name: R-1                  | start: '2026-01-05'        | line 6: cycle[0] must have the field start once
        - x-ff                     | - X-FF                     | line 8: cycle[0].x-project[0] must be 1 to 63 lower-case letters
        - x-ff                     | - []                       | line 8: cycle[0].x-project[0] must be text
        - x-ff                     | x-ff                       | line 8: cycle[0].x-project must be a list
        - x-ff                     | ff: x                      | line 8: cycle[0].x-project must be a list
        start: '2026-01-12'        | start: '2026-01-05'        | line 9: cycle[1] must start after the week before it
        start: '2026-01-12'        | start: '2026-01-04'        | line 9: cycle[1] must start after the week before it
        end: '2026-01-16'          | ""                         | line 9: cycle[1] must have the field end
        - x-nova-ff                | - *x                       | YAML in line 12
        """)
    void saysWhatIsWrongAndWhere(String said, String instead, String message) {
        String file = FILE.replace(said, instead == null ? "" : instead);
        assertThat(file).isNotEqualTo(FILE);

        assertThat(refused(file)).contains(message);
    }

    @Test
    void refusesATrainThatReleasesBeforeItStarts() {
        assertThat(refused(FILE.replace("start-week: '2026-01-05'", "start-week: '2026-01-12'")
                        .replace("release-week: '2026-01-12'", "release-week: '2026-01-05'")))
                .isEqualTo("must be right in line 2: release-week must not be before start-week");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "---",
                "a schedule",
                "- a\n- list",
                "{}",
                "cycle: []",
                "start-week: 2026-01-05\nrelease-week: 2026-01-05\ncycle: []",
                "start-week: 2026-01-05\n--- \nrelease-week: 2026-01-05",
                "{a: &x [b], c: *x}",
                "&x {cycle: *x}",
                "{<<: {start-week: 2026-01-05}}",
                "? [a]\n: b",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://x\"]]]]",
                "cycle: !!java.util.Date 5",
                "cycle: !!binary x",
                "a: b: c",
                "\"\\uD800\"",
                "a\u0007b",
                "%YAML 9.9\n---\na: b",
                "%TAG ! tag:x,2000:\n--- !x {}"
            })
    void refusesWhatIsNoSchedule(String file) {
        assertThat(refused(file)).startsWith("must ").doesNotContain("Exception", "snakeyaml");
    }

    @Test
    void refusesWhatWouldGrowWithoutEnd() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        String reason =
                "must be YAML of printable characters, without aliases of lists and maps, at most 10 levels deep";

        assertThat(refused(laughs.toString())).isEqualTo(reason);
        assertThat(refused("[".repeat(50_000))).isEqualTo(reason);
        assertThat(refused("a: ".repeat(50_000))).startsWith("must be YAML");
        assertThat(refused("- ".repeat(50_000))).isEqualTo(reason);
    }

    /** However a file is spoilt: it is a schedule still, or it is refused by name. */
    @Test
    void answersWhateverItIsGiven() {
        String file = TrainFixture.gazpacho();
        List<String> odd = List.of(
                "",
                ":",
                "-",
                "- ",
                "\n",
                "\t",
                "'",
                "\"",
                "[",
                "{",
                "&a ",
                "*a",
                "!!set ",
                "|",
                ">",
                "#",
                "? ",
                "---\n",
                "...",
                "%",
                "\u0000",
                "\uFEFF",
                "\uD83D\uDE80",
                "0",
                "2026-99-99",
                "null",
                "~",
                "<<: ");
        int refused = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder spoilt = new StringBuilder(file);
            int edits = 1 + random.nextInt(3);
            for (int i = 0; i < edits; i++) {
                int from = random.nextInt(spoilt.length());
                int to = Math.min(spoilt.length(), from + random.nextInt(20));
                spoilt.replace(from, to, odd.get(random.nextInt(odd.size())));
            }
            try {
                Schedule schedule = TrainFixture.scheduleOf(spoilt.toString(), Set.of("nova"));
                assertThat(schedule.milestones())
                        .allSatisfy(one -> assertThat(one.endsOn()).isAfterOrEqualTo(one.startsOn()));
            } catch (ProblemException e) {
                assertThat(e.problem().status()).as("seed " + seed).isEqualTo(400);
                assertThat(e.problem().fields()).as("seed " + seed).isNotEmpty();
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 2_999);
    }
}
