package io.gatehouse.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.ChangeFixture;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ProcessTest
@OnH2
class FreezesApiTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
    }

    private MvcTestResult declare(SignedIn person, String scope) {
        return declare(person, "2999-12-20T00:00:00Z", "2999-12-27T00:00:00+01:00", scope);
    }

    private MvcTestResult declare(SignedIn person, String startsAt, String endsAt, String scope) {
        return mvc.post()
                .uri("/api/v1/freezes")
                .with(person.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {"name": "Holidays", "reason": "Nobody is here", "startsAt": "%s", "endsAt": "%s"%s}
                        """
                                .formatted(startsAt, endsAt, scope))
                .exchange();
    }

    private MvcTestResult get(String address) {
        return mvc.get().uri(address).with(SignedIn.RITA.signsIn()).exchange();
    }

    private MvcTestResult lift(SignedIn person, String address) {
        return mvc.delete().uri(address).with(person.signsIn()).exchange();
    }

    private static String addressOf(MvcTestResult declared) {
        assertThat(declared).hasStatus(201);
        return String.valueOf(declared.getResponse().getHeader("Location"));
    }

    @Test
    void declaresAFreezeOfOneServiceInOneEnvironment() {
        String freeze = addressOf(declare(SignedIn.MONA, ", \"service\": \"nova\", \"environment\": \"production\""));

        assertThat(get(freeze))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                {"name": "Holidays", "reason": "Nobody is here", "service": "nova", "environment": "production",
                 "startsAt": "2999-12-20T00:00:00Z", "endsAt": "2999-12-26T23:00:00Z"}
                """);
    }

    @Test
    void declaresAFreezeOfEverything() {
        String freeze = addressOf(declare(SignedIn.ROLF, ""));

        assertThat(get(freeze)).bodyJson().doesNotHavePath("$.service").doesNotHavePath("$.environment");
    }

    @Test
    void listsFreezesThatAreNotOverNewestFirst() {
        String older = addressOf(declare(SignedIn.MONA, ""));
        String newer = addressOf(declare(SignedIn.MONA, ""));

        MvcTestResult first = get("/api/v1/freezes?limit=1");

        assertThat(first).bodyJson().extractingPath("$.items[0].id").satisfies(id -> assertThat(newer)
                .endsWith("/" + id));
        assertThat(first).bodyJson().extractingPath("$.next").asString().satisfies(next -> assertThat(
                        get("/api/v1/freezes?limit=1&after=" + next))
                .bodyJson()
                .extractingPath("$.items[0].id")
                .satisfies(id -> assertThat(older).endsWith("/" + id)));
    }

    @Test
    void liftsAFreezeOnce() {
        String freeze = addressOf(declare(SignedIn.MONA, ""));

        assertThat(lift(SignedIn.ROLF, freeze)).hasStatus(204);
        assertThat(lift(SignedIn.ROLF, freeze)).hasStatus(404).bodyText().contains("freeze-not-found");
        assertThat(get(freeze)).hasStatus(404);
    }

    @Test
    void letsOnlyManagersDeclareAndLift() {
        String freeze = addressOf(declare(SignedIn.MONA, ""));

        assertThat(declare(SignedIn.RITA, "")).hasStatus(403);
        assertThat(lift(SignedIn.OSKAR, freeze)).hasStatus(403);
        assertThat(get(freeze)).hasStatus(200);
    }

    @Test
    void refusesPeriodsThatAreNone() {
        assertThat(declare(SignedIn.MONA, "2999-12-20T00:00:00Z", "2999-12-20T00:00:00Z", ""))
                .hasStatus(400)
                .bodyText()
                .contains("must be after startsAt");
        assertThat(declare(SignedIn.MONA, "2001-12-20T00:00:00Z", "2002-12-20T00:00:00Z", ""))
                .hasStatus(400)
                .bodyText()
                .contains("must be in the future");
        assertThat(declare(SignedIn.MONA, "tomorrow", "2999-12-20T00:00:00Z", ""))
                .hasStatus(400);
    }

    @Test
    void refusesScopesThatAreNotInTheCatalog() {
        assertThat(declare(SignedIn.MONA, ", \"service\": \"nowhere\", \"environment\": \"NO\\nWHERE\""))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields[*].field")
                .asArray()
                .containsExactly("service", "environment");
    }

    @Test
    void knowsNoFreezeWhoseIdIsNoNumber() {
        assertThat(get("/api/v1/freezes/99999999999999999999")).hasStatus(400);
        assertThat(get("/api/v1/freezes/-1")).hasStatus(404);
    }
}
