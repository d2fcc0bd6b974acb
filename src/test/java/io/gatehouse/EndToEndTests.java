package io.gatehouse;

import static io.gatehouse.testing.AnsibleSite.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.testing.AnsibleSite;
import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.BesideOthers;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsAnsible;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.NeedsMySql;
import io.gatehouse.testing.TasklistPage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One real change through the real doors: API, Tasklist in a browser, MySQL, and the product in its own JVM. */
@NeedsMySql
@NeedsChromium
@NeedsAnsible
@BesideOthers
@Tag("own-jvm")
class EndToEndTests {

    private static final Map<String, String> SEATS = Map.of(
            "change-manager", "mona",
            "ops-lead", "oskar",
            "cab-member", "carla",
            "cab-chair", "chris",
            "security-officer", "sasha");

    /** No release but ours, and windows that open when they say so and not up to ten seconds later. */
    private static final List<String> SETTINGS =
            List.of("--gatehouse.sample.releases=false", "--camunda.bpm.job-execution.max-wait=1000");

    static AnsibleSite site;
    static GatehouseProcess gatehouse;

    /** Raised together, so that their windows are waited for together. */
    private static String good;

    private static String broken;

    @BeforeAll
    static void start() {
        site = AnsibleSite.create();
        site.open("production/cinder");
        site.open("production/manila");
        gatehouse = GatehouseProcess.start(
                MySqlServer.durable().freshDatabase(),
                Stream.concat(SETTINGS.stream(), site.connectors("production/cinder"))
                        .toArray(String[]::new));
        site.publish("production/cinder", "1.1.0", "1.1.0");
        site.publish("production/manila", "2.0.0", "0.0.0");
        good = raise("cinder", "1.1.0");
        broken = raise("manila", "2.0.0");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
        site.close();
    }

    /** After the changes, so that what it raises is not among them. */
    @Nested
    class ReleaseTests extends ReleaseEndToEnd {}

    @Test
    void threePeopleApproveAndAnsibleDeploys(ChromiumBrowser browser) {
        approvedInTheTasklist(browser, good);

        awaitState(good, "CLOSED");
        assertThat(change(good).get("closeCode").asText()).isEqualTo("SUCCESSFUL");
        assertThat(change(good).get("rolledBack").asBoolean()).isFalse();
        assertThat(site.version("production/cinder")).isEqualTo("1.1.0");
        assertThat(running("cinder")).isEqualTo("1.1.0");
        assertThat(site.journal("production/cinder"))
                .containsExactly(
                        "remember production/cinder 1.1.0",
                        "unpack production/cinder 1.1.0",
                        "switch production/cinder 1.1.0",
                        "verify production/cinder 1.1.0 got 1.1.0");
        assertThat(steps(good).get(4).get("detail").asText())
                .endsWith("/version.txt answers as expected: status 200, version 1.1.0, 3 looks in a row");
        requireBegunInItsWindow(good);
    }

    @Test
    void aReleaseThatFailsItsHealthCheckIsUndoneInExactReverse(ChromiumBrowser browser) {
        approvedInTheTasklist(browser, broken);

        awaitState(broken, "REVIEW");
        requireBegunInItsWindow(broken);
        assertThat(site.version("production/manila")).isEqualTo("1.0.0");
        assertThat(running("manila")).isNotEqualTo("2.0.0");
        assertThat(site.journal("production/manila"))
                .containsExactly(
                        "remember production/manila 2.0.0",
                        "unpack production/manila 2.0.0",
                        "switch production/manila 2.0.0",
                        "verify production/manila 2.0.0 got 0.0.0",
                        "switch-back production/manila 2.0.0",
                        "remove production/manila 2.0.0",
                        "forget production/manila 2.0.0");
        as("mona")
                .post(
                        "/api/v1/changes/" + broken + "/reviews",
                        Map.of("closeCode", "UNSUCCESSFUL", "lessons", "Check the package before it is published."))
                .expect(200);
        assertThat(change(broken).get("state").asText()).isEqualTo("CLOSED");
        assertThat(change(broken).get("closeCode").asText()).isEqualTo("UNSUCCESSFUL");
        assertThat(change(broken).get("rolledBack").asBoolean()).isTrue();
    }

