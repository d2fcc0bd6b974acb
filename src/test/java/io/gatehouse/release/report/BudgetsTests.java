package io.gatehouse.release.report;

import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.Releases;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
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
class BudgetsTests {

    private static final SignedIn PAULA = new SignedIn("paula", "product-owner");
    private static final String BUDGET = "{\"hours\": 100, \"money\": {\"amount\": 5000.50, \"currency\": \"EUR\"}}";

    @Autowired
    private Releases releases;

    @Autowired
    private IdentityService identities;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    private String number;

    @BeforeEach
    void release() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
        number = ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    private MvcTestResult put(SignedIn who, String header, String value, String body) {
        return mvc.put()
                .uri("/api/v1/releases/" + number + "/budget")
                .with(who.signsIn())
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult post(SignedIn who, String path, String body) {
        return mvc.post()
                .uri("/api/v1/releases/" + number + "/bookings" + path)
                .with(who.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String path) {
        return mvc.get()
                .uri("/api/v1/releases/" + number + path)
                .with(RITA.signsIn())
                .exchange();
    }

    private static String booking(String day, String hours, String amount, String currency) {
        return "{\"spentOn\": \"%s\", \"hours\": %s, \"money\": {\"amount\": %s, \"currency\": \"%s\"}, \"what\": \"Work\"}"
                .formatted(day, hours, amount, currency);
    }

    private static String text(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private static long id(MvcTestResult booked) {
        assertThat(booked).hasStatusOk();
        return ((Number) JsonPath.read(text(booked), "$.id")).longValue();
    }

    @Test
    void countsWhatIsSpentAndTakenBack() {
        assertThat(get("/budget")).hasStatus(404);
        assertThat(post(ROLF, "", booking("2030-01-05", "1", "1", "EUR"))).hasStatus(409);
        assertThat(put(ROLF, "If-None-Match", "*", BUDGET)).hasStatus(201);
        long first = id(post(ROLF, "", booking("2030-01-05", "7.5", "99.90", "EUR")));
        id(post(PAULA, "", booking("2030-01-06", "0.25", "0", "EUR")));

        assertThat(post(ROLF, "/" + first + "/reversal", "{\"reason\": \"Twice\"}"))
                .hasStatusOk();
        assertThat(post(ROLF, "/" + first + "/reversal", "{\"reason\": \"Again\"}"))
                .hasStatus(409);
        id(post(ROLF, "", booking("2030-01-05", "5", "50.01", "EUR")));

        Map<String, Object> raw = jdbc.queryForMap(
                "select sum(hours) as hours, sum(money) as money, count(*) as n from release_booking where release_number = ?",
                releases.find(number).stored());
        assertThat(new BigDecimal(raw.get("hours").toString())).isEqualByComparingTo("5.25");
        assertThat(new BigDecimal(raw.get("money").toString())).isEqualByComparingTo("5001");
        assertThat(((Number) raw.get("n")).longValue()).as("nothing is deleted").isEqualTo(4);
        MvcTestResult budget = get("/budget");
        assertThat(budget).hasStatusOk().hasHeader("ETag", "\"1\"");
        assertThat(text(budget))
                .contains("\"spent\":{\"hours\":5.25,\"money\":{\"amount\":50.01,\"currency\":\"EUR\"}}");
        String page = text(get("/bookings?limit=3"));
        assertThat(JsonPath.<List<String>>read(page, "$.items[*].bookedBy")).containsExactly("rolf", "rolf", "paula");
        assertThat(JsonPath.<List<Double>>read(page, "$.items[*].hours")).containsExactly(5.0, -7.5, 0.25);
        assertThat(JsonPath.<List<Number>>read(page, "$.items[*].reverses"))
                .extracting(Number::longValue)
                .containsExactly(first);
        String next = JsonPath.read(page, "$.next");
        assertThat(JsonPath.<List<Number>>read(text(get("/bookings?after=" + next)), "$.items[*].id"))
                .extracting(Number::longValue)
                .containsExactly(first);
    }

    @Test
    void isWrittenOnlyByWhoeverHasSeenItAndLeadsTheRelease() {
        assertThat(put(RITA, "If-None-Match", "*", BUDGET)).hasStatus(403);
        assertThat(put(ROLF, "If-Match", "\"1\"", BUDGET)).hasStatus(412);
        assertThat(put(ROLF, "If-None-Match", "*", BUDGET)).hasStatus(201);
        assertThat(put(ROLF, "If-None-Match", "*", BUDGET)).hasStatus(412);
        assertThat(put(ROLF, "If-Match", "\"1\"", BUDGET.replace("100", "120"))).hasStatusOk();
        assertThat(put(ROLF, "If-Match", "\"1\"", BUDGET)).hasStatus(412);
        assertThat(post(RITA, "", booking("2030-01-05", "1", "1", "EUR"))).hasStatus(403);
        id(post(ROLF, "", booking("2030-01-05", "1", "1", "EUR")));
        assertThat(put(ROLF, "If-Match", "\"2\"", BUDGET.replace("EUR", "USD"))).hasStatus(409);
        ROLF.runs(() -> releases.retirePlanned(number, "Nobody needs it"));

        assertThat(put(ROLF, "If-Match", "\"2\"", BUDGET)).hasStatus(409);
        id(post(ROLF, "", booking("2030-01-05", "1", "1", "EUR")));
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-05, 0,       0,      EUR, hours",
        "2999-01-05, 1,       0,      EUR, spentOn",
        "0099-01-05, 1,       0,      EUR, spentOn",
        "2030-01-05, -1,      5,      EUR, hours",
        "2030-01-05, 1,       -5,     EUR, money.amount",
        "2030-01-05, 1.001,   5,      EUR, hours",
        "2030-01-05, 1,       5.001,  EUR, money",
        "2030-01-05, 1,       5,      USD, money.currency",
        "2030-01-05, 1,       5,      XXX, money",
        "2030-01-05, 1,       5,      eur, money.currency",
        "2030-01-05, 1e9,     5,      EUR, hours",
        "2030-01-05, 1,       1e300,  EUR, money.amount",
    })
    void refusesWhatNobodyCanHaveSpent(String day, String hours, String amount, String currency, String field) {
        assertThat(put(ROLF, "If-None-Match", "*", BUDGET)).hasStatus(201);

        MvcTestResult answer = post(ROLF, "", booking(day, hours, amount, currency));

        assertThat(answer).hasStatus(400);
        assertThat(text(answer)).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void doesNotTakeBackWhatIsOfAnotherRelease() {
        assertThat(put(ROLF, "If-None-Match", "*", BUDGET)).hasStatus(201);
        long booked = id(post(ROLF, "", booking("2030-01-05", "1", "1", "EUR")));
        release();
        assertThat(put(ROLF, "If-None-Match", "*", BUDGET)).hasStatus(201);

        assertThat(post(ROLF, "/" + booked + "/reversal", "{\"reason\": \"Mine\"}"))
                .hasStatus(404);
    }
}
