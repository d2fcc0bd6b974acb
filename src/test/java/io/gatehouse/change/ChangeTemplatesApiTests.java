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
                .with(SignedIn.ROLF.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private void create(String key) {
        assertThat(put(key, template("nova")).header("If-None-Match", "*")).hasStatus(201);
    }

    private MvcTestResult post(SignedIn person, String key, String step, String body) {
        return mvc.post()
                .uri("/api/v1/change-templates/{key}/" + step, key)
                .with(person.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private void letIn(String key, int version) {
        assertThat(post(SignedIn.ROLF, key, "submission", "")).hasStatus(200);
        assertThat(review(SignedIn.MONA, key, version)).hasStatus(200);
    }

    private MvcTestResult review(SignedIn person, String key, int version) {
        return post(
                person,
                key,
                "reviews",
                "{\"version\": %d, \"decision\": \"LET_IN\", \"reason\": \"Read it\"}".formatted(version));
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

    private static String template(String service) {
        return """
                {"title": "Restart", "service": "%s", "environment": "production", "open": ["DESCRIPTION"],
                 "plans": {"implementation": "Restart it", "backout": "Restart the old one"}}
                """
                .formatted(service);
    }

    @Test
    void raisesNothingForHalfAWindow() {
        create("half");
        letIn("half", 1);

        assertThat(raiseFrom("half", "{\"startsAt\": \"2999-03-01T10:00:00Z\"}"))
                .hasStatus(400)
                .bodyText()
                .contains("window.endsAt");
    }

    @Test
    void createsAndShowsATemplate() {
        assertThat(put("created", template("nova")).header("If-None-Match", "*"))
                .hasStatus(201)
                .hasHeader("ETag", "\"1\"")
                .hasHeader("Location", "/api/v1/change-templates/created");

        assertThat(get("/api/v1/change-templates/created"))
                .hasStatus(200)
                .hasHeader("ETag", "\"1\"")
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"key": "created", "state": "PROPOSED", "proposed": 1, "title": "Restart",
                         "service": "nova", "environment": "production", "open": ["DESCRIPTION"],
                         "suspension": {"failures": 2, "uses": 5},
                         "plans": {"implementation": "Restart it", "backout": "Restart the old one"}}
                        """);
    }

    @Test
    void changesATemplateOnlyInTheVersionThatWasRead() {
        create("changed");

        assertThat(put("changed", template("keystone"))).hasStatus(428);
        assertThat(put("changed", template("keystone")).header("If-None-Match", "*"))
                .hasStatus(412);
        assertThat(put("changed", template("keystone")).header("If-Match", "\"1\""))
                .hasStatus(200)
                .hasHeader("ETag", "\"2\"");
        assertThat(put("changed", template("nova")).header("If-Match", "\"1\"")).hasStatus(412);
        assertThat(put("missing", template("nova")).header("If-Match", "\"1\"")).hasStatus(412);
    }

    @Test
    void letsChangesBeRaisedFromItOnceLetInUntilItIsRetired() {
        create("retired");
        assertThat(raiseFrom("retired")).hasStatus(400).bodyText().contains("must be the key of an active template");
        letIn("retired", 1);

        assertThat(raiseFrom("retired"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.plans.implementation")
                .isEqualTo("Restart it");
        assertThat(post(SignedIn.MONA, "retired", "retirement", "{\"reason\": \"Enough\"}"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("RETIRED");
        assertThat(raiseFrom("retired")).hasStatus(400).bodyText().contains("must be the key of an active template");
    }

    @Test
    void whatIsInReviewStaysAsItIsAndIsReviewedInTheVersionThatWasRead() {
        create("reviewed");
        assertThat(post(SignedIn.ROLF, "reviewed", "submission", "")).hasStatus(200);

        assertThat(post(SignedIn.ROLF, "reviewed", "submission", "")).hasStatus(409);
        assertThat(put("reviewed", template("keystone")).header("If-Match", "*"))
                .hasStatus(409)
                .bodyText()
                .contains("is in review");
        assertThat(review(SignedIn.MONA, "reviewed", 2)).hasStatus(404);
        assertThat(review(SignedIn.ROLF, "reviewed", 1)).hasStatus(403);
        assertThat(review(SignedIn.MONA, "reviewed", 1))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.inForce")
                .isEqualTo(1);
        assertThat(get("/api/v1/change-templates/reviewed/versions"))
                .bodyJson()
                .extractingPath("$[0].decidedBy")
                .isEqualTo("mona");
        assertThat(post(SignedIn.MONA, "reviewed", "decisions", "{\"decision\": \"REVISE\", \"reason\": \"x\"}"))
                .hasStatus(409);
    }

    @Test
    void aPlanBelongsToTheVersionThatIsProposedAndNotToTheOneInForce() {
        create("planned");
        letIn("planned", 1);

        assertThat(plan("planned")).hasStatus(201);
        assertThat(get("/api/v1/change-templates/planned"))
                .bodyJson()
                .extractingPath("$.proposed")
                .isEqualTo(2);
        String before = number(raiseFrom("planned"));
        letIn("planned", 2);
        String after = number(raiseFrom("planned"));

        assertThat(get("/api/v1/changes/" + before + "/rollout-plan")).hasStatus(404);
        assertThat(get("/api/v1/changes/" + after + "/rollout-plan")).hasStatus(200);
    }

    @Test
    void raisesNothingByAPlanThatIsNotTheOneThatWasReviewed() {
        create("altered");
        assertThat(plan("altered")).hasStatus(201);
        letIn("altered", 1);
        assertThat(raiseFrom("altered")).hasStatus(201);

        rewritePlan("altered", "Do it", "Do more");
        try {
            assertThat(raiseFrom("altered")).hasStatus(409).bodyText().contains("is not the one that was reviewed");
        } finally {
            rewritePlan("altered", "Do more", "Do it");
        }
    }

    /** Past the product, as a process that is redrawn would count too. */
    private void rewritePlan(String key, String from, String to) {
        jdbc.update(
                """
                update rollout_plan set document = replace(document, ?, ?) where planned_for in
                (select concat('TPL-', lpad(id, 6, '0')) from template_version where template_key = ?)""",
                from,
                to,
                key);
    }

    private MockMvcRequestBuilder plan(String key) {
        return mvc.put()
                .uri("/api/v1/change-templates/{key}/rollout-plan", key)
                .with(SignedIn.ROLF.signsIn())
                .header("If-None-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {"process": "Rollout", "steps": [{"stage": "DEPLOY_APPLICATION", "name": "Deploy",
                          "manual": {"instructions": "Do it", "checklist": []}, "target": "node-1",
                          "cannotBeUndone": "It is a restart"}]}""");
    }

    private static String number(MvcTestResult raised) {
        assertThat(raised).hasStatus(201);
        return String.valueOf(raised.getResponse().getHeader("Location")).replace("/api/v1/changes/", "");
    }

    @Test
    void itsTeamProposesForItsOwnServiceAndForNoOther() {
        SignedIn team = new SignedIn("ola", "requester", "oslo");

        assertThat(put("teams", template("oslo-config")).with(team.signsIn()).header("If-None-Match", "*"))
                .hasStatus(201);
        assertThat(put("teams-not", template("nova")).with(team.signsIn()).header("If-None-Match", "*"))
                .hasStatus(403);
        assertThat(put("teams", template("nova")).with(team.signsIn()).header("If-Match", "*"))
                .hasStatus(403);
    }

    @Test
    void listsTemplatesPageByPageInTheOrderOfTheirKeys() {
        create("aa-page-a");
        create("aa-page-b");

        assertThat(get("/api/v1/change-templates"))
                .bodyJson()
                .extractingPath("$.items[*].key")
                .asArray()
                .containsSubsequence("aa-page-a", "aa-page-b");
        assertThat(get("/api/v1/change-templates?limit=1"))
                .bodyJson()
                .extractingPath("$.next")
                .isNotNull();
    }

    @Test
    void letsOnlyManagersAndTheTeamPropose() {
        assertThat(put("forbidden", template("nova"))
                        .with(SignedIn.RITA.signsIn())
                        .header("If-None-Match", "*"))
                .hasStatus(403);
        assertThat(get("/api/v1/change-templates/forbidden")).hasStatus(404);
    }

    @Test
    void refusesWhatIsNoTemplate() {
        assertThat(put("bad", template("nowhere")).header("If-None-Match", "*"))
                .hasStatus(400)
                .bodyText()
                .contains("must be the key of a service in the catalog");
        assertThat(put("bad", "{}").header("If-None-Match", "*")).hasStatus(400);
        assertThat(put("BAD", template("nova")).header("If-None-Match", "*")).hasStatus(400);
        assertThat(get("/api/v1/change-templates/BAD")).hasStatus(404);
    }
}
