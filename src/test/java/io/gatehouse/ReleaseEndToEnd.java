package io.gatehouse;

import static io.gatehouse.EndToEndTests.approve;
import static io.gatehouse.EndToEndTests.as;
import static io.gatehouse.EndToEndTests.awaitState;
import static io.gatehouse.EndToEndTests.change;
import static io.gatehouse.EndToEndTests.gatehouse;
import static io.gatehouse.EndToEndTests.moment;
import static io.gatehouse.EndToEndTests.running;
import static io.gatehouse.EndToEndTests.site;
import static io.gatehouse.testing.AnsibleSite.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.TasklistPage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * One real release of three services through the real doors: a stage before production, five seats in the Tasklist, one of
 * them on a condition, and Ansible.
 */
abstract class ReleaseEndToEnd {

    /** Each needs those before it. By their names they would come in another order. */
    private static final List<String> SERVICES = List.of("keystoneauth", "python-novaclient", "heat");

    private static final List<String> VERSIONS = List.of("6.0.0", "19.0.0", "22.0.0");

    /** A release has it to itself, and those of the sample have the others. */
    private static final String TRIAL = "trial";

    private static final String DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /** About as long as the stage and the votes take; whoever needs longer finds the window open. */
    private static final Duration UNTIL_IT_OPENS = Duration.ofSeconds(45);

    private static final Duration UNTIL_IT_OPENS_AGAIN = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void threeServicesAreBackWhenTheThirdFailsAndGoOnceProductionIsMended(ChromiumBrowser browser) {
        as("rolf")
                .send(
                        "PUT",
                        "/api/v1/environments/" + TRIAL,
                        Map.of("name", "Trial", "kind", "TEST", "order", 2, "production", false),
                        "If-None-Match",
                        "*")
                .expect(201);
        SERVICES.forEach(ReleaseEndToEnd::prepare);
        site.publish("production/heat", "22.0.0", "0.0.0");
        List<String> before = runningIn("production");
        Instant opens = in(UNTIL_IT_OPENS);
        String number = started(opens);

        answerInTheTasklist(browser, number, opens);
        confirmInTheTasklist(browser, number);
        String test = deployedInStaging(number, 1, VERSIONS);
        lookAtInTheTasklist(browser, test);
        record(number, test);
        signOffInTheTasklist(browser, number);
        assertThat(awaitRun(number, 1, "outcome")).isEqualTo("PASSED");
        voteInTheTasklist(browser, number, opens);
        String failed = carrier(number);
        JsonNode planned = contentOf(number);
        JsonNode decided = release(number, "/decisions");
        JsonNode passed = release(number, "/stages");
        approve(failed);
        awaitState(failed, "REVIEW");

        undoneInExactReverse(failed);
        assertThat(runningIn("production")).isEqualTo(before);
        assertThat(answers("production")).containsOnly("1.0.0");
        as("mona")
                .post(
                        "/api/v1/changes/" + failed + "/reviews",
                        Map.of("closeCode", "UNSUCCESSFUL", "lessons", "Production has settings that staging has not."))
                .expect(200);
        assertThat(change(failed).get("state").asText()).isEqualTo("CLOSED");
        assertThat(change(failed).get("closeCode").asText()).isEqualTo("UNSUCCESSFUL");
        assertThat(change(failed).get("rolledBack").asBoolean()).isTrue();
        awaitRelease(number, "PREPARING");
        assertThat(release(number, "").get("returnedBecause").asText())
                .isEqualTo(failed + " was closed as UNSUCCESSFUL and rolled back.");
        assertThat(contentOf(number)).as("it keeps its content").isEqualTo(planned);
        assertThat(release(number, "/decisions")).as("what was decided").isEqualTo(decided);
        assertThat(release(number, "/stages")).as("and what it has passed").isEqualTo(passed);

        site.publish("production/heat", "22.0.0", "22.0.0");
        openLater(number);
        as("rolf").post(path(number, "/package-confirmations"), null).expect(200);
        awaitRelease(number, "DECIDING");
        assertThat(release(number, "/stages")).as("this package has passed it").isEqualTo(passed);
        for (String person : List.of("quinn", "petra", "rolf", "oskar", "sasha")) {
            as(person)
                    .post(path(number, "/votes"), Map.of("vote", "GO", "reason", "Its settings are there now"))
                    .expect(200);
        }
        String second = carrier(number);
        assertThat(second).isNotEqualTo(failed);
        approve(second);
        awaitRelease(number, "CLOSED");

        assertThat(change(second).get("closeCode").asText()).isEqualTo("SUCCESSFUL");
        assertThat(runningIn("production")).isEqualTo(VERSIONS);
        assertThat(answers("production")).isEqualTo(VERSIONS);
    }

