package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.keycloak.WireBrowser.Answer;
import io.gatehouse.testing.KeycloakRealm;
import io.gatehouse.testing.KeycloakServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long a session at a Keycloak lasts, what it shows meanwhile, and how it ends. */
@ExtendWith(OutputCaptureExtension.class)
class KeycloakSessionTests extends KeycloakApplication {

    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    @Autowired
    private TaskService tasks;

    @Autowired
    private JdbcClient jdbc;

    private KeycloakRealm realm;

    @BeforeEach
    void open() {
        realm = KeycloakServer.shared().realm();
    }

    @Test
    void endsAMinuteAfterThePersonIsDisabled() {
        WireBrowser rita = signedIn("disabled-rita", "requester");

        realm.enable("disabled-rita", false);
        clock.jump(A_MINUTE);

        assertThat(rita.isSignedIn()).isFalse();
        assertThat(rita.get(address(TASKLIST)).location()).isEqualTo(address(KeycloakSignIn.BEGIN));
        clock.reset();
        assertThat(rita.isSignedIn()).as("for good").isFalse();
    }

    @Test
    void endsAMinuteAfterItsSessionAtKeycloak() {
        WireBrowser rita = signedIn("ended-rita", "requester");

        realm.endSessionsOf("ended-rita");
        clock.jump(A_MINUTE);

        assertThat(rita.isSignedIn()).isFalse();
    }

    @Test
    void goesOnWhileKeycloakSaysSo() {
        WireBrowser rita = signedIn("going-on-rita", "requester");

        for (int minutes = 0; minutes < 5; minutes++) {
            clock.jump(A_MINUTE);
            assertThat(rita.isSignedIn()).isTrue();
        }
    }

    @Test
    void losesTheTasksOfAGroupWithItAndGainsThoseOfAnother() {
        Task review = aTechnicalReview();
        WireBrowser theo = signedIn("groups-theo", "technical-approver");
        WireBrowser tina = signedIn("groups-tina", "requester");
        assertThat(sees(theo, review)).isTrue();
        assertThat(sees(tina, review)).isFalse();

        realm.leave("groups-theo", "technical-approver");
        realm.join("groups-tina", "technical-approver");
        clock.jump(A_MINUTE);

        assertThat(sees(theo, review)).isFalse();
        assertThat(sees(tina, review)).isTrue();
        Answer claim = theo.engine("POST", "task/" + review.getId() + "/claim", "{\"userId\": \"groups-theo\"}");
        assertThat(claim.status()).as(claim.body()).isBetween(403, 404);
    }

    @Test
    void endsForWhoeverComesToHoldWhatDoesNotGoTogether() {
        WireBrowser carla = signedIn("both-carla", "cab-member");

        realm.join("both-carla", "admin");
        clock.jump(A_MINUTE);

        assertThat(carla.isSignedIn()).isFalse();
    }

    @Test
    void endsAtKeycloakTooWithTheSignOut() {
        WireBrowser rita = signedIn("leaving-rita", "requester");
        assertThat(realm.sessionsOf("leaving-rita")).isEqualTo(1);
        String cookie = rita.cookie(gatehouse(), "GATEHOUSE");

        Answer left = rita.signOut();

        assertThat(left.location()).isEqualTo(address("/sign-in?signed-out"));
        assertThat(realm.sessionsOf("leaving-rita")).isZero();
        assertThat(rita.isSignedIn()).isFalse();
        assertThat(cookie).isNotEmpty();
        assertThat(rita.visit(address(TASKLIST)).body()).contains("name=\"password\"");
    }

    @Test
    void endsByNoForgedForm() {
        WireBrowser rita = signedIn("csrf-rita", "requester");

        assertThat(rita.post(address("/sign-out"), Map.of()).status()).isEqualTo(403);
        assertThat(rita.isSignedIn()).isTrue();
        assertThat(realm.sessionsOf("csrf-rita")).isEqualTo(1);
    }

    @Test
    void leavesNoTokenInTheLogAndInTheDatabase(CapturedOutput log) {
        WireBrowser rita = signedIn("quiet-rita", "requester");
        clock.jump(A_MINUTE);
        assertThat(rita.isSignedIn()).isTrue();
        clock.reset();
        String token = App.ofTheApi(KeycloakServer.shared()).tokenOf("quiet-rita");
        assertThat(BearerClient.with(token).get("/api/v1/services").status()).isEqualTo(200);
        assertThat(BearerClient.with(token + "x").get("/api/v1/services").status())
                .isEqualTo(401);
        rita.signOut();

        assertThat(log.getAll()).doesNotContain("eyJ");
        assertThat(jdbc.sql("script").query(String.class).list())
                .anyMatch(line -> line.contains("quiet-rita"))
                .noneMatch(line -> line.contains("eyJ"));
    }

    private WireBrowser signedIn(String name, String... groups) {
        realm.addPerson(name, groups);
        WireBrowser browser = new WireBrowser();
        browser.signIn(name);
        assertThat(browser.isSignedIn()).isTrue();
        return browser;
    }

    /** Somebody else raises a change; its first task is for the group technical-approver. */
    private Task aTechnicalReview() {
        realm.addPerson("groups-rolf", "release-manager", "requester");
        BearerClient rolf =
                BearerClient.with(App.ofTheApi(KeycloakServer.shared()).tokenOf("groups-rolf"));
        put(rolf, "services/groups-service", "{'name': 'Groups', 'tier': 1, 'ownerGroup': 'groups'}");
        put(rolf, "environments/groups", "{'name': 'Groups', 'kind': 'STAGING', 'order': 2, 'production': false}");
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1));
        String change =
                """
                {'type': 'NORMAL', 'submit': true, 'change': {'title': 'Groups', 'services': ['groups-service'],
                 'environment': 'groups', 'window': {'startsAt': '%s', 'endsAt': '%s'},
                 'plans': {'implementation': 'a', 'test': 'b', 'backout': 'c'},
                 'questionnaire': {'backoutTested': true}}}"""
                        .formatted(start, start.plus(Duration.ofHours(2)));
        String number = rolf.send("POST", "/api/v1/changes", change.replace('\'', '"'))
                .expect(201)
                .get("number")
                .asText();
        return tasks.createTaskQuery().processInstanceBusinessKey(number).singleResult();
    }

    private static void put(BearerClient client, String path, String json) {
        client.send("PUT", "/api/v1/" + path, json.replace('\'', '"'), "If-None-Match", "*")
                .expect(201);
    }

    private static boolean sees(WireBrowser person, Task task) {
        Answer answer = person.engine("GET", "task/" + task.getId(), "");
        assertThat(answer.status()).isIn(200, 403, 404);
        return answer.status() == 200;
    }
}
