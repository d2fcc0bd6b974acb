package io.gatehouse.tool;

import static io.gatehouse.tool.ToolFixture.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tokens at the door of the API, with every filter in front of it. */
@ProcessTest
@OnH2
class TokenSignInApiTests {

    private static final String SECRET_PART = "(?<=gh_.{12}_).{20}";

    @Autowired
    private WebApplicationContext context;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping controllers;

    @Autowired
    private Tools tools;

    @Autowired
    private Tokens tokens;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    private MockMvcTester mvc;
    private ToolFixture fixture;
    private String tool;
    private Tokens.Issued issued;

    @BeforeEach
    void door() {
        mvc = Door.to(context);
        fixture = new ToolFixture(jdbc, identities, tools, tokens);
        fixture.teams();
        tool = fixture.tool("alpha-app");
        issued = fixture.token(ANNA, tool);
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void letsAToolIn() {
        assertThat(get("Bearer " + issued.text())).hasStatusOk();
        assertThat(get("bearer " + issued.text())).hasStatusOk();
    }

    @Test
    void keepsForgedTokensOutOfEveryOperation() {
        Map<String, String> forged = forged();
        assertThat(forged).hasSizeGreaterThanOrEqualTo(25);
        int requests = 0;
        for (String operation : operations()) {
            for (Map.Entry<String, String> forgery : forged.entrySet()) {
                clock.advance(java.time.Duration.ofMillis(100));
                MvcTestResult answer = call(operation, forgery.getValue());
                assertThat(answer.getResponse().getStatus())
                        .as(operation + " with " + forgery.getKey())
                        .isEqualTo(401);
                requests++;
            }
        }
        assertThat(requests).isGreaterThan(1000);
    }

    /** At one operation, because each try costs what a slow hash costs and the operation is not looked at before. */
    @Test
    void takesNoTokenAsAPassword() {
        for (String credentials :
                List.of("tool:" + tool + ":" + issued.text(), "tool:" + tool + ":", issued.text() + ":")) {
            assertThat(get(basic(credentials))).as(credentials).hasStatus(401);
        }
    }

    @Test
    void neverKeepsATokenWithTheAnswerToAnIdempotencyKey() throws Exception {
        String key = UUID.randomUUID().toString();
        ANNA.runs(() -> tokens.revoke(tool, issued.token().id()));

        String first = issue(key);
        String again = issue(key);

        assertThat(first).containsPattern("\"token\" *: *\"gh_");
        assertThat(again).contains("shown only in the first answer").doesNotContain("gh_");
        assertThat(again).isEqualTo(first.replaceAll("gh_[0-9A-Za-z_]{62}", "shown only in the first answer"));
        assertThat(tokens.of(tool)).hasSize(2);
        assertThat(jdbc.queryForList("select * from idempotent_request").toString())
                .doesNotContain("gh_");
    }

    private String issue(String key) throws Exception {
        MvcTestResult answer = mvc.post()
                .uri("/api/v1/tools/" + tool + "/tokens")
                .with(ANNA.signsIn())
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}")
                .exchange();
        assertThat(answer).hasStatus(201);
        return answer.getResponse().getContentAsString();
    }

    private Map<String, String> forged() {
        String good = issued.text();
        String other = fixture.token(ANNA, fixture.tool("alpha-app")).text();
        Tokens.Issued revoked = fixture.token(ANNA, fixture.tool("alpha-app"));
        ANNA.runs(() -> tokens.revoke(revoked.token().tool(), revoked.token().id()));
        Tokens.Issued expired = fixture.token(ANNA, fixture.tool("alpha-app"));
        jdbc.update(
                "update tool_token set expires_at = created_at where token_id = ?",
                expired.token().id());
        Tokens.Issued disabled = fixture.token(ANNA, fixture.tool("alpha-app"));
        jdbc.update(
                "update tool set enabled = false where tool_key = ?",
                disabled.token().tool());
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("nothing", "");
        forged.put("no token", "Bearer");
        forged.put("an empty token", "Bearer ");
        forged.put("only the prefix", "Bearer gh_");
        forged.put("the id alone", "Bearer gh_" + issued.token().id());
        forged.put("no secret", "Bearer " + good.substring(0, 16));
        forged.put("a shortened secret", "Bearer " + good.substring(0, good.length() - 1));
        forged.put("a longer secret", "Bearer " + good + "A");
        forged.put("trailing garbage", "Bearer " + good + " x");
        forged.put("two tokens", "Bearer " + good + ", Bearer " + other);
        forged.put("a leading blank", "Bearer  " + good);
        forged.put("another prefix", "Bearer " + good.replace("gh_", "gl_"));
        forged.put("a prefix in capitals", "Bearer " + good.replace("gh_", "GH_"));
        forged.put("the secret of another", "Bearer " + good.substring(0, 16) + other.substring(16));
        forged.put("the id of another", "Bearer " + other.substring(0, 16) + good.substring(16));
        forged.put("an altered secret", "Bearer " + good.replaceFirst(SECRET_PART, "A".repeat(20)));
        forged.put("an altered checksum", "Bearer " + good.substring(0, 59) + "000000");
        forged.put("a random token", "Bearer " + TokenText.random().text());
        forged.put("a revoked token", "Bearer " + revoked.text());
        forged.put("an expired token", "Bearer " + expired.text());
        forged.put("a token of a disabled tool", "Bearer " + disabled.text());
        forged.put("another scheme", "Token " + good);
        forged.put("no scheme", good);
        forged.put("a JWT without a signature", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGFtIn0.");
        forged.put("a token of a kilobyte", "Bearer gh_" + "A".repeat(1000));
        forged.put("a token of a megabyte", "Bearer gh_" + "A".repeat(1_000_000));
        forged.put("an SQL injection", "Bearer gh_' or '1'='1");
        return forged;
    }

    private static String basic(String credentials) {
        return "Basic " + java.util.Base64.getEncoder().encodeToString(credentials.getBytes());
    }

    private List<String> operations() {
        return controllers.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/api") && !pattern.contains("{connector}"))
                        .flatMap(pattern -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + pattern)))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private MvcTestResult call(String operation, String authorization) {
        String[] parts = operation.split(" ");
        var request = mvc.method(HttpMethod.valueOf(parts[0]))
                .uri(parts[1].replaceAll("\\{[^}]*}", "1"))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}");
        return (authorization.isEmpty() ? request : request.header("Authorization", authorization)).exchange();
    }

    private MvcTestResult get(String authorization) {
        return mvc.get()
                .uri("/api/v1/changes")
                .header("Authorization", authorization)
                .exchange();
    }
}
