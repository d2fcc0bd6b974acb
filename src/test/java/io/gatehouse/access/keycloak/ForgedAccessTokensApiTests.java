package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Permissions;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

/**
 * Every operation of the API against every forged access token, behind all its filters; the realm's keys are ours, so
 * that each token but for one thing is as good as a real one.
 */
@OnH2
@ActiveProfiles("keycloak")
@DirtiesContext
@SpringBootTest(
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.webapp.enabled=false",
            "gatehouse.rollout.dispatch=false",
            "gatehouse.api.rate.per-second=1000000",
            "gatehouse.api.rate.burst=1000000"
        })
class ForgedAccessTokensApiTests {

    private static final FakeRealm REALM = new FakeRealm();
    private static final int FRESH_SECONDS = 20;
    private static final int LONGEST_HEADER = 100_000;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Permissions permissions;

    private MockMvcTester mvc;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("gatehouse.keycloak.issuer", REALM::issuer);
        registry.add("gatehouse.keycloak.client-secret", () -> "0f1e2d3c4b5a69788796a5b4");
        registry.add("gatehouse.keycloak.identity-secret", () -> "8796a5b4c3d2e1f00f1e2d3c");
    }

    @AfterAll
    static void close() {
        REALM.close();
    }

    @BeforeEach
    void door() {
        mvc = Door.to(context);
    }

    @Test
    void areRefusedByEveryOperation() {
        Map<String, String> forgeries = Map.of();
        Instant forged = Instant.EPOCH;
        int requests = 0;
        for (String operation : operations()) {
            // They are good for a minute but for what is forged; whatever comes later is refused for its age only.
            if (Instant.now().isAfter(forged.plusSeconds(FRESH_SECONDS))) {
                forged = Instant.now();
                forgeries = Forgeries.of(REALM);
            }
            for (Map.Entry<String, String> forgery : forgeries.entrySet()) {
                // Longer than any header that a server passes on, so that it is looked at once is enough.
                if (forgery.getValue().length() > LONGEST_HEADER && requests > forgeries.size()) {
                    continue;
                }
                MvcTestResult answer = call(operation, "Bearer " + forgery.getValue());
                assertThat(answer.getResponse().getStatus())
                        .as(operation + " with " + forgery.getKey())
                        .isEqualTo(401);
                assertThat(answer.getResponse().getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"Gatehouse\"");
                assertThat(answer.getResponse().getContentType()).startsWith("application/problem+json");
                requests++;
            }
        }
        assertThat(operations()).hasSizeGreaterThan(40);
        assertThat(requests).isGreaterThan(25 * 40);
    }

    @Test
    void areTheOnlyOnesToBeRefused() {
        String good = good();
        Instant signed = Instant.now();
        for (String operation : operations()) {
            if (Instant.now().isAfter(signed.plusSeconds(FRESH_SECONDS))) {
                signed = Instant.now();
                good = good();
            }
            if (!permissions.allowsAnybody(operation)) {
                assertThat(call(operation, good).getResponse().getStatus())
                        .as(operation)
                        .isNotEqualTo(401)
                        .isLessThan(500);
            }
        }
        assertThat(call("GET /api/v1/services", good())).hasStatusOk();
    }

    private static String good() {
        return "Bearer " + REALM.sign(REALM.claims("rita", "requester"));
    }

    @Test
    void openNothingInAnotherPlace() {
        String good = REALM.sign(REALM.claims("rita", "requester"));

        assertThat(mvc.get().uri("/api/v1/services?access_token=" + good)).hasStatus(401);
        assertThat(mvc.post()
                        .uri("/api/v1/changes")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .param("access_token", good))
                .hasStatus(401);
        for (String scheme : List.of("", "Basic ", "Token ", "DPoP ", "Bearer:", "Bearer  ")) {
            assertThat(call("GET /api/v1/services", scheme + good)).hasStatus(401);
        }
    }

    private List<String> operations() {
        return permissions.names().stream()
                .filter(name -> name.contains(" /api/v1/"))
                .toList();
    }

    private MvcTestResult call(String operation, String authorization) {
        String[] parts = operation.split(" ");
        return mvc.method(HttpMethod.valueOf(parts[0]))
                .uri(parts[1].replaceAll("\\{[^}]*}", "1"))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}")
                .header("Authorization", authorization)
                .exchange();
    }
}
