package io.gatehouse.release.train;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ProcessTest
@OnH2
class TrainsTests {

    private static final String BODY =
            """
            {"name": "By hand", "series": "by-hand", "cadence": "P4W", "startsOn": "2026-01-05", "releasesOn": "2026-02-02",
             "milestones": [
               {"name": "final", "kind": "FINAL", "startsOn": "2026-02-02", "endsOn": "2026-02-06"},
               {"name": "spec-freeze", "kind": "FREEZE", "service": "nova", "startsOn": "2026-01-12",
                "endsOn": "2026-01-12"},
               {"name": "review-day", "kind": "EVENT", "about": "manila", "startsOn": "2026-01-05",
                "endsOn": "2026-01-05"}]}""";

    @Autowired
    private Trains trains;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    private final String key = "train-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void organisation() {
        ChangeFixture.catalog(jdbc);
    }

    private MvcTestResult put(SignedIn person, String header, String value, String body) {
        return mvc.put()
                .uri("/api/v1/trains/" + key)
                .with(person.signsIn())
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult create(String body) {
        return put(ROLF, "If-None-Match", "*", body);
    }

    private MvcTestResult importSchedule(SignedIn person, String schedule) {
        try {
            return mvc.post()
                    .uri("/api/v1/trains/" + key + "/schedule-imports")
                    .with(person.signsIn())
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(new ObjectMapper().writeValueAsString(Map.of("schedule", schedule)))
                    .exchange();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> differences() throws SQLException {
        return differences("train-" + key);
    }

    private List<String> differences(String object) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of(object)).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }

    private Schedule schedule() {
        return trains.get(key).content().schedule();
    }

    @Test
    void isThereAsItWasWrittenInTheOrderOfItsDays() {
        assertThat(create(BODY)).hasStatus(201).hasHeader("ETag", "\"1\"");

        Train train = trains.get(key);
        assertThat(train.content().name()).isEqualTo("By hand");
        assertThat(train.content().series()).isEqualTo("by-hand");
        assertThat(train.content().cadence()).isEqualTo(Cadence.ofWeeks(4));
        assertThat(schedule())
                .isEqualTo(new Schedule(
                        LocalDate.of(2026, 1, 5),
                        LocalDate.of(2026, 2, 2),
                        List.of(
                                new Milestone(
                                        "review-day",
                                        MilestoneKind.EVENT,
                                        null,
                                        "manila",
                                        LocalDate.of(2026, 1, 5),
                                        LocalDate.of(2026, 1, 5)),
                                new Milestone(
                                        "spec-freeze",
                                        MilestoneKind.FREEZE,
                                        "nova",
                                        null,
                                        LocalDate.of(2026, 1, 12),
                                        LocalDate.of(2026, 1, 12)),
                                new Milestone(
                                        "final",
                                        MilestoneKind.FINAL,
                                        null,
                                        null,
                                        LocalDate.of(2026, 2, 2),
                                        LocalDate.of(2026, 2, 6)))));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    P4W,  2026-02-02, 2026-03-02, 28
                    P6M,  2026-02-02, 2026-08-02, 181
                    P90D, 2026-02-02, 2026-05-03, 90
                    P1Y,  2026-02-02, 2027-02-02, 365
                    P1M,  2026-01-31, 2026-02-28, 28
                    """)
    void saysWhenTheNextOneWouldBe(String cadence, LocalDate releasesOn, LocalDate next, long days)
            throws SQLException {
        assertThat(create(BODY.replace("P4W", cadence).replace("\"2026-02-02\"", "\"" + releasesOn + "\"")))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.nextPlanned.releasesOn")
                .isEqualTo(next.toString());

        TrainContent content = trains.get(key).content();
        assertThat(content.cadence()).hasToString(cadence);
        assertThat(Objects.requireNonNull(content.nextPlanned()).milestones())
                .as("as many days later")
                .zipSatisfy(content.schedule().milestones(), (later, one) -> assertThat(later)
                        .isEqualTo(one.later(days)));
        assertThat(differences()).isEmpty();
    }

    @Test
    void saysNothingOfTheNextOneWithoutACadence() {
        assertThat(create(BODY.replace("\"cadence\": \"P4W\",", "")))
                .hasStatus(201)
                .bodyJson()
                .doesNotHavePath("$.nextPlanned");
    }

    /** As it was written before series were. */
    @Test
    void hasTheDigestOfBeforeWithoutSeries() {
        create(BODY.replace("\"series\": \"by-hand\",", ""));
        Train train = trains.get(key);
        List<@Nullable Object> before =
                new ArrayList<>(List.of(key, 1L, "By hand", 4, LocalDate.of(2026, 1, 5), LocalDate.of(2026, 2, 2), 3));
        train.content()
                .schedule()
                .milestones()
                .forEach(one -> before.addAll(Arrays.asList(
                        one.startsOn(), one.name(), one.endsOn(), one.kind(), one.service(), one.about())));

        assertThat(train.fingerprint()).isEqualTo(Fingerprint.of(before));
    }

    @Test
    void isReplacedAsAWholeByWhoeverReadIt() {
        create(BODY);
        String bare = "{\"name\": \"Bare\", \"startsOn\": \"2026-01-06\", \"releasesOn\": \"2026-01-06\"}";

        assertThat(create(bare)).hasStatus(412);
        assertThat(put(ROLF, "If-Match", "\"2\"", bare)).hasStatus(412);
        assertThat(put(ROLF, "If-Match", "\"1\"", bare)).hasStatus(200).hasHeader("ETag", "\"2\"");

        TrainContent content = trains.get(key).content();
        assertThat(content)
                .isEqualTo(new TrainContent(
                        "Bare", null, new Schedule(LocalDate.of(2026, 1, 6), LocalDate.of(2026, 1, 6), List.of())));
    }

    @Test
    void takesOverThePublishedSchedule() {
        create(BODY);

        assertThat(importSchedule(ROLF, TrainFixture.gazpacho())).hasStatus(200).hasHeader("ETag", "\"2\"");

        TrainContent content = trains.get(key).content();
        assertThat(content.name()).isEqualTo("By hand");
        assertThat(content.series()).isEqualTo("by-hand");
        assertThat(content.cadence()).isEqualTo(Cadence.ofWeeks(4));
        assertThat(content.schedule()).isEqualTo(TrainFixture.scheduleOf(TrainFixture.gazpacho(), Set.of("nova")));
        assertThat(schedule().milestones())
                .contains(
                        new Milestone(
                                "nova-spec-freeze",
                                MilestoneKind.FREEZE,
                                "nova",
                                null,
                                LocalDate.of(2025, 12, 1),
                                LocalDate.of(2025, 12, 5)),
                        new Milestone(
                                "oslo-feature-freeze",
                                MilestoneKind.FREEZE,
                                null,
                                "oslo",
                                LocalDate.of(2026, 2, 9),
                                LocalDate.of(2026, 2, 13)),
                        new Milestone(
                                "h-election-voting",
                                MilestoneKind.EVENT,
                                null,
                                null,
                                LocalDate.of(2026, 3, 2),
                                LocalDate.of(2026, 3, 20)));
    }

    @Test
    void hasNothingOfTheScheduleOfBefore() throws SQLException {
        create(BODY);
        importSchedule(ROLF, TrainFixture.gazpacho());

        assertThat(importSchedule(ROLF, TrainFixture.SHORT)).hasStatus(200).hasHeader("ETag", "\"3\"");

        assertThat(schedule()).isEqualTo(TrainFixture.scheduleOf(TrainFixture.SHORT, Set.of("nova")));
        assertThat(differences()).isEmpty();
        assertThat(importSchedule(ROLF, TrainFixture.SHORT))
                .as("the same again")
                .hasStatus(200);
    }

    @Test
    void staysAsItIsWhenAFileIsWrong() throws SQLException {
        create(BODY);
        Train before = trains.get(key);

        assertThat(importSchedule(ROLF, TrainFixture.gazpacho().replace("'2026-01-16'", "'2026-01-11'")))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields[0].message")
                .asString()
                .contains("cycle[15].end must not be before start");
        assertThat(importSchedule(ROLF, "[".repeat(1000))).hasStatus(400);
        assertThat(importSchedule(ROLF, " ")).hasStatus(400);

        assertThat(trains.get(key)).isEqualTo(before);
        assertThat(differences()).isEmpty();
    }

    @Test
    void isThereBeforeItsSchedule() {
        assertThat(importSchedule(ROLF, TrainFixture.SHORT)).hasStatus(404);
        assertThat(mvc.get().uri("/api/v1/trains/" + key).with(RITA.signsIn())).hasStatus(404);
        assertThat(mvc.get().uri("/api/v1/trains/Not-A-Key").with(RITA.signsIn()))
                .hasStatus(404);
    }

    @Test
    void isWrittenByReleaseManagersAndReadByAll() {
        assertThat(put(MONA, "If-None-Match", "*", BODY)).hasStatus(403);
        create(BODY);
        assertThat(importSchedule(MONA, TrainFixture.SHORT)).hasStatus(403);

        assertThat(mvc.get().uri("/api/v1/trains/" + key).with(RITA.signsIn())).hasStatus(200);
    }

    @Test
    void listsTrainsByKey() {
        create(BODY);
        ROLF.runs(() -> {
            trains.put(key + "-b", trains.get(key).content(), Precondition.parse(null, "*"));
            trains.put(key + "-a", trains.get(key).content(), Precondition.parse(null, "*"));
        });

        assertThat(trains.list(new PageQuery(key, 1)).items())
                .containsExactly(new TrainHeading(
                        key + "-a",
                        "By hand",
                        "by-hand",
                        Cadence.ofWeeks(4),
                        LocalDate.of(2026, 1, 5),
                        LocalDate.of(2026, 2, 2)));
        assertThat(trains.list(new PageQuery(key + "-a", 1)).items())
                .extracting(TrainHeading::key)
                .containsExactly(key + "-b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    "releasesOn": "2026-02-02"   | "releasesOn": "2026-01-04"       | releasesOn
                    "releasesOn": "2026-02-02"   | "releasesOn": "+12026-02-02"     | releasesOn
                    "releasesOn": "2026-02-02"   | "releasesOn": "2026-02-30"       | releasesOn
                    "startsOn": "2026-01-05", "r | "startsOn": "0999-01-05", "r     | startsOn
                    "cadence": "P4W"             | "cadence": "P0W"                 | cadence
                    "cadence": "P4W"             | "cadence": "P1Y6M"               | cadence
                    "cadence": "P4W"             | "cadence": "P1000D"              | cadence
                    "cadence": "P4W"             | "cadence": "PT6H"                | cadence
                    "cadence": "P4W"             | "cadence": 4                     | cadence
                    "cadence": "P4W"             | "cadence": ""                    | cadence
                    "series": "by-hand"          | "series": "By hand"              | series
                    "series": "by-hand"          | "series": ""                     | series
                    "endsOn": "2026-02-06"       | "endsOn": "2026-02-01"           | milestones
                    "endsOn": "2026-02-06"       | "endsOn": "-0001-02-01"          | milestones
                    "service": "nova"            | "service": "novva"               | milestones
                    "service": "nova"            | "service": "nova", "about": "it" | milestones
                    "about": "manila"            | "about": ""                      | milestones[2].about
                    "name": "final"              | "name": "Final"                  | milestones[0].name
                    "kind": "FINAL"              | "kind": "LAST"                   | milestones[0].kind
                    """)
    void refusesWhatMakesNoSenseAsATrain(String said, String instead, String field) {
        String body = BODY.replace(said, instead);
        assertThat(body).isNotEqualTo(BODY);

        assertThat(create(body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields[*].field")
                .asArray()
                .contains(field);
    }

    @Test
    void refusesTwoMilestonesOfOneNameThatStartOnOneDay() {
        String twice = BODY.replace("\"spec-freeze\"", "\"review-day\"").replace("2026-01-12", "2026-01-05");

        assertThat(create(twice))
                .hasStatus(400)
                .bodyText()
                .contains("must not be two of one name that start on the same day ('review-day' of 2026-01-05)");
    }

    @Test
    void everyTableOfATrainIsHeldAgainstTheTrail() throws SQLException {
        create(BODY);
        assertThat(differences()).isEmpty();

        for (String edit : List.of(
                "update release_train set releases_on = '2026-02-03' where train_key = ?",
                "update release_train set cadence_weeks = null where train_key = ?",
                "update release_train set cadence = 'P6M' where train_key = ?",
                "update release_train set series = 'another' where train_key = ?",
                "update release_train_milestone set ends_on = '2026-01-13' where name = 'spec-freeze' and train_key = ?",
                "update release_train_milestone set kind = 'EVENT' where name = 'final' and train_key = ?",
                "update release_train_milestone set service_key = 'keystone' where service_key = 'nova' and train_key = ?",
                "delete from release_train_milestone where about = 'manila' and train_key = ?")) {
            assertThat(jdbc.update(edit, key)).as(edit).isEqualTo(1);
            assertThat(differences()).as(edit).containsExactly("ALTERED");
        }
    }

    @Test
    void theTrailSaysWhichFileWasTakenOver() {
        create(BODY);
        importSchedule(ROLF, TrainFixture.SHORT);

        assertThat(jdbc.queryForObject(
                        "select payload from audit_entry where object = ? and action = 'release.TrainScheduled'",
                        String.class,
                        "train-" + key))
                .contains("scheduleSha256", "2026-02-02");
    }
}
