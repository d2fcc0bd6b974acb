package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Window;
import io.gatehouse.release.report.Outlook;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes rows as they come about, reads them again by plain SQL, and holds every figure of the reports against what
 * follows from them.
 */
@ProcessTest
@OnH2
@Transactional
class StatusReportTests {

    private static final String TRAIN = "status-report";
    private static final String NAME = "Zoë <img src=x onerror=alert(1)> & 山田";
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @Autowired
    private Releases releases;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    private Instant now = Instant.EPOCH;

    @BeforeEach
    void sixReleasesOfATrain() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        now = clock.instant();
        jdbc.update(
                "insert into release_train (train_key, version, name, starts_on, releases_on) values (?, 1, 'T', ?, ?)",
                TRAIN,
                LocalDate.of(2030, 1, 1),
                LocalDate.of(2035, 1, 1));
        Random random = new Random(51);
        for (int i = 1; i <= 6; i++) {
            Instant planned = now.minus(Duration.ofDays(60));
            double[] pace = random.doubles(3, 0.8, 1.6).toArray();
            String stored = release(i, "CLOSED", planned, hours(planned, 120 * pace[0]));
            Instant entered = hours(planned, 130);
            run(stored, "FAILED", entered, hours(entered, 10));
            run(stored, "PASSED", hours(entered, 10), hours(entered, 72 * pace[1]));
            carried(stored, planned.plus(Duration.ofDays(9)), hours(planned.plus(Duration.ofDays(9)), 6 * pace[2]));
        }
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    private static Instant hours(Instant from, double hours) {
        return from.plusSeconds((long) (3600 * hours));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    /** Prepared for five days, in staging for three, in production for six hours: so it is planned. */
    private String release(int which, String state, Instant planned, @Nullable Instant confirmed) {
        String stored = ReleaseNumber.stored(2039, which);
        Instant stage = planned.plus(Duration.ofDays(5));
        Instant window = planned.plus(Duration.ofDays(9));
        jdbc.update(
                """
                insert into software_release (number, version, state, name, manager, ready_on, environment_key,
                  window_starts_at, window_ends_at, data_migration, downtime, backout_tested, train_key, confirmed_by,
                  confirmed_at, planned_by, planned_at, ended_at, stages)
                values (?, 1, ?, ?, 'rolf', ?, 'production', ?, ?, false, false, true, ?, 'rolf', ?, 'rolf', ?, ?, ?)""",
                stored,
                state,
                NAME,
                LocalDate.ofInstant(planned.plus(Duration.ofDays(6)), ZoneOffset.UTC),
                utc(window),
                utc(hours(window, 6)),
                TRAIN,
                confirmed == null ? null : utc(confirmed),
                utc(planned),
                state.equals("CLOSED") ? utc(hours(window, 48)) : null,
                StoredStages.write(List.of(new ReleaseStage(
                        "staging",
                        "staging",
                        new Window(stage, stage.plus(Duration.ofDays(3))),
                        List.of(),
                        List.of(),
                        "qa-lead"))));
        jdbc.update(
                "insert into software_release_item (release_number, service_key, new_version) values (?, 'nova', '31')",
                stored);
        return stored;
    }

    private void run(String stored, @Nullable String outcome, Instant entered, @Nullable Instant ended) {
        Release release = releases.find(ReleaseNumber.of(stored));
        jdbc.update(
                """
                insert into release_stage_run (release_number, stage, tested_sha256, opened_at, entered_at, outcome,
                  ended_at)
                values (?, 'staging', ?, ?, ?, ?, ?)""",
                stored,
                Stages.tested(release, release.content().stages().get(0)),
                utc(entered),
                utc(entered),
                outcome,
                ended == null ? null : utc(ended));
    }

    /** By a change that is reviewed and closed a day after it has deployed. */
    private void carried(String stored, Instant window, Instant deployed) {
        jdbc.update(
                """
                insert into change_request (version, type, state, title, environment_key, requester, window_starts_at,
                  window_ends_at, data_migration, downtime, backout_tested, approval_round, rolled_back, created_at)
                values (1, 'NORMAL', 'CLOSED', ?, 'production', 'rolf', ?, ?, false, false, true, 1, false, ?)""",
                stored,
                utc(window),
                utc(hours(window, 6)),
                utc(window));
        long id = jdbc.queryForObject("select max(id) from change_request where title = ?", Long.class, stored);
        String change = "CHG-%06d".formatted(id);
        jdbc.update("update software_release set change_number = ? where number = ?", change, stored);
        jdbc.update(
                """
                insert into deployment (service_key, environment_key, deployed_version, change_number, deployed_at)
                values ('nova', 'production', '31', ?, ?)""",
                change,
                utc(deployed));
    }

    private void book(String stored, String hours, long cents, @Nullable Long reverses) {
        jdbc.update(
                """
                insert into release_booking (release_number, spent_on, hours, money, what, booked_by, booked_at,
                  reverses)
                values (?, ?, ?, ?, 'Work', 'rolf', ?, ?)""",
                stored,
                LocalDate.of(2030, 1, 1),
                new BigDecimal(hours),
                cents,
                utc(now),
                reverses);
    }

    private void budget(String stored, String hours, long cents) {
        jdbc.update(
                """
                insert into release_budget (release_number, version, planned_hours, planned_money, currency)
                values (?, 1, ?, ?, 'EUR')""",
                stored,
                new BigDecimal(hours),
                cents);
    }

    /** What follows from the rows of a release, read one by one. */
    private List<StageTimes> times(String stored) {
        Map<String, Object> row = jdbc.queryForMap("select * from software_release where number = ?", stored);
        Instant planned = moment(row.get("planned_at"));
        Instant stage = planned.plus(Duration.ofDays(5));
        Instant window = moment(row.get("window_starts_at"));
        String change = (String) row.get("change_number");
        return List.of(
                new StageTimes(
                        "preparation",
                        new Window(planned, stage),
                        planned,
                        row.get("confirmed_at") == null ? null : moment(row.get("confirmed_at"))),
                new StageTimes(
                        "staging",
                        new Window(stage, stage.plus(Duration.ofDays(3))),
                        single("select min(entered_at) from release_stage_run where release_number = ?", stored),
                        single(
                                "select max(ended_at) from release_stage_run where outcome = 'PASSED' and release_number = ?",
                                stored)),
                new StageTimes(
                        "production",
                        new Window(window, moment(row.get("window_ends_at"))),
                        change == null
                                ? null
                                : single("select window_starts_at from change_request where title = ?", stored),
                        change == null
                                ? null
                                : single("select max(deployed_at) from deployment where change_number = ?", change)));
    }

    private @Nullable Instant single(String sql, String key) {
        return jdbc.query(sql, (row, i) -> row.getObject(1, LocalDateTime.class), key).stream()
                .filter(Objects::nonNull)
                .map(moment -> moment.toInstant(ZoneOffset.UTC))
                .findFirst()
                .orElse(null);
    }

    private static Instant moment(Object column) {
        return (column instanceof LocalDateTime moment ? moment : ((Timestamp) column).toLocalDateTime())
                .toInstant(ZoneOffset.UTC);
    }

    private List<List<StageTimes>> past() {
        List<List<StageTimes>> past = new ArrayList<>();
        jdbc.queryForList(
                        "select number from software_release where state = 'CLOSED' and train_key = ? order by id desc",
                        String.class,
                        TRAIN)
                .forEach(stored -> past.add(times(stored)));
        return past;
    }

    private byte[] get(String stored, String path, String accept) {
        MvcTestResult answer = mvc.get()
                .uri("/api/v1/releases/" + ReleaseNumber.of(stored) + path)
                .header("Accept", accept)
                .with(RITA.signsIn())
                .exchange();
        assertThat(answer).hasStatusOk().hasContentTypeCompatibleWith(accept);
        return answer.getResponse().getContentAsByteArray();
    }

    private String progress(String stored) {
        return new String(get(stored, "/progress", "application/json"), StandardCharsets.UTF_8);
    }

    private String page(String stored) {
        return new String(get(stored, "/status-report", "text/html"), StandardCharsets.UTF_8);
    }

    private String sheet(String stored) throws IOException {
        try (PDDocument document = Loader.loadPDF(get(stored, "/status-report", "application/pdf"))) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    @Test
    void saysOfOneUnderWayWhatFollowsFromItsRows() throws IOException {
        Instant planned = now.minus(Duration.ofDays(7));
        String stored = release(7, "TESTING", planned, hours(planned, 126));
        run(stored, "FAILED", hours(planned, 128), hours(planned, 140));
        run(stored, null, hours(planned, 141), null);
        budget(stored, "100", 500_000);
        book(stored, "80", 120_000, null);
        book(stored, "30.25", 1_005, null);
        book(stored, "-30.25", -1_005, jdbc.queryForObject("select max(id) from release_booking", Long.class));

        List<StageTimes> times = times(stored);
        Outlook outlook = EndForecast.of(times, past(), now);
        Forecast staging = Objects.requireNonNull(outlook.stages().get(1));
        Forecast end = Objects.requireNonNull(outlook.end());
        // Five days are done, and of three days of staging as much as of the time until it is likely over.
        double gone = Duration.between(hours(planned, 128), now).toSeconds();
        double share =
                gone / Duration.between(hours(planned, 128), staging.likely()).toSeconds();
        double done = (5 * 24 + 3 * 24 * share) / (8 * 24 + 6);
        Map<String, Object> spent = jdbc.queryForMap(
                "select sum(hours) as hours, sum(money) as money from release_booking where release_number = ?",
                stored);
        BigDecimal hours = new BigDecimal(spent.get("hours").toString());
        BigDecimal money = new BigDecimal(spent.get("money").toString()).movePointLeft(2);
        Instant windowEnd = times.get(2).planned().endsAt();

        String json = progress(stored);
        assertThat(JsonPath.<Integer>read(json, "$.donePercent"))
                .isEqualTo((int) (100 * done))
                .isBetween(70, 99);
        assertThat(JsonPath.<String>read(json, "$.plannedEnd")).isEqualTo(windowEnd.toString());
        assertThat(JsonPath.<Map<String, String>>read(json, "$.forecast"))
                .containsEntry("likely", end.likely().toString())
                .containsEntry("earliest", String.valueOf(end.earliest()))
                .containsEntry("latest", String.valueOf(end.latest()));
        assertThat(JsonPath.<List<String>>read(json, "$.stages[*].name"))
                .containsExactly("preparation", "staging", "production");
        assertThat(JsonPath.<String>read(json, "$.stages[1].startedAt"))
                .as("when it was entered first")
                .isEqualTo(hours(planned, 128).toString());
        assertThat(JsonPath.<String>read(json, "$.stages[1].forecast.likely"))
                .isEqualTo(staging.likely().toString());
        assertThat(JsonPath.<String>read(json, "$.time.status"))
                .isEqualTo(
                        end.likely().isAfter(windowEnd)
                                ? "LATE"
                                : Objects.requireNonNull(end.latest()).isAfter(windowEnd) ? "AT_RISK" : "ON_TIME");
        assertThat(JsonPath.<Number>read(json, "$.budget.spent.hours").doubleValue())
                .isEqualTo(hours.doubleValue());
        assertThat(JsonPath.<Number>read(json, "$.budget.spent.money.amount").doubleValue())
                .isEqualTo(money.doubleValue());
        assertThat(JsonPath.<String>read(json, "$.budget.status"))
                .isEqualTo(hours.doubleValue() / done > 100 ? "AT_RISK" : "WITHIN_BUDGET");

        String page = page(stored);
        assertThat(page).doesNotContain("<img").contains("&lt;img src=x");
        String likely = SHOWN.format(end.likely());
        for (String text : List.of(page, sheet(stored))) {
            assertThat(text)
                    .contains(ReleaseNumber.of(stored), "TESTING", "rolf", likely)
                    .contains((int) (100 * done) + " percent")
                    .contains("%.2f of 100.00 hours".formatted(hours))
                    .contains("%,.2f EUR of 5,000.00 EUR".formatted(money))
                    .contains("As of " + SHOWN.format(now))
                    .contains("From 19 stages done before")
                    .contains("Its seats have not been asked yet.");
        }
        assertThat(sheet(stored)).contains("Zoë <img src=x onerror=alert(1)> & 山田");
    }

    @Test
    void saysWhatIsOpenInItsRegister() throws IOException {
        String stored = release(8, "PLANNED", now.minus(Duration.ofDays(3)), null);
        Random random = new Random(8);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int i = 0; i < 50; i++) {
            entry(stored, "RISK", today.plusDays(random.nextInt(9) - 4), false, 1 + random.nextInt(5), 1 + i % 4);
        }
        entry(stored, "RISK", today, true, 5, 5);
        entry(stored, "ISSUE", null, false, null, 5);
        entry(stored, "ISSUE", today.minusDays(1), false, null, 4);

        for (String text : List.of(page(stored), sheet(stored))) {
            String said = words(text);
            for (String line : lines(stored, "RISK")) {
                assertThat(said).contains(line);
            }
            for (String line : lines(stored, "ISSUE")) {
                assertThat(said).contains(line);
            }
            assertThat(said).contains("and 47 more, in the register").containsOnlyOnce("more, in the register");
            assertThat(said.split("RISK-\\d{6} Entry", -1)).hasSize(1 + 3 + 2);
        }
        assertThat(lines(stored, "ISSUE").get(1)).contains("OVERDUE 20 of 25");
    }

    @Test
    void saysThatNothingIsOpen() throws IOException {
        String stored = release(8, "PLANNED", now.minus(Duration.ofDays(3)), null);

        for (String text : List.of(page(stored), sheet(stored))) {
            assertThat(text)
                    .contains("Top risks", "No risk is open.", "Open issues", "No issue is open.")
                    .doesNotContain("more, in the register");
        }
    }

    /** Judged twice. */
    private void entry(
            String stored,
            String kind,
            @Nullable LocalDate dueOn,
            boolean closed,
            @Nullable Integer likelihood,
            int consequence) {
        jdbc.update(
                """
                insert into release_risk (release_number, version, kind, title, owner, due_on, raised_by, raised_at,
                  closed_by, closed_at, closing_note)
                values (?, 1, ?, 'Entry <b>', 'oskar', ?, 'rita', ?, ?, ?, ?)""",
                stored,
                kind,
                dueOn,
                utc(now),
                closed ? "rita" : null,
                closed ? utc(now) : null,
                closed ? "Over" : null);
        Long id = jdbc.queryForObject("select max(id) from release_risk", Long.class);
        for (int position = 1; position <= 2; position++) {
            jdbc.update(
                    """
                    insert into release_risk_assessment (risk_id, position, likelihood, consequence, assessed_by,
                      assessed_at)
                    values (?, ?, ?, ?, 'rita', ?)""",
                    id,
                    position,
                    likelihood,
                    position == 1 ? 3 : consequence,
                    utc(now));
        }
    }

    /** What follows from the rows: the three open ones of the greatest product, and how that moved. */
    private List<String> lines(String stored, String kind) {
        return jdbc.query(
                """
                select r.id, r.due_on, coalesce(a.likelihood, 5) * a.consequence as rating,
                  coalesce(b.likelihood, 5) * b.consequence as old_rating
                from release_risk r join release_risk_assessment a on a.risk_id = r.id and a.position = 2
                  join release_risk_assessment b on b.risk_id = r.id and b.position = 1
                where r.release_number = ? and r.kind = ? and r.closed_at is null
                order by coalesce(a.likelihood, 5) * a.consequence desc, r.id limit 3""",
                (row, i) -> {
                    LocalDate due = row.getObject("due_on", LocalDate.class);
                    int moved = row.getInt("rating") - row.getInt("old_rating");
                    return "RISK-%06d Entry <b> %s%d of 25, %s, %s, owner oskar"
                            .formatted(
                                    row.getLong("id"),
                                    due != null && due.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))
                                            ? "OVERDUE "
                                            : "",
                                    row.getInt("rating"),
                                    moved > 0 ? "rising" : moved < 0 ? "falling" : "steady",
                                    due == null
                                            ? "no day set"
                                            : "due "
                                                    + DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH)
                                                            .format(due));
                },
                stored,
                kind);
    }

    /** Without tags, and each blank once. */
    private static String words(String text) {
        return text.replaceAll("(?s)<(?!b>)[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("\\s+", " ");
    }

    @Test
    void saysOfOneInProductionWhatCameOfIt() throws IOException {
        Instant planned = now.minus(Duration.ofDays(20));
        String stored = release(8, "CLOSED", planned, hours(planned, 100));
        run(stored, "PASSED", hours(planned, 120), hours(planned, 200));
        Instant deployed = hours(planned.plus(Duration.ofDays(9)), 9.5);
        carried(stored, planned.plus(Duration.ofDays(9)), deployed);
        budget(stored, "10", 500_000);
        book(stored, "10.5", 0, null);
        decision(stored, hours(planned, 210));

        String json = progress(stored);

        assertThat(JsonPath.<Integer>read(json, "$.donePercent")).isEqualTo(100);
        assertThat(JsonPath.<Map<String, Object>>read(json, "$")).doesNotContainKey("forecast");
        assertThat(JsonPath.<String>read(json, "$.stages[2].endedAt"))
                .as("when it was deployed, which is not when somebody had reviewed it")
                .isEqualTo(deployed.truncatedTo(ChronoUnit.SECONDS).toString());
        assertThat(JsonPath.<String>read(json, "$.time.status")).isEqualTo("LATE");
        assertThat(JsonPath.<List<String>>read(json, "$.time.reasons"))
                .containsExactly(
                        "It was in production on " + SHOWN.format(deployed) + ", 3 hours after its window ended.");
        assertThat(JsonPath.<String>read(json, "$.budget.status")).isEqualTo("OVER");
        for (String text : List.of(page(stored), sheet(stored))) {
            assertThat(text)
                    .contains("LATE", "OVER", "0.50 hours too much", "100 percent")
                    .contains(
                            "IN PRODUCTION", "nothing is left to forecast", "Its criteria are not looked at any more.")
                    .contains("GO on " + SHOWN.format(hours(planned, 210)) + ": All are for it.")
                    .contains("qa-lead: GO, Looks well");
        }
    }

    @Test
    void expectsNothingOfOneThatWasGivenUp() throws IOException {
        Instant planned = now.minus(Duration.ofDays(30));
        String stored = release(9, "RETIRED", planned, null);
        jdbc.update("update software_release set ended_at = ? where number = ?", utc(hours(planned, 48)), stored);

        String json = progress(stored);

        assertThat(JsonPath.<Map<String, Object>>read(json, "$")).doesNotContainKey("forecast");
        assertThat(JsonPath.<Map<String, Object>>read(json, "$.time")).doesNotContainKey("status");
        assertThat(JsonPath.<Integer>read(json, "$.donePercent")).isZero();
        for (String text : List.of(page(stored), sheet(stored))) {
            assertThat(text).contains("GIVEN UP", "It was given up, so nothing is left to forecast.", "Begun ");
        }
    }

    private void decision(String stored, Instant decided) {
        jdbc.update(
                """
                insert into go_no_go (release_number, decision_round, opened_at, closes_at, readiness, readiness_sha256,
                  outcome, reason, decided_at)
                values (?, 1, ?, ?, 'Ready', ?, 'GO', 'All are for it.', ?)""",
                stored,
                utc(decided),
                utc(decided),
                "0".repeat(64),
                utc(decided));
        Long id = jdbc.queryForObject("select max(id) from go_no_go", Long.class);
        jdbc.update("insert into go_no_go_seat (go_no_go_id, seat, veto) values (?, 'qa-lead', false)", id);
        jdbc.update(
                """
                insert into go_no_go_vote (go_no_go_id, seat, person, vote, reason, cast_at)
                values (?, 'qa-lead', 'quinn', 'GO', 'Looks well', ?)""",
                id,
                utc(decided));
    }

    @Test
    void isAPageForWhoeverDoesNotAskForASheet() {
        String stored = release(9, "PLANNED", now.minus(Duration.ofDays(1)), null);

        for (String accept :
                List.of("*/*", "application/json", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")) {
            assertThat(mvc.get()
                            .uri("/api/v1/releases/" + ReleaseNumber.of(stored) + "/status-report")
                            .header("Accept", accept)
                            .with(RITA.signsIn()))
                    .hasStatusOk()
                    .hasContentTypeCompatibleWith("text/html");
        }
    }
}