    /** Has a plan for a service by which it is deployed anywhere, and its packages. */
    private static void prepare(String service) {
        int which = SERVICES.indexOf(service);
        for (String environment : List.of(TRIAL, "production")) {
            String place = environment + "/" + service;
            site.open(place);
            site.publish(place, VERSIONS.get(which), VERSIONS.get(which));
        }
        String place = "${environment}/" + service;
        as("rolf")
                .send(
                        "PUT",
                        "/api/v1/services/" + service + "/rollout-plan",
                        Map.of(
                                "process",
                                "Rollout",
                                "steps",
                                List.of(
                                        step(
                                                "DEPLOY_APPLICATION",
                                                "Deploy",
                                                "deploy",
                                                "take-back",
                                                place,
                                                "${artifact.version}"),
                                        step("VERIFY", "Verify", "verify", null, place, "${artifact.version}"))),
                        "If-None-Match",
                        "*")
                .expect(201);
    }

    private static String started(Instant opens) {
        String number = as("rolf")
                .post(
                        "/api/v1/releases",
                        Map.of(
                                "name",
                                "Orchestration with application credentials",
                                "description",
                                "Heat asks nova by the new client, which signs in anew.",
                                "manager",
                                "rolf",
                                "readyOn",
                                opens.atZone(ZoneOffset.UTC).toLocalDate().toString(),
                                "environment",
                                "production",
                                "window",
                                window(opens),
                                "plans",
                                Map.of("test", "Create a stack", "backout", "Switch all three back"),
                                "questionnaire",
                                Map.of("backoutTested", true),
                                "items",
                                List.of(
                                        Map.of("service", "keystoneauth", "version", "6.0.0", "digest", DIGEST),
                                        Map.of("service", "python-novaclient", "version", "19.0.0"),
                                        Map.of("service", "heat", "version", "22.0.0")),
                                "stages",
                                List.of(Map.of(
                                        "name", "staging",
                                        "environment", TRIAL,
                                        "planned", window(opens.minus(1, ChronoUnit.HOURS), opens),
                                        "tests",
                                                List.of(Map.of(
                                                        "name", "upgrade",
                                                        "askedGroup", "qa-lead",
                                                        "requiredPercent", 90)),
                                        "exitCriteria", List.of("Old stacks can be updated")))))
                .expect(201)
                .get("number")
                .asText();
        as("rolf").post(path(number, "/start"), null).expect(200);
        return number;
    }

