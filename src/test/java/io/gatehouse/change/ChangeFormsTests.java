package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** People revise, implement and review a change in the Tasklist and fill in no more than they have to. */
@EngineTest
@NeedsChromium
class ChangeFormsTests {

    private static final String REASON = "The way back is **not** written down <here>";

    @LocalServerPort
    private int port;

    @Test
    void aChangeThatCameBackIsSubmittedAgainAsItIsImplementedAndReviewed(ChromiumBrowser browser) {
        String number = raised();
        decide(number, "REJECT", REASON);
        JsonNode before = change(number);

        try (TasklistPage tasklist = signIn(browser, "rita")) {
            tasklist.onScreen(1280).claim("Revise change", number);
            tasklist.requireWholeAt(1280, "revise-change");
            tasklist.requireWholeAt(390, "revise-change");
            assertThat(tasklist.form()).contains("It came back: technical-approver rejected it: " + REASON);
            tasklist.onScreen(1280).choose("Submit it again");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        JsonNode again = change(number);
        assertThat(again.get("state").asText()).isEqualTo("ASSESS");
        for (String field : List.of("title", "description", "services", "window", "plans", "links", "artifacts")) {
            assertThat(again.get(field)).as(field).isEqualTo(before.get(field));
        }

        decide(number, "APPROVE", "Better");
        assertThat(change(number).get("state").asText()).isEqualTo("IMPLEMENT");
        try (TasklistPage tasklist = signIn(browser, "oskar")) {
            tasklist.onScreen(1280).claim("Implement change", number);
            tasklist.requireWholeAt(1280, "implement-change");
            tasklist.requireWholeAt(390, "implement-change");
            assertThat(tasklist.field("Implementation plan")).isEqualTo("Unpack, then switch");
            assertThat(tasklist.field("Evidence and links"))
                    .isEqualTo("Release notes: https://docs.openstack.org/releasenotes/placement/");
            tasklist.onScreen(1280).choose("Successful");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(change(number).get("state").asText()).isEqualTo("REVIEW");
        assertThat(change(number).get("rolledBack").asBoolean()).isFalse();

        try (TasklistPage tasklist = signIn(browser, "mona")) {
            tasklist.onScreen(1280).claim("Review change", number);
            tasklist.requireWholeAt(1280, "review-change");
            tasklist.requireWholeAt(390, "review-change");
            assertThat(tasklist.form()).contains("Reported: SUCCESSFUL, not rolled back, by oskar");
            tasklist.onScreen(1280).choose("Successful with issues").fill("What is learned", "Write the way back down");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(change(number).get("state").asText()).isEqualTo("CLOSED");
        assertThat(change(number).get("closeCode").asText()).isEqualTo("SUCCESSFUL_WITH_ISSUES");
    }

    @Test
    void aChangeThatCameBackIsMendedOnATelephoneAndReportedAsRolledBack(ChromiumBrowser browser) {
        String number = raised();
        decide(number, "REJECT", REASON);

        try (TasklistPage tasklist = signIn(browser, "rita")) {
            tasklist.onScreen(390).claim("Revise change", number).choose("Submit it again");
            tasklist.fill("Backout plan", "Unpack the old one").fill("Test plan", "Ask for its version");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        JsonNode plans = change(number).get("plans");
        assertThat(plans.get("backout").asText()).isEqualTo("Unpack the old one");
        assertThat(plans.get("test").asText()).isEqualTo("Ask for its version");
        assertThat(plans.get("implementation").asText()).isEqualTo("Unpack, then switch");
        assertThat(plans.has("communication")).isFalse();

        decide(number, "APPROVE", "Better");
        try (TasklistPage tasklist = signIn(browser, "oskar")) {
            tasklist.onScreen(390).claim("Implement change", number).choose("Unsuccessful");
            tasklist.tick("It was rolled back");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(change(number).get("rolledBack").asBoolean()).isTrue();
    }

    @Test
    void anEmergencyThatBeganIsApprovedAfterwards(ChromiumBrowser browser) {
        String number = begunEmergency();
        assertThat(change(number).get("state").asText()).isEqualTo("IMPLEMENT");

        try (TasklistPage tasklist = signIn(browser, "mona")) {
            tasklist.onScreen(1280).claim("Approve afterwards", number);
            tasklist.requireWholeAt(1280, "approve-afterwards");
            tasklist.requireWholeAt(390, "approve-afterwards");
            assertThat(tasklist.form())
                    .contains("Authorisation: afterwards, by any 2 of the seats asked, until ", "You decide as");
            tasklist.onScreen(1280).choose("Approve").fill("Reason", "Keys were about to expire");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        try (TasklistPage tasklist = signIn(browser, "sasha")) {
            tasklist.onScreen(390).claim("Approve afterwards", number).choose("Approve");
            tasklist.fill("Reason", "It was right");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(change(number).get("state").asText()).isEqualTo("IMPLEMENT");
        assertThat(change(number).get("emergency").has("unauthorisedBecause")).isFalse();
        assertThat(as("rita").get("/api/v1/changes/" + number + "/approvals").findValuesAsText("decision"))
                .filteredOn("APPROVED"::equals)
                .hasSize(2);
    }

    /** Of tier 2, without downtime, with a backout that was tried: the policy lets it begin before it is approved. */
    private String begunEmergency() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        return as("rita")
                .post(
                        "/api/v1/changes",
                        Map.of(
                                "type",
                                "EMERGENCY",
                                "submit",
                                true,
                                "change",
                                Map.of(
                                        "title", "Renew the keys of barbican",
                                        "services", List.of("barbican"),
                                        "environment", "production",
                                        "window",
                                                Map.of(
                                                        "startsAt", hour.toString(),
                                                        "endsAt",
                                                                hour.plus(3, ChronoUnit.HOURS)
                                                                        .toString()),
                                        "questionnaire", Map.of("backoutTested", true))))
                .expect(201)
                .get("number")
                .asText();
    }

    /** Of low risk and outside of production, so that nobody but theo approves it; its window is open. */
    private String raised() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        return as("rita")
                .post(
                        "/api/v1/changes",
                        Map.of(
                                "type",
                                "NORMAL",
                                "submit",
                                true,
                                "change",
                                Map.of(
                                        "title", "Upgrade placement",
                                        "services", List.of("placement"),
                                        "environment", "dev",
                                        "window",
                                                Map.of(
                                                        "startsAt", hour.toString(),
                                                        "endsAt",
                                                                hour.plus(3, ChronoUnit.HOURS)
                                                                        .toString()),
                                        "plans", Map.of("implementation", "Unpack, then switch"),
                                        "questionnaire", Map.of("backoutTested", true),
                                        "links",
                                                List.of(Map.of(
                                                        "title",
                                                        "Release notes",
                                                        "url",
                                                        "https://docs.openstack.org/releasenotes/placement/")))))
                .expect(201)
                .get("number")
                .asText();
    }

    private void decide(String number, String decision, String reason) {
        as("theo")
                .post(
                        "/api/v1/changes/" + number + "/technical-reviews",
                        Map.of("decision", decision, "reason", reason))
                .expect(200);
    }

    private JsonNode change(String number) {
        return as("rita").get("/api/v1/changes/" + number);
    }

    private ApiClient as(String person) {
        return new ApiClient(URI.create("http://127.0.0.1:" + port + "/"), person);
    }

    private TasklistPage signIn(ChromiumBrowser browser, String person) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), person);
    }
}
