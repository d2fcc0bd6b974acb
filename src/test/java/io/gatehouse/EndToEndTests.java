package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.NeedsMySql;
import io.gatehouse.testing.TasklistPage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One real change through the real doors: API, Tasklist in a browser, MySQL, and the product in its own JVM. */
@NeedsMySql
@NeedsChromium
class EndToEndTests {

    static GatehouseProcess gatehouse;

    @BeforeAll
    static void start() {
        gatehouse = GatehouseProcess.start(MySqlServer.shared().freshDatabase());
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void threePeopleApproveInTheTasklistAndTheWindowOpens(ChromiumBrowser browser) {
        String number = raise(Instant.now().plusSeconds(20));

        approve(browser, "theo", "Review technically", number);
        approve(browser, "mona", "Approve change", number);
        approve(browser, "oskar", "Approve change", number);

        await().atMost(Duration.ofSeconds(60)).until(() -> state(number).equals("IMPLEMENT"));
    }

    @Test
    void the25RealRequestsOfTheSampleHaveRunThrough() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sample("/api/v1/changes?requester=rolf").size() == 25);

        assertThat(sample("/api/v1/changes?requester=rolf&state=CLOSED"))
                .hasSize(22)
                .allSatisfy(
                        change -> assertThat(change.get("closeCode").asText()).isEqualTo("SUCCESSFUL"));
        for (String state : List.of("ASSESS", "AUTHORIZE", "SCHEDULED")) {
            assertThat(sample("/api/v1/changes?requester=rolf&state=" + state)).hasSize(1);
        }
    }

    private static JsonNode sample(String path) {
        return new ApiClient(gatehouse.address(), "rita").get(path).get("items");
    }

    private static void approve(ChromiumBrowser browser, String person, String title, String number) {
        try (TasklistPage tasklist = TasklistPage.signIn(browser, gatehouse.address(), person)) {
            tasklist.claim(title, number);
            assertThat(tasklist.form()).contains(number, "Cinder to production", "cinder", "production", "rita");
            assertThat(tasklist.field("Why this risk")).contains("tier 2 service in production");
            assertThat(tasklist.field("Backout plan")).isEqualTo("downgrade the package");
            tasklist.screenshot(Path.of("target/screenshots/" + person + ".png"));
            assertThat(tasklist.choose("Approve")
                            .fill("Reason", "Looked at by " + person)
                            .complete())
                    .isEqualTo(204);
        }
    }

    private static String raise(Instant opens) {
        JsonNode change = new ApiClient(gatehouse.address(), "rita")
                .post(
                        "/api/v1/changes",
                        Map.of(
                                "type",
                                "NORMAL",
                                "submit",
                                true,
                                "change",
                                Map.of(
                                        "title", "Cinder to production",
                                        "services", List.of("cinder"),
                                        "environment", "production",
                                        "window",
                                                Map.of(
                                                        "startsAt", opens.toString(),
                                                        "endsAt",
                                                                opens.plusSeconds(3600)
                                                                        .toString()),
                                        "plans", Map.of("backout", "downgrade the package"),
                                        "questionnaire", Map.of("backoutTested", true))))
                .expect(201);
        return change.get("number").asText();
    }

    private static String state(String number) {
        return new ApiClient(gatehouse.address(), "rita")
                .get("/api/v1/changes/" + number)
                .get("state")
                .asText();
    }
}