    /** Whichever of the two comes first has waited for it. */
    private static void requireBegunInItsWindow(String number) {
        assertThat(moment(steps(number).get(0), "startedAt"))
                .as("when work began")
                .isAfterOrEqualTo(moment(change(number).get("window"), "startsAt"));
    }

    private static JsonNode steps(String number) {
        JsonNode rollout =
                as("rita").get("/api/v1/rollouts?change=" + number).get("items").get(0);
        return as("rita")
                .get("/api/v1/rollouts/" + rollout.get("number").asText() + "/steps")
                .get("items");
    }

    @Test
    void the25RealRequestsOfTheSampleRunThrough() {
        await().atMost(Duration.ofSeconds(60)).until(() -> sample("").size() == 25);
        List<String> waiting = new ArrayList<>();
        for (String state : List.of("ASSESS", "AUTHORIZE", "SCHEDULED")) {
            assertThat(sample("&state=" + state)).hasSize(1).allSatisfy(change -> waiting.add(numberOf(change)));
        }

        waiting.forEach(EndToEndTests::takeToItsEnd);

        assertThat(sample("")).hasSize(25).allSatisfy(change -> {
            assertThat(change.get("state").asText()).as(numberOf(change)).isEqualTo("CLOSED");
            assertThat(change.get("closeCode").asText()).as(numberOf(change)).isEqualTo("SUCCESSFUL");
        });
    }

    /** Those that wait for days are brought forward; then everybody does their part. */
    private static void takeToItsEnd(String number) {
        String address = "/api/v1/changes/" + number;
        as("rolf")
                .post(address + "/revision", Map.of("reason", "Today after all"))
                .expect(200);
        ObjectNode content = ((ObjectNode) change(number)).deepCopy();
        content.retain(
                "title", "description", "services", "environment", "plans", "questionnaire", "links", "artifacts");
        Instant now = Instant.now();
        content.putObject("window")
                .put("startsAt", now.toString())
                .put("endsAt", now.plusSeconds(3600).toString());
        as("rolf").send("PUT", address, content, "If-Match", "*").expect(200);
        as("rolf").post(address + "/submission", null).expect(200);
        approve(number);
        awaitState(number, "IMPLEMENT");
        as("oskar")
                .post(address + "/implementation-reports", Map.of("result", "SUCCESSFUL"))
                .expect(200);
        as("mona")
                .post(address + "/reviews", Map.of("closeCode", "SUCCESSFUL", "lessons", "Went as planned."))
                .expect(200);
        awaitState(number, "CLOSED");
    }

    /** Whoever the policy asks approves, after a colleague. */
    static void approve(String number) {
        String address = "/api/v1/changes/" + number;
        Map<String, String> approves = Map.of("decision", "APPROVE", "reason", "Read it, agreed.");
        as("theo").post(address + "/technical-reviews", approves).expect(200);
        int round = change(number).get("approvalRound").asInt();
        for (JsonNode approval : as("alma").get(address + "/approvals")) {
            if (approval.get("round").asInt() == round
                    && approval.get("decision").asText().equals("PENDING")) {
                as(SEATS.get(approval.get("seat").asText()))
                        .post(address + "/approvals", approves)
                        .expect(200);
            }
        }
    }

