package io.gatehouse.malformed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.RunningSample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Plants secrets wherever one may come in, lets a rollout use some of them, and searches the database, the log and every
 * answer for them, in each spelling of {@link Canary}.
 */
@RunningSample
class CanaryTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> READERS = List.of("adam", "alma", "rita", "rolf", "oskar");
    private static final Pattern LOCATION = Pattern.compile("(?im)^location: *\\S*/(\\S+)\\s*$");

    private static final Pattern RISK = Pattern.compile("RISK-\\d+");

    /** Where Spring tells at level DEBUG what it has read a body to. */
    private static final String BODIES =
            "org.springframework.web.servlet.mvc.method.annotation.RequestResponseBodyMethodProcessor";

    private static final HttpServer TOOL = startTool();

    /** What the tool got: time and headers of each call, and the body. */
    private record Received(String id, String timestamp, String signature, String authorization, byte[] body) {}

    private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();

    @DynamicPropertySource
    static void connectors(DynamicPropertyRegistry settings) {
        String host = "127.0.0.1:" + TOOL.getAddress().getPort();
        String hook = "gatehouse.connectors.canary-hook.webhook.";
        settings.add("gatehouse.outbound.hosts", () -> host);
        settings.add("gatehouse.outbound.networks", () -> "127.0.0.0/8");
        settings.add(hook + "url", () -> "http://" + host + "/deploy");
        settings.add(hook + "secret", () -> "stored:canary-signing");
        settings.add(hook + "headers.Authorization", () -> "stored:canary-header");
        settings.add(hook + "parameters.version", () -> "[0-9.]+");
        settings.add(hook + "after-crash", () -> "DEDUPLICATES");
        String program = "gatehouse.connectors.canary-program.command.";
        settings.add(program + "arguments[0]", () -> "sh");
        settings.add(program + "arguments[1]", () -> "-c");
        settings.add(program + "arguments[2]", () -> "echo \"begin $TOKEN end\"; test -n \"$TOKEN\"");
        settings.add(program + "environment.TOKEN", () -> "stored:canary-program");
        settings.add(program + "parameters.version", () -> "[0-9.]+");
    }

    /** What was planned here, and what may go wrong with it. */
    private String release = "";

    private String risk = "";

    private final Operations operations = new Operations();
    private final List<Canary> canaries = new ArrayList<>();
    private final Map<String, String> answers = new TreeMap<>();

    @LocalServerPort
    private int port;

    @Autowired
    private DataSource database;

    @Autowired
    private IdentityService identities;

    private LogCapture log;

    private int asked;

    private static HttpServer startTool() {
        try {
            HttpServer tool = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            tool.createContext("/", CanaryTests::deploy);
            tool.start();
            return tool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whoever asks what it was called with, as a careless tool does. */
    private static void deploy(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        RECEIVED.add(new Received(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                token,
                exchange.getRequestBody().readAllBytes()));
        byte[] body = JSON.writeValueAsBytes(
                Map.of("state", "SUCCEEDED", "detail", "Called with " + token, "log", "Authorization: " + token));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Not earlier: an application that starts takes the log away from whoever listens to it. */
    @BeforeEach
    void listen() {
        RECEIVED.clear();
        log = new LogCapture("io.gatehouse", "org.springframework.jdbc", BODIES);
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void areNowhereButWithWhomTheyAreFor() throws Exception {
        Canary header = plantInUse("canary-header", "");
        Canary program = plantInUse("canary-program", "");
        Canary oldSigning = plantSigning("If-None-Match: *");
        Canary signing = plantSigning("If-Match: \"1\"");
        plantUnused();
        plantInRefusedRequests();
        plantWherePeopleAndToolsComeIn();
        canaries.add(new Canary("the key itself", "sample-key-that-everybody-knows!"));
        String change = rollOut();
        callBack(oldSigning, 202);
        callBack(signing, 202);
        callBack(Canary.in("nowhere"), 401);

        assertThat(RECEIVED).isNotEmpty().allSatisfy(call -> {
            assertThat(call.authorization()).isEqualTo(header.text());
            assertThat(call.signature())
                    .isEqualTo(WebhookSecret.parse(whsec(signing))
                            .sign(call.id(), Instant.ofEpochSecond(Long.parseLong(call.timestamp())), call.body()));
        });
        String rollout = rolloutOf(change);
        assertThat(send("GET", "/api/v1/rollouts/" + rollout + "/steps/1/log", "rolf", "")
                        .body())
                .contains("Authorization: [secret]");
        assertThat(send("GET", "/api/v1/rollouts/" + rollout + "/steps/2/log", "rolf", "")
                        .body())
                .contains("begin [secret] end");
        askEverything(change, rollout);
        assertThat(canaries).hasSizeGreaterThanOrEqualTo(20).contains(program);
        System.out.printf("%d canaries, %d answers%n", canaries.size(), answers.size());
        assertThat(findings()).isEmpty();
    }

    @Test
    void wouldBeFound() throws Exception {
        Canary planted = Canary.in("a comment");
        canaries.add(planted);
        List<String> spellings = List.copyOf(planted.spellings().values());
        ok(send(
                "POST",
                "/api/v1/changes",
                "rita",
                change(String.join(" ", spellings), Instant.now().plusSeconds(86_400))));
        LoggerFactory.getLogger("io.gatehouse.malformed").trace("{}", String.join(" ", spellings));
        InsideTheEngine.run(
                identities,
                () -> identities.setUserInfo(
                        "rita", "canary", planted.spellings().get("base64 after 1")));

        List<String> findings = findings();

        for (String spelling : planted.spellings().keySet()) {
            assertThat(findings)
                    .contains(
                            "a comment, " + spelling + ", in the table change_request",
                            "a comment, " + spelling + ", in the log")
                    .anyMatch(finding -> finding.startsWith("a comment, " + spelling + ", in an answer to POST"));
        }
        assertThat(findings).contains("a comment, base64 after 1, in the table act_id_info");
    }

    /** A stored secret with this name, whose value is the canary and what follows. */
    private Canary plantInUse(String name, String rest) throws IOException {
        Canary canary = planted("secret " + name);
        ok(put(name, canary.text() + rest, "If-None-Match: *"));
        return canary;
    }

    private Canary plantSigning(String condition) throws IOException {
        Canary canary = planted("secret canary-signing " + condition);
        ok(put("canary-signing", whsec(canary), condition));
        return canary;
    }

    private void plantUnused() throws IOException {
        plantInUse("canary-odd", "\n\"\\ \u00e4/+ %");
        plantInUse("canary-deleted", "");
        ok(send("DELETE", "/api/v1/secrets/canary-deleted", "adam", ""));
        Canary keyed = planted("secret with a key of idempotency");
        Canary key = planted("key of idempotency");
        for (int i = 0; i < 2; i++) {
            put("canary-keyed", keyed.text(), "If-None-Match: *", "Idempotency-Key: " + key.text());
        }
        ok(send(
                "POST",
                "/api/v1/changes",
                "rita",
                change("Keyed", Instant.now().plusSeconds(86_400)),
                "Idempotency-Key: " + key.text()));
    }

    private void plantInRefusedRequests() throws IOException {
        refused(400, put("canary-x", planted("secret too long").text() + "x".repeat(5000), "If-None-Match: *"));
        refused(412, put("canary-header", planted("secret for a stale version").text(), "If-Match: \"7\""));
        refused(428, put("canary-x", planted("secret without precondition").text()));
        refused(400, put("Canary_X", planted("secret with a bad name").text(), "If-None-Match: *"));
        refused(
                403,
                send(
                        "PUT",
                        "/api/v1/secrets/canary-x",
                        "rita",
                        body(planted("secret of a requester").text())));
        refused(
                405,
                send(
                        "POST",
                        "/api/v1/secrets/canary-x",
                        "adam",
                        body(planted("secret by POST").text()),
                        "Idempotency-Key: posted"));
        for (String broken : List.of(
                "{\"value\": %s}",
                "{\"value\": \"%s",
                "{\"valeu\": \"%s\"}",
                "{\"value\": [\"%s\"]}",
                "{\"value\": \"x\", \"acceptPrevious\": \"%s\"}",
                "\"%s\"")) {
            Canary canary = planted("secret in a broken body " + broken);
            refused(
                    400,
                    send(
                            "PUT",
                            "/api/v1/secrets/canary-x",
                            "adam",
                            broken.formatted(canary.text()),
                            "If-None-Match: *"));
        }
    }

    private void plantWherePeopleAndToolsComeIn() throws IOException {
        Canary password = planted("password");
        User person = identities.newUser("canary-person");
        person.setPassword(password.text());
        InsideTheEngine.run(identities, () -> {
            identities.saveUser(person);
            identities.createMembership("canary-person", "requester");
        });
        ok(request("GET", "/api/v1/changes", basic("canary-person", password.text()), ""));
        refused(
                401,
                request(
                        "GET",
                        "/api/v1/changes",
                        basic("sasha", planted("wrong password").text()),
                        ""));
        refused(
                401,
                request(
                        "GET",
                        "/api/v1/changes",
                        "Bearer " + planted("wrong token").text(),
                        ""));
        ok(send(
                "PUT",
                "/api/v1/tools/canary-tool",
                "adam",
                """
                {"description": "Canary", "actions": ["READ"], "services": ["nova"], "responsible": "rita"}""",
                "If-None-Match: *"));
        String first = token("/api/v1/tools/canary-tool/tokens", "Idempotency-Key: canary-token");
        String second = token("/api/v1/tools/canary-tool/tokens/" + first.substring(3, 15) + "/rotation");
        for (String token : List.of(first, second)) {
            canaries.add(new Canary("token of a tool", token.substring(16)));
        }
        ok(request("GET", "/api/v1/services/nova", "Bearer " + second, ""));
        String repeated = send(
                        "POST", "/api/v1/tools/canary-tool/tokens", "adam", "{}", "Idempotency-Key: canary-token")
                .body();
        assertThat(repeated).contains("shown only in the first answer");
    }

    /** The answer is not searched: it is the one place where a token is shown. */
    private String token(String path, String... headers) throws IOException {
        WireRequest request = new WireRequest("POST", path);
        complete(request, basic("adam", "adam-sample"), "{}", headers);
        WireAnswer answer = whole(WireAnswer.to(request, port));
        assertThat(answer.status()).isEqualTo(201);
        return JSON.readTree(answer.body()).get("token").asText();
    }

    /** Takes a change through its approvals and its rollout, in which both connectors are called. */
    private String rollOut() throws IOException {
        WireAnswer raised = ok(send(
                "POST",
                "/api/v1/changes",
                "rita",
                change("None of them", Instant.now().plusSeconds(10))));
        String change = JSON.readTree(raised.body()).get("number").asText();
        String path = "/api/v1/changes/" + change;
        ok(send(
                "PUT",
                path + "/rollout-plan",
                "rita",
                """
                {"process": "Rollout", "soak": "PT0S", "steps": [%s, %s]}"""
                        .formatted(step("Hook", "canary-hook"), step("Program", "canary-program")),
                "If-None-Match: *"));
        ok(send("POST", path + "/submission", "rita", ""));
        String approve = "{\"decision\": \"APPROVE\", \"reason\": \"Fine\"}";
        awaitOk("POST", path + "/technical-reviews", "theo", approve);
        awaitOk("POST", path + "/approvals", "mona", approve);
        awaitOk("POST", path + "/approvals", "oskar", approve);
        await().atMost(Duration.ofSeconds(120))
                .until(() -> send("GET", path, "rita", "").body().contains("\"state\":\"CLOSED\""));
        return change;
    }

    /** Asks for an override of a change that waits for its review. */
    private String breakGlass() throws IOException {
        String change = JSON.readTree(ok(send(
                                "POST",
                                "/api/v1/changes",
                                "rita",
                                change("None of them", Instant.now().plusSeconds(3600))))
                        .body())
                .get("number")
                .asText();
        ok(send("POST", "/api/v1/changes/" + change + "/submission", "rita", ""));
        ok(send(
                "POST",
                "/api/v1/changes/" + change + "/tasks",
                "rita",
                "{\"title\": \"Open the cage\", \"phase\": \"BEFORE\", \"ownerGroup\": \"ops-lead\"}"));
        String asked =
                """
                {"target": "%s", "reason": "A job of it failed", "incident": "INC-1", "expiresAt": "%s",
                 "actions": [{"kind": "SET_RETRIES", "at": "Activity_OpenRollout"}]}"""
                        .formatted(change, Instant.now().plusSeconds(1800).truncatedTo(ChronoUnit.SECONDS));
        return JSON.readTree(
                        ok(send("POST", "/api/v1/break-glass", "oskar", asked)).body())
                .get("number")
                .asText();
    }

    private static String change(String description, Instant opens) {
        return """
                {"type": "NORMAL", "change": {"title": "Canaries", "description": "%s", "services": ["cinder"],
                 "environment": "production", "window": {"startsAt": "%s", "endsAt": "%s"},
                 "plans": {"backout": "Open the window"}, "questionnaire": {"backoutTested": true,
                 "ifNotDone": "Nothing moves"}}}"""
                .formatted(description, opens, opens.plusSeconds(3600));
    }

    private static String step(String name, String connector) {
        return """
                {"stage": "DEPLOY_APPLICATION", "name": "%1$s", "connector": "%2$s", "target": "cinder",
                 "parameters": {"version": "2.0"}, "undo": {"connector": "%2$s", "parameters": {"version": "1.0"}}}"""
                .formatted(name, connector);
    }

    private String rolloutOf(String change) throws IOException {
        return JSON.readTree(send("GET", "/api/v1/rollouts?change=" + change, "rita", "")
                        .body())
                .get("items")
                .get(0)
                .get("number")
                .asText();
    }

    private void callBack(Canary signedWith, int status) throws IOException {
        String body = "{\"key\": \"ROL-999999-1-RUN-1\", \"state\": \"SUCCEEDED\"}";
        Instant now = Instant.now();
        String id = "msg_" + signedWith.text();
        WireAnswer answer = request(
                "POST",
                "/api/v1/callbacks/canary-hook",
                "",
                body,
                "webhook-id: " + id.substring(0, 12),
                "webhook-timestamp: " + now.getEpochSecond(),
                "webhook-signature: "
                        + WebhookSecret.parse(whsec(signedWith))
                                .sign(id.substring(0, 12), now, body.getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.status()).isEqualTo(status);
    }

    /** Every operation that shows something, about what was planted in, as several people. */
    private void askEverything(String change, String rollout) throws IOException {
        assertThat(WireAnswer.to(operations.wellFormed("PUT /api/v1/change-templates/{key}", 0), port)
                        .status())
                .isEqualTo(201);
        for (String kind : List.of("change-templates", "services")) {
            WireAnswer plan =
                    WireAnswer.to(operations.wellFormed("PUT /api/v1/" + kind + "/{key}/rollout-plan", 0), port);
            assertThat(plan.status()).as(plan.head()).isEqualTo(201);
        }
        WireAnswer kept = WireAnswer.to(operations.wellFormed("PUT /api/v1/rollout-plan-templates/{key}", 0), port);
        assertThat(kept.status()).as(kept.head()).isEqualTo(201);
        Matcher freeze = LOCATION.matcher(WireAnswer.to(operations.wellFormed("POST /api/v1/freezes", 0), port)
                .head());
        assertThat(freeze.find()).isTrue();
        Matcher planned = LOCATION.matcher(WireAnswer.to(operations.wellFormed("POST /api/v1/releases", 0), port)
                .head());
        assertThat(planned.find()).isTrue();
        release = planned.group(1);
        String address = "/api/v1/releases/" + release;
        WireAnswer risen = ok(send(
                "POST",
                address + "/risks",
                "rolf",
                "{\"kind\": \"ISSUE\", \"title\": \"It leaks\", \"owner\": \"rolf\", \"consequence\": 5}"));
        Matcher raised = RISK.matcher(risen.body());
        assertThat(raised.find()).isTrue();
        risk = raised.group();
        notes(address);
        String budget = operations.bodyOf("PUT /api/v1/releases/{number}/budget");
        ok(send("PUT", address + "/budget", "rolf", budget, "If-None-Match: *"));
        Matcher model = LOCATION.matcher(WireAnswer.to(operations.wellFormed("POST /api/v1/models", 0), port)
                .head());
        assertThat(model.find()).isTrue();
        String glass = breakGlass();
        List<String> unanswered = new ArrayList<>();
        for (String operation : new TreeSet<>(operations.names())) {
            // Minutes are there once a meeting is closed; they tell what its agenda tells before.
            if (operation.startsWith("GET ") && !operation.endsWith("/minutes")) {
                boolean shown = false;
                String id = operation.contains("/models/") ? model.group(1) : freeze.group(1);
                for (String path :
                        paths(operation, operation.contains("/break-glass/") ? glass : change, rollout, id)) {
                    for (String reader : READERS) {
                        shown |= send("GET", path, reader, "").status() == 200;
                    }
                }
                if (!shown) {
                    unanswered.add(operation);
                }
            }
        }
        assertThat(unanswered).isEmpty();
    }

    /** Of a release, with what they are made of. */
    private void notes(String address) throws IOException {
        String tickets = operations.bodyOf("PUT /api/v1/releases/{number}/tickets");
        assertThat(send("PUT", address + "/tickets", "rolf", tickets, "If-None-Match: *")
                        .status())
                .isEqualTo(200);
        String plan = operations.bodyOf("PUT /api/v1/releases/{number}/communication-plan");
        assertThat(send("PUT", address + "/communication-plan", "rolf", plan, "If-None-Match: *")
                        .status())
                .isEqualTo(200);
        assertThat(send("POST", address + "/release-notes/drafts", "rolf", "").status())
                .isEqualTo(201);
        assertThat(send("POST", address + "/release-notes/publications", "rolf", "{\"version\": 1}")
                        .status())
                .isEqualTo(200);
    }

    private List<String> paths(String operation, String change, String rollout, String id) {
        String path = operation
                .substring("GET ".length())
                .replace(
                        "{number}",
                        operation.contains("/meetings/")
                                ? "MTG-000001"
                                : operation.contains("/change-tasks/")
                                        ? "TASK-000001"
                                        : operation.contains("/releases/")
                                                ? release
                                                : operation.contains("/rollouts/") ? rollout : change)
                .replace("{risk}", risk)
                .replace("{id}", operation.contains("/people/") ? "rita" : id)
                .replace("{kind}", "RELEASE_NOTES")
                .replace("{version}", "1");
        if (path.contains("environments/{key}")) {
            return List.of(path.replace("{key}", "production"));
        }
        if (path.contains("boards/{key}")) {
            return List.of(path.replace("{key}", "cab"));
        }
        if (path.contains("trains/{key}")) {
            return List.of(path.replace("{key}", "gazpacho"));
        }
        if (path.contains("release-templates/{key}")) {
            return List.of(path.replace("{key}", "openstack-service"));
        }
        if (path.contains("communication-templates/{key}")) {
            return List.of(path.replace("{key}", "release-decided"));
        }
        if (path.contains("change-templates/{key}")) {
            return List.of(path.replace("{key}", "restart-nova"));
        }
        if (path.contains("/secrets/{name}")) {
            return List.of(path.replace("{name}", "canary-header"), path.replace("{name}", "canary-signing"));
        }
        return List.of(
                path.replace("{key}", "cinder").replace("{name}", "canary-tool").replace("{seq}", "1"),
                path.replace("{key}", "nova").replace("{name}", "canary-tool").replace("{seq}", "2"));
    }

    private List<String> findings() throws Exception {
        Map<String, String> places = new TreeMap<>(answers);
        dump().forEach((table, rows) -> places.put("the table " + table, rows));
        places.put("the log", log.text());
        assertThat(places.keySet())
                .contains("the table act_hi_varinst", "the table act_hi_actinst", "the table act_ge_bytearray");
        assertThat(log.text()).contains("io.gatehouse");
        Map<String, List<String>> saying = new TreeMap<>();
        for (Canary canary : canaries) {
            Map<String, String> spellings = new TreeMap<>(canary.spellings());
            if (canary.place().startsWith("secret")) {
                spellings.putAll(canary.hashes());
            }
            spellings.forEach((spelling, needle) ->
                    saying.computeIfAbsent(needle, unknown -> new ArrayList<>()).add(canary.place() + ", " + spelling));
        }
        Needles needles = new Needles(saying.keySet());
        List<String> findings = new ArrayList<>();
        places.forEach((place, text) -> needles.in(text)
                .forEach(needle -> saying.get(needle).forEach(said -> findings.add(said + ", in " + place))));
        return findings;
    }

    private Map<String, String> dump() throws Exception {
        return DatabaseDump.of(database);
    }

    private Canary planted(String place) {
        Canary canary = Canary.in(place);
        canaries.add(canary);
        return canary;
    }

    private static String whsec(Canary canary) {
        return "whsec_" + Base64.getEncoder().encodeToString(canary.text().getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String value) throws IOException {
        return JSON.writeValueAsString(Map.of("value", value));
    }

    private WireAnswer put(String name, String value, String... headers) throws IOException {
        return send("PUT", "/api/v1/secrets/" + name, "adam", body(value), headers);
    }

    private WireAnswer send(String method, String path, String person, String body, String... headers)
            throws IOException {
        return request(method, path, basic(person, person + "-sample"), body, headers);
    }

    private WireAnswer request(String method, String path, String authorization, String body, String... headers)
            throws IOException {
        WireRequest request = new WireRequest(method, path);
        complete(request, authorization, body, headers);
        WireAnswer answer = whole(WireAnswer.to(request, port));
        answers.put("an answer to " + method + " " + path + " (" + asked++ + ")", answer.head() + answer.body());
        return answer;
    }

    /** An answer in chunks put together, so that nothing hides where two of them meet. */
    private static WireAnswer whole(WireAnswer answer) {
        if (!answer.head().toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
            return answer;
        }
        byte[] chunks = answer.body().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        for (int size = -1; size != 0; ) {
            int end = at;
            while (chunks[end] != '\r') {
                end++;
            }
            size = Integer.parseInt(new String(chunks, at, end - at, StandardCharsets.US_ASCII), 16);
            body.write(chunks, end + 2, size);
            at = end + 2 + size + 2;
        }
        return new WireAnswer(answer.status(), answer.head(), body.toString(StandardCharsets.UTF_8));
    }

    private static void complete(WireRequest request, String authorization, String body, String... headers) {
        int query = request.path.indexOf('?');
        if (query >= 0) {
            request.query = request.path.substring(query + 1);
            request.path = request.path.substring(0, query);
        }
        request.set("Host", "gatehouse");
        request.set("Connection", "close");
        if (!authorization.isEmpty()) {
            request.set("Authorization", authorization);
        }
        List.of(headers).forEach(request.headers::add);
        if (!body.isEmpty()) {
            request.set("Content-Type", "application/json");
            request.body = body.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String basic(String person, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((person + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private void awaitOk(String method, String path, String person, String body) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> send(method, path, person, body).status() == 200);
    }

    private static WireAnswer ok(WireAnswer answer) {
        assertThat(answer.status()).as(answer.head() + answer.body()).isBetween(200, 204);
        return answer;
    }

    private static void refused(int status, WireAnswer answer) {
        assertThat(answer.status()).as(answer.head() + answer.body()).isEqualTo(status);
    }
}
