package io.gatehouse.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.TasklistSession;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The sample people bring a stuck change back on its way, at the real doors: API and Tasklist. */
@EngineTest
class BreakGlassTasklistTests {

    private static final String ADDRESS = "/api/v1/break-glass";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private TaskService tasks;

    private BreakGlassDriver driver;

    @BeforeEach
    void driver() {
        driver = new BreakGlassDriver(context);
    }

    @Test
    void aFailedJobIsFoundAskedForGrantedRepairedAndReviewed() {
        String change = driver.changeWithFailedJob();
        String number = asked(change);
        ApiClient oskar = api("oskar");

        // Oskar can do it neither yet nor by granting it to himself.
        use(oskar, number).expect(409);
        assertThat(submit("oskar", number, "decision", "GRANT", "reason", "Mine"))
                .isBetween(400, 404);
        assertThat(claim("oskar", number)).isBetween(400, 404);
        assertThat(submit("adam", number, "decision", "GRANT", "reason", "I am admin"))
                .isBetween(400, 404);
        assertThat(driver.stateOf(number)).isEqualTo(BreakGlass.State.ASKED);

        assertThat(shown("rolf", number)).contains("SET\\\\_RETRIES", change, "INC\\\\-4711");
        assertThat(claim("rolf", number)).isEqualTo(204);
        assertThat(submit("rolf", number, "decision", "GRANT", "reason", "It has to go out today"))
                .isEqualTo(204);
        JsonNode used = use(oskar, number).expect(200);

        assertThat(used.get("state").asText()).isEqualTo("ENDED");
        assertThat(driver.job(change).getRetries()).isEqualTo(3);
        driver.run(change);
        assertThat(driver.waitsAt(change)).containsExactly(BreakGlassDriver.WINDOW);

        assertThat(submit("rolf", number, "outcome", "JUSTIFIED", "toMend", "Nothing"))
                .isBetween(400, 404);
        assertThat(submit("mona", number, "outcome", "JUSTIFIED", "toMend", "Wait longer for the database"))
                .isEqualTo(204);
        assertThat(api("alma").get(ADDRESS + "/" + number).get("toMend").asText())
                .isEqualTo("Wait longer for the database");
        assertThat(driver.trail(number))
                .contains("breakglass.Asked", "breakglass.Granted", "breakglass.Used", "breakglass.Reviewed");
    }

    @Test
    void theCallsOfCockpitStayClosedToWhoWasGranted() {
        String change = driver.changeWithFailedJob();
        String number = asked(change);
        assertThat(submit("rolf", number, "decision", "GRANT", "reason", "It has to go out today"))
                .isEqualTo(204);

        int status = TasklistSession.of("oskar", port)
                .engine("PUT", "job/" + driver.job(change).getId() + "/retries", "{\"retries\":3}")
                .statusCode();

        assertThat(status).isEqualTo(403);
        assertThat(driver.job(change).getRetries()).isZero();
    }

    @Test
    void theSameKeyHasItsEffectOnce() {
        String change = driver.changeWithFailedJob();
        String number = asked(change);
        submit("rolf", number, "decision", "GRANT", "reason", "It has to go out today");
        ApiClient oskar = api("oskar");
        Map<String, String> body = Map.of("kind", "SET_RETRIES");
        String address = ADDRESS + "/" + number + "/actions";

        JsonNode first = oskar.send("POST", address, body, "Idempotency-Key", "key-" + number)
                .expect(200);
        JsonNode again = oskar.send("POST", address, body, "Idempotency-Key", "key-" + number)
                .expect(200);

        assertThat(again).isEqualTo(first);
        assertThat(driver.trail(number)).containsOnlyOnce("breakglass.Used").doesNotContain("breakglass.UseRefused");
    }

    private String asked(String change) {
        Map<String, Object> body = Map.of(
                "target",
                change,
                "actions",
                List.of(Map.of("kind", "SET_RETRIES", "at", BreakGlassDriver.WINDOW)),
                "reason",
                "The database was away for an hour",
                "incident",
                "INC-4711",
                "expiresAt",
                Instant.now().plus(Duration.ofMinutes(30)).toString());
        return api("oskar").post(ADDRESS, body).expect(201).get("number").asText();
    }

    private static ApiClient.Answer use(ApiClient person, String number) {
        return person.post(ADDRESS + "/" + number + "/actions", Map.of("kind", "SET_RETRIES"));
    }

    private String shown(String person, String number) {
        return TasklistSession.of(person, port)
                .engine("GET", "task/" + task(number) + "/form-variables", "")
                .body();
    }

    private int claim(String person, String number) {
        return TasklistSession.of(person, port)
                .engine("POST", "task/" + task(number) + "/claim", "{\"userId\":\"" + person + "\"}")
                .statusCode();
    }

    private int submit(String person, String number, String field, String value, String text, String words) {
        String body = "{\"variables\":{\"%s\":{\"value\":\"%s\",\"type\":\"String\"},"
                + "\"%s\":{\"value\":\"%s\",\"type\":\"String\"}}}";
        return TasklistSession.of(person, port)
                .engine("POST", "task/" + task(number) + "/submit-form", body.formatted(field, value, text, words))
                .statusCode();
    }

    private String task(String number) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
    }

    private ApiClient api(String person) {
        return new ApiClient(URI.create("http://127.0.0.1:" + port), person);
    }
}