    private static String raise(String service, String version) {
        Instant opens = Instant.now().plusSeconds(20);
        String place = "production/" + service;
        String number = as("rita")
                .post(
                        "/api/v1/changes",
                        Map.of(
                                "type",
                                "NORMAL",
                                "change",
                                Map.of(
                                        "title", service + " " + version + " to production",
                                        "services", List.of(service),
                                        "environment", "production",
                                        "artifacts", List.of(Map.of("service", service, "version", version)),
                                        "window",
                                                Map.of(
                                                        "startsAt", opens.toString(),
                                                        "endsAt",
                                                                opens.plusSeconds(3600)
                                                                        .toString()),
                                        "plans", Map.of("backout", "switch back to the version before"),
                                        "questionnaire", Map.of("backoutTested", true))))
                .expect(201)
                .get("number")
                .asText();
        as("rita")
                .send(
                        "PUT",
                        "/api/v1/changes/" + number + "/rollout-plan",
                        Map.of(
                                "process",
                                "Rollout",
                                "steps",
                                List.of(
                                        step(
                                                "BACK_UP",
                                                "Remember the running version",
                                                "remember",
                                                "forget",
                                                place,
                                                version),
                                        step("DEPLOY_APPLICATION", "Unpack", "unpack", "remove", place, version),
                                        step("SHIFT_TRAFFIC", "Switch", "switch", "switch-back", place, version),
                                        step("VERIFY", "Ask for the version", "verify", null, place, version),
                                        Map.of(
                                                "stage", "VERIFY",
                                                "name", "Ask again for a while",
                                                "connector", "site-answers",
                                                "target", place,
                                                "parameters", Map.of("version", version)))),
                        "If-None-Match",
                        "*")
                .expect(201);
        as("rita").post("/api/v1/changes/" + number + "/submission", null).expect(200);
        return number;
    }

    private static void approvedInTheTasklist(ChromiumBrowser browser, String number) {
        approve(browser, "theo", "Review technically", number);
        approve(browser, "mona", "Approve change", number);
        approve(browser, "oskar", "Approve change", number);
    }

    private static void approve(ChromiumBrowser browser, String person, String title, String number) {
        try (TasklistPage tasklist = TasklistPage.signIn(browser, gatehouse.address(), person)) {
            tasklist.claim(title, number);
            assertThat(tasklist.form()).contains(number, "to production", "rita", "MODERATE");
            assertThat(tasklist.field("Why this risk")).contains("tier 2 service in production");
            assertThat(tasklist.field("Backout plan")).isEqualTo("switch back to the version before");
            assertThat(tasklist.field("Rollout plan")).contains("SHIFT_TRAFFIC: Switch", "undo: ansible-switch-back");
            tasklist.screenshot(Path.of("target/screenshots/" + person + ".png"));
            assertThat(tasklist.choose("Approve")
                            .fill("Reason", "Looked at by " + person)
                            .complete())
                    .isEqualTo(204);
        }
    }

    static void awaitState(String number, String state) {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> change(number).get("state").asText().equals(state));
    }

    static Instant moment(JsonNode holder, String field) {
        return Instant.parse(holder.get(field).asText());
    }

    private static String numberOf(JsonNode change) {
        return change.get("number").asText();
    }

    static JsonNode change(String number) {
        return as("rita").get("/api/v1/changes/" + number);
    }

    private static String running(String service) {
        return running(service, "production");
    }

    /** What the catalog says runs in an environment. */
    static String running(String service, String environment) {
        return as("rita")
                .get("/api/v1/services/" + service + "/deployments?environment=" + environment + "&live=true")
                .get("items")
                .get(0)
                .get("version")
                .asText();
    }

    /** The requests; what carries a release is rolf's as well. */
    private static List<JsonNode> sample(String filter) {
        List<JsonNode> requests = new ArrayList<>();
        as("rita")
                .get("/api/v1/changes?limit=200&requester=rolf" + filter)
                .get("items")
                .forEach(change -> {
                    if (change.get("title").asText().startsWith("Release ")) {
                        requests.add(change);
                    }
                });
        return requests;
    }

    static ApiClient as(String person) {
        return new ApiClient(gatehouse.address(), person);
    }
}