    private static void answerInTheTasklist(ChromiumBrowser browser, String number, Instant opens) {
        String criterion = as("rolf")
                .post(
                        path(number, "/criteria"),
                        Map.of(
                                "title", "The load test is green",
                                "details", "A thousand stacks in ten minutes, on the package as it is.",
                                "ownerGroup", "qa-lead",
                                "dueAt", opens.toString()))
                .expect(201)
                .get("number")
                .asText();
        try (TasklistPage tasklist = signIn(browser, "quinn")) {
            tasklist.claim("Confirm criterion", criterion);
            requireWhole(tasklist, "confirm-criterion");
            assertThat(tasklist.field("What has to be so")).isEqualTo("The load test is green");
            tasklist.choose("It is not met").fill("How to see it, or why it is not met", "One stack did not come up");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
    }

    private static void confirmInTheTasklist(ChromiumBrowser browser, String number) {
        try (TasklistPage tasklist = signIn(browser, "rolf")) {
            tasklist.claim("Confirm package", number);
            requireWhole(tasklist, "confirm-package");
            assertThat(tasklist.field("Package"))
                    .isEqualTo("heat 22.0.0\nkeystoneauth 6.0.0 (" + DIGEST + ")\npython-novaclient 19.0.0");
            assertThat(tasklist.field("Stages before production")).isEqualTo("staging in trial: to be passed");
            assertThat(tasklist.choose("The package is complete").complete()).isEqualTo(204);
        }
    }

    /** A change of its own deploys it there, which is looked at by a colleague only. */
    private static String deployedInStaging(String number, int run, List<String> versions) {
        String change = awaitRun(number, run, "change");
        assertThat(change(change).get("environment").asText()).isEqualTo(TRIAL);
        approve(change);
        awaitRun(number, run, "deployedAt");
        assertThat(change(change).get("closeCode").asText()).isEqualTo("SUCCESSFUL");
        assertThat(runningIn(TRIAL)).isEqualTo(versions);
        assertThat(answers(TRIAL)).isEqualTo(versions);
        return runs(number).get(run - 1).get("tests").get(0).get("number").asText();
    }

    private static void lookAtInTheTasklist(ChromiumBrowser browser, String test) {
        try (TasklistPage tasklist = signIn(browser, "quinn")) {
            tasklist.claimToConfirm("Record test result", test);
            requireWhole(tasklist, "record-test-result");
            assertThat(tasklist.form()).contains("upgrade", "staging in trial", "90 % of the cases that run");
        }
    }

    /** As a pipeline does that quinn has made. */
    private static void record(String number, String test) {
        as("quinn")
                .post(path(number, "/tests/" + test + "/results"), Map.of("passed", 19, "failed", 1))
                .expect(200);
    }

    private static void signOffInTheTasklist(ChromiumBrowser browser, String number) {
        try (TasklistPage tasklist = signIn(browser, "quinn")) {
            tasklist.claim("Sign off stage", number);
            requireWhole(tasklist, "sign-off-stage");
            assertThat(tasklist.field("Tests"))
                    .isEqualTo("upgrade: passed, 19 of 20 cases passed, 90 % required, recorded by quinn");
            tasklist.choose("It passes").tick("Every exit criterion is met");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
    }

    private static void voteInTheTasklist(ChromiumBrowser browser, String number, Instant opens) {
        try (TasklistPage tasklist = signIn(browser, "quinn")) {
            tasklist.claim("Vote go or no go", number);
            requireWhole(tasklist, "vote-go-or-no-go");
            assertThat(tasklist.form()).contains("Orchestration with application credentials", "qa-lead");
            assertThat(tasklist.field("Readiness when you were asked"))
                    .contains(
                            "this package passed it, signed off by quinn",
                            "missing: digests, no digest says what exactly heat, python-novaclient gets",
                            "is not met, says quinn: One stack did not come up");
            tasklist.choose("Go, on conditions")
                    .fill("Reason", "One case of twenty failed")
                    .fill("Conditions", "Say why that case failed | oskar | " + opens.plus(1, ChronoUnit.HOURS));
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        for (String person : List.of("petra", "rolf", "oskar", "sasha")) {
            try (TasklistPage tasklist = signIn(browser, person)) {
                tasklist.claim("Vote go or no go", number);
                assertThat(tasklist.choose("Go").fill("Reason", "Ready").complete())
                        .isEqualTo(204);
            }
        }
        await().atMost(PATIENCE).until(() -> newestDecision(number).hasNonNull("outcome"));
        assertThat(newestDecision(number).get("outcome").asText()).isEqualTo("CONDITIONAL_GO");
        assertThat(release(number, "").get("state").asText()).as("it waits").isEqualTo("DECIDING");
        JsonNode condition = newestDecision(number).get("conditions").get(0);
        try (TasklistPage tasklist = signIn(browser, "oskar")) {
            tasklist.claimToConfirm("Meet condition", condition.get("number").asText());
            requireWhole(tasklist, "meet-condition");
            assertThat(tasklist.field("What is to be done")).isEqualTo("Say why that case failed");
            tasklist.fill("What was done and how to see it", "It asked for a flavor that staging has not");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
    }

    /** The ledger and Ansible itself say in which order everything was done and undone. */
    private static void undoneInExactReverse(String change) {
        assertThat(site.journal("production/").stream()
                        .filter(line -> SERVICES.stream().anyMatch(line::contains)))
                .containsExactly(
                        "remember production/keystoneauth 6.0.0",
                        "unpack production/keystoneauth 6.0.0",
                        "switch production/keystoneauth 6.0.0",
                        "remember production/python-novaclient 19.0.0",
                        "unpack production/python-novaclient 19.0.0",
                        "switch production/python-novaclient 19.0.0",
                        "remember production/heat 22.0.0",
                        "unpack production/heat 22.0.0",
                        "switch production/heat 22.0.0",
                        "verify production/keystoneauth 6.0.0 got 6.0.0",
                        "verify production/python-novaclient 19.0.0 got 19.0.0",
                        "verify production/heat 22.0.0 got 0.0.0",
                        "switch-back production/heat 22.0.0",
                        "remove production/heat 22.0.0",
                        "forget production/heat 22.0.0",
                        "switch-back production/python-novaclient 19.0.0",
                        "remove production/python-novaclient 19.0.0",
                        "forget production/python-novaclient 19.0.0",
                        "switch-back production/keystoneauth 6.0.0",
                        "remove production/keystoneauth 6.0.0",
                        "forget production/keystoneauth 6.0.0");
        JsonNode rollout =
                as("rita").get("/api/v1/rollouts?change=" + change).get("items").get(0);
        List<JsonNode> steps = stream(as("rita")
                        .get("/api/v1/rollouts/" + rollout.get("number").asText() + "/steps")
                        .get("items"))
                .toList();
        assertThat(steps.stream().map(step -> step.get("target").asText()))
                .containsExactly(
                        "production/keystoneauth",
                        "production/python-novaclient",
                        "production/heat",
                        "production/keystoneauth",
                        "production/python-novaclient",
                        "production/heat");
        assertThat(steps.stream()
                        .filter(step -> step.get("state").asText().equals("UNDONE"))
                        .sorted(Comparator.comparing(step -> moment(step, "endedAt")))
                        .map(step -> step.get("seq").asInt()))
                .containsExactly(3, 2, 1);
        assertThat(moment(steps.get(0), "startedAt"))
                .as("when work began")
                .isAfterOrEqualTo(moment(change(change).get("window"), "startsAt"));
    }

    /** Another window, and all the rest as it was. */
    private static void openLater(String number) {
        ObjectNode content = contentOf(number);
        content.set("window", JSON.valueToTree(window(in(UNTIL_IT_OPENS_AGAIN))));
        as("rolf").send("PUT", path(number, ""), content, "If-Match", "*").expect(200);
    }

    /** The change that carries it into production. */
    private static String carrier(String number) {
        awaitRelease(number, "DEPLOYING");
        await().atMost(PATIENCE).until(() -> release(number, "").hasNonNull("change"));
        String change = release(number, "").get("change").asText();
        assertThat(change(change).get("requester").asText()).isEqualTo("rolf");
        return change;
    }

    private static void awaitRelease(String number, String state) {
        await().atMost(PATIENCE)
                .until(() -> release(number, "").get("state").asText().equals(state));
    }

    /** What is said of its stay in staging, once it is. */
    private static String awaitRun(String number, int run, String field) {
        await().atMost(PATIENCE)
                .until(() ->
                        runs(number).size() == run && runs(number).get(run - 1).hasNonNull(field));
        return runs(number).get(run - 1).get(field).asText();
    }

    private static JsonNode runs(String number) {
        return release(number, "/stages").get(0).get("runs");
    }

    private static JsonNode newestDecision(String number) {
        JsonNode decisions = release(number, "/decisions");
        return decisions.get(decisions.size() - 1);
    }

    /** What people have written of it, as it is written again. */
    private static ObjectNode contentOf(String number) {
        ObjectNode content = ((ObjectNode) release(number, "")).deepCopy();
        return content.retain(
                "name",
                "description",
                "manager",
                "readyOn",
                "environment",
                "window",
                "plans",
                "questionnaire",
                "items",
                "seats",
                "stages");
    }

    private static JsonNode release(String number, String part) {
        return as("rita").get(path(number, part));
    }

    private static String path(String number, String part) {
        return "/api/v1/releases/" + number + part;
    }

    private static List<String> runningIn(String environment) {
        return SERVICES.stream().map(service -> running(service, environment)).toList();
    }

    private static List<String> answers(String environment) {
        return SERVICES.stream()
                .map(service -> site.version(environment + "/" + service))
                .toList();
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Map<String, String> window(Instant opens) {
        return window(opens, opens.plus(3, ChronoUnit.HOURS));
    }

    private static Map<String, String> window(Instant from, Instant until) {
        return Map.of("startsAt", from.toString(), "endsAt", until.toString());
    }

    private static TasklistPage signIn(ChromiumBrowser browser, String person) {
        return TasklistPage.signIn(browser, gatehouse.address(), person).onScreen(1280);
    }

    /** All of the form can be read, at a desk and on a phone. */
    private static void requireWhole(TasklistPage tasklist, String form) {
        tasklist.requireWholeAt(1280, form);
        tasklist.requireWholeAt(390, form);
        tasklist.onScreen(1280);
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
