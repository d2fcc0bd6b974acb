package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ProcessTest
@OnH2
class ChangeTemplatesApiTests {

    private static final String WINDOW =
            """
            {"startsAt": "2999-03-01T10:00:00Z", "endsAt": "2999-03-01T11:00:00Z"}""";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
    }

    private MockMvcRequestBuilder put(String key, String body) {
        return mvc.put()
                .uri("/api/v1/change-templates/{key}", key)
                .with(SignedIn.MONA.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private void create(String key) {
        assertThat(put(key, template(true, "nova")).header("If-None-Match", "*"))
                .hasStatus(201);
    }

    private MvcTestResult get(String address) {
        return mvc.get().uri(address).with(SignedIn.RITA.signsIn()).exchange();
    }

    private MvcTestResult raiseFrom(String template) {
        return raiseFrom(template, WINDOW);
    }

    private MvcTestResult raiseFrom(String template, String window) {
        return mvc.post()
                .uri("/api/v1/changes")
                .with(SignedIn.RITA.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"type\": \"STANDARD\", \"template\": \"%s\", \"window\": %s}".formatted(template, window))
                .exchange();
    }

    private static String template(boolean active, String service) {
        return """
                {"title": "Restart", "active": %s, "service": "%s", "environment": "production",
                 "plans": {"implementation": "Restart it", "backout": "Restart the old one"}}
                """
                .formatted(active, service);
    }

    @Test
    void raisesNothingForHalfAWindow() {
        create("half");

        assertThat(raiseFrom("half", "{\"startsAt\": \"2999-03-01T10:00:00Z\"}"))
                .hasStatus(400)
                .bodyText()
                .contains("window.endsAt");
    }

    @Test
    void createsAndShowsATemplate() {
        assertThat(put("created", template(true, "nova")).header("If-None-Match", "*"))
                .hasStatus(201)
                .hasHeader("ETag", "\"1\"")
                .hasHeader("Location", "/api/v1/change-templates/created");

        assertThat(get("/api/v1/change-templates/created"))
                .hasStatus(200)
                .hasHeader("ETag", "\"1\"")
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"key": "created", "title": "Restart", "active": true, "service": "nova",
                         "environment": "production",
                         "plans": {"implementation": "Restart it", "backout": "Restart the old one"}}
                        """);
    }

    @Test
    void changesATemplateOnlyInTheVersionThatWasRead() {
        create("changed");

        assertThat(put("changed", template(true, "keystone"))).hasStatus(428);
        assertThat(put("changed", template(true, "keystone")).header("If-None-Match", "*"))
                .hasStatus(412);
        assertThat(put("changed", template(true, "keystone")).header("If-Match", "\"1\""))
                .hasStatus(200)
                .hasHeader("ETag", "\"2\"");
        assertThat(put("changed", template(true, "nova")).header("If-Match", "\"1\""))
                .hasStatus(412);
        assertThat(put("missing", template(true, "nova")).header("If-Match", "\"1\""))
                .hasStatus(412);
    }

    @Test
    void letsChangesBeRaisedFromItUntilItIsRetired() {
        create("retired");

        assertThat(raiseFrom("retired"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.plans.implementation")
                .isEqualTo("Restart it");
        assertThat(put("retired", template(false, "nova")).header("If-Match", "\"1\""))
                .hasStatus(200);
        assertThat(raiseFrom("retired")).hasStatus(400).bodyText().contains("must be the key of an active template");
    }

    @Test
    void listsTemplatesPageByPageInTheOrderOfTheirKeys() {
        create("zz-page-a");
        create("zz-page-b");

        assertThat(get("/api/v1/change-templates"))
                .bodyJson()
                .extractingPath("$.items[*].key")
                .asArray()
                .containsSubsequence("zz-page-a", "zz-page-b");
        assertThat(get("/api/v1/change-templates?limit=1"))
                .bodyJson()
                .extractingPath("$.next")
                .isNotNull();
    }

    @Test
    void letsOnlyChangeManagersWrite() {
        assertThat(put("forbidden", template(true, "nova"))
                        .with(SignedIn.ROLF.signsIn())
                        .header("If-None-Match", "*"))
                .hasStatus(403);
        assertThat(get("/api/v1/change-templates/forbidden")).hasStatus(404);
    }

    @Test
    void refusesWhatIsNoTemplate() {
        assertThat(put("bad", template(true, "nowhere")).header("If-None-Match", "*"))
                .hasStatus(400)
                .bodyText()
                .contains("must be the key of a service in the catalog");
        assertThat(put("bad", "{}").header("If-None-Match", "*")).hasStatus(400);
        assertThat(put("BAD", template(true, "nova")).header("If-None-Match", "*"))
                .hasStatus(400);
        assertThat(get("/api/v1/change-templates/BAD")).hasStatus(404);
    }
}
