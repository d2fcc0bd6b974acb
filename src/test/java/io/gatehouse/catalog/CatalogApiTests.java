package io.gatehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.UserRequestPostProcessor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@ProcessTest
@OnH2
class CatalogApiTests {

    private static final UserRequestPostProcessor ROLF = user("rolf").roles("release-manager");
    private static final UserRequestPostProcessor RITA = user("rita").roles("requester");

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private Deployments deployments;

    @Autowired
    private TransactionTemplate transaction;

    private MvcTestResult get(String address) {
        return mvc.get().uri(address).with(RITA).exchange();
    }

    private MockMvcRequestBuilder put(String address, String body) {
        return mvc.put()
                .uri(address)
                .with(ROLF)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private static String service(String name, String dependencies) {
        return """
                {"name": "%s", "tier": 2, "ownerGroup": "nova", "complianceScopes": ["sox"], "dependencies": [%s]}
                """
                .formatted(name, dependencies);
    }

    private static String environment(String name) {
        return """
                {"name": "%s", "kind": "STAGING", "order": 2, "production": false}
                """
                .formatted(name);
    }

    private void createService(String key, String dependencies) {
        MvcTestResult created = put("/api/v1/services/" + key, service(key, dependencies))
                .header("If-None-Match", "*")
                .exchange();
        assertThat(created).hasStatus(201);
    }

    private void createEnvironment(String key) {
        MvcTestResult created = put("/api/v1/environments/" + key, environment(key))
                .header("If-None-Match", "*")
                .exchange();
        assertThat(created).hasStatus(201);
    }

    /** The keys of all of them, whatever other tests have left, in the order of the pages. */
    private List<String> environments() throws UnsupportedEncodingException {
        List<String> keys = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            DocumentContext page = JsonPath.using(
                            Configuration.defaultConfiguration().addOptions(Option.DEFAULT_PATH_LEAF_TO_NULL))
                    .parse(get("/api/v1/environments?limit=20" + cursor)
                            .getResponse()
                            .getContentAsString());
            keys.addAll(page.<List<String>>read("$.items[*].key"));
            String next = page.read("$.next");
            cursor = next == null ? null : "&after=" + next;
        }
        return keys;
    }

    private void deploy(String service, String environment, String version) {
        transaction.executeWithoutResult(status -> deployments.record(
                service, environment, version, null, "CHG-000001", Instant.parse("2023-03-22T10:00:00.123456Z")));
    }

    @Test
    void createsAndShowsAService() {
        createService("api-needed", "");

        MvcTestResult created = put("/api/v1/services/api-nova", service("Compute", "\"api-needed\""))
                .header("If-None-Match", "*")
                .exchange();

        assertThat(created)
                .hasStatus(201)
                .hasHeader("ETag", "\"1\"")
                .hasHeader("Location", "/api/v1/services/api-nova");
        assertThat(get("/api/v1/services/api-nova"))
                .hasStatus(200)
                .hasHeader("ETag", "\"1\"")
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"key": "api-nova", "name": "Compute", "tier": 2, "ownerGroup": "nova",
                         "complianceScopes": ["sox"], "dependencies": ["api-needed"]}
                        """);
    }

    @Test
    void updatesAServiceOnlyInTheVersionThatWasRead() {
        createService("api-updated", "");
        String changed = service("Changed", "");

        assertThat(put("/api/v1/services/api-updated", changed)).hasStatus(428);
        assertThat(put("/api/v1/services/api-updated", changed).header("If-None-Match", "*"))
                .hasStatus(412);
        assertThat(put("/api/v1/services/api-updated", changed).header("If-Match", "\"1\""))
                .hasStatus(200)
                .hasHeader("ETag", "\"2\"");
        assertThat(put("/api/v1/services/api-updated", changed).header("If-Match", "\"1\""))
                .hasStatus(412);
        assertThat(put("/api/v1/services/api-missing", changed).header("If-Match", "\"1\""))
                .hasStatus(412);
    }

    @Test
    void refusesDependenciesThatDoNotExistAndItself() {
        assertThat(put("/api/v1/services/api-lonely", service("Lonely", "\"api-nowhere\""))
                        .header("If-None-Match", "*"))
                .hasStatus(400)
                .bodyText()
                .contains("unknown: api-nowhere");
        assertThat(put("/api/v1/services/api-lonely", service("Lonely", "\"api-lonely\""))
                        .header("If-None-Match", "*"))
                .hasStatus(400)
                .bodyText()
                .contains("must not name the service itself");
    }

    @Test
    void refusesWhatIsNoService() {
        for (String body : List.of(
                "{}",
                service("", ""),
                service("a", "\"UPPER\""),
                service("a", "null"),
                service("a", "").replace("2", "5"),
                service("a", "").replace("\"nova\"", "\"No Group\""),
                service("x".repeat(201), ""))) {
            assertThat(put("/api/v1/services/api-bad", body).header("If-None-Match", "*"))
                    .as(body)
                    .hasStatus(400);
        }
        assertThat(put("/api/v1/services/API", service("a", "")).header("If-None-Match", "*"))
                .hasStatus(400);
    }

    @Test
    void letsOnlyReleaseManagersWrite() {
        assertThat(put("/api/v1/services/api-forbidden", service("a", ""))
                        .with(RITA)
                        .header("If-None-Match", "*"))
                .hasStatus(403);
        assertThat(put("/api/v1/environments/api-forbidden", environment("a"))
                        .with(RITA)
                        .header("If-None-Match", "*"))
                .hasStatus(403);
        assertThat(put("/api/v1/services/api-forbidden", service("a", ""))
                        .with(user("adam").roles("admin"))
                        .header("If-None-Match", "*"))
                .hasStatus(403);
        assertThat(mvc.get().uri("/api/v1/services")).hasStatus(401);
    }

    @Test
    void listsServicesPageByPageInTheOrderOfTheirKeys() {
        createService("page-a", "");
        createService("page-b", "\"page-a\"");
        createService("page-c", "\"page-a\"");

        MvcTestResult first =
                get("/api/v1/services?dependsOn=page-a&ownerGroup=nova&tier=2&complianceScope=sox&limit=1");

        assertThat(first).bodyJson().extractingPath("$.items[*].key").asArray().containsExactly("page-b");
        assertThat(first).bodyJson().extractingPath("$.next").asString().satisfies(next -> assertThat(
                        get("/api/v1/services?dependsOn=page-a&limit=1&after=" + next))
                .bodyJson()
                .extractingPath("$.items[*].key")
                .asArray()
                .containsExactly("page-c"));
        assertThat(get("/api/v1/services?dependsOn=page-a&tier=3")).bodyJson().isStrictlyEqualTo("{\"items\": []}");
    }

    @Test
    void tellsWhatIsMissing() {
        assertThat(get("/api/v1/services/nowhere")).hasStatus(404).bodyText().contains("service-not-found");
        assertThat(get("/api/v1/services/NO WHERE")).hasStatus(404);
        assertThat(get("/api/v1/environments/nowhere"))
                .hasStatus(404)
                .bodyText()
                .contains("environment-not-found");
        assertThat(get("/api/v1/services/nowhere/deployments")).hasStatus(404);
        assertThat(get("/api/v1/environments/nowhere/deployments")).hasStatus(404);
    }

    @Test
    void createsUpdatesAndListsEnvironments() throws UnsupportedEncodingException {
        createEnvironment("env-one");
        createEnvironment("env-two");

        assertThat(put("/api/v1/environments/env-one", environment("Changed")).header("If-Match", "\"1\""))
                .hasStatus(200)
                .hasHeader("ETag", "\"2\"");
        assertThat(get("/api/v1/environments/env-one"))
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"key": "env-one", "name": "Changed", "kind": "STAGING", "order": 2, "production": false}
                        """);
        assertThat(environments()).containsSubsequence("env-one", "env-two");
        assertThat(get("/api/v1/environments?after=xyz")).hasStatus(400);
    }

    @Test
    void showsWhatIsDeployedAndWhatWasBefore() {
        createService("deployed", "");
        createEnvironment("stage-a");
        createEnvironment("stage-b");
        deploy("deployed", "stage-a", "1.0.0");
        deploy("deployed", "stage-b", "1.0.0");
        deploy("deployed", "stage-a", "1.1.0");

        assertThat(get("/api/v1/services/deployed/deployments"))
                .bodyJson()
                .extractingPath("$.items[*].version")
                .asArray()
                .containsExactly("1.1.0", "1.0.0", "1.0.0");
        assertThat(get("/api/v1/services/deployed/deployments?environment=stage-a&limit=1"))
                .bodyJson()
                .extractingPath("$.items[*].version")
                .asArray()
                .containsExactly("1.1.0");
        assertThat(get("/api/v1/environments/stage-a/deployments?live=true"))
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"items": [{"service": "deployed", "environment": "stage-a", "version": "1.1.0",
                          "change": "CHG-000001", "since": "2023-03-22T10:00:00.123456Z", "live": true}]}
                        """);
    }
}
