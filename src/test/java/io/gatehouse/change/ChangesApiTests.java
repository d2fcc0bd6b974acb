package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What may be raised and rewritten, what is refused and then leaves no trace, and which changes a list shows. */
@ProcessTest
@OnH2
class ChangesApiTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANGES = "/api/v1/changes";

    private static final String CONTENT =
            """
            {"title": "Upgrade nova", "description": "For the sake of the test", "services": ["nova"],
             "environment": "production",
             "window": {"startsAt": "2999-03-01T10:00:00Z", "endsAt": "2999-03-01T11:00:00Z"},
             "plans": {"implementation": "unpack", "test": "ask", "backout": "switch back", "communication": "tell"},
             "questionnaire": {"dataMigration": false, "downtime": false, "backoutTested": true},
             "links": [{"title": "Ticket", "url": "https://tickets.example/1"}],
             "artifacts": [{"service": "nova", "version": "2.0.0"}]}""";

    /** What is asked for beside the requester, and what is shown then. */
    private static final Map<String, String> FILTERS = Map.ofEntries(
            Map.entry("", "FEDCBA"),
            Map.entry("&service=nova", "FEDCA"),
            Map.entry("&service=oslo-config", "EB"),
            Map.entry("&environment=production", "FDA"),
            Map.entry("&environment=dev", "B"),
            Map.entry("&type=NORMAL", "EDCBA"),
            Map.entry("&type=STANDARD", "F"),
            Map.entry("&state=NEW", "FEBA"),
            Map.entry("&state=ASSESS", "C"),
            Map.entry("&state=CANCELED", "D"),
            Map.entry("&service=nova&environment=production", "FDA"),
            Map.entry("&service=nova&environment=production&type=NORMAL", "DA"),
            Map.entry("&service=nova&environment=production&type=NORMAL&state=NEW", "A"),
            Map.entry("&service=oslo-config&environment=production", ""),
            Map.entry("&service=nowhere", ""),
            Map.entry("&environment=nowhere", ""),
            Map.entry("&state=REVIEW", ""));

    /** Everything that raising, rewriting or submitting a change writes. */
    private static final List<String> WRITTEN = List.of(
            "change_request",
            "change_service",
            "change_link",
            "change_approval",
            "audit_entry where action like 'change.%'",
            "ACT_RU_EXECUTION");

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestClock clock;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    /** What is wrong, how it comes to be in a good content, the field that is named and how it must be. */
    static Stream<Arguments> brokenContents() {
        return Stream.of(
                wrong("a window that ends before it starts", window("2999-03-01T10:00:00Z", "2999-03-01T09:00:00Z"))
                        .names("window.endsAt", "must be after window.startsAt"),
                wrong("a window that ends when it starts", window("2999-03-01T10:00:00Z", "2999-03-01T10:00:00Z"))
                        .names("window.endsAt", "must be after window.startsAt"),
                wrong("a window of more than 31 days", window("2999-03-01T10:00:00Z", "2999-04-01T10:00:01Z"))
                        .names("window.endsAt", "must be at most 31 days after window.startsAt"),
                wrong("a window that is over", window("2001-03-01T10:00:00Z", "2001-03-01T11:00:00Z"))
                        .names("window.endsAt", "must be in the future"),
                wrong("no window", content -> content.remove("window")).names("window", "must not be null"),
                wrong("half a window", content -> ((ObjectNode) content.get("window")).remove("endsAt"))
                        .names("window.endsAt", "must not be null"),
                wrong("a service nobody knows", content -> content.withArray("services")
                                .add("nowhere"))
                        .names("services", "must be keys of services in the catalog; 'nowhere' is none"),
                wrong("no service", content -> content.putArray("services")).names("services", "must not be empty"),
                wrong("an environment nobody knows", content -> content.put("environment", "nowhere"))
                        .names("environment", "must be the key of an environment in the catalog"),
                wrong("no environment", content -> content.remove("environment"))
                        .names("environment", "must not be blank"),
                wrong("a version of another service", artifacts("keystone"))
                        .names("artifacts", "must name services of this change, each once, not 'keystone'"),
                wrong("two versions of one service", artifacts("nova", "nova"))
                        .names("artifacts", "must name services of this change, each once, not 'nova'"),
                wrong("a link by FTP", link("ftp://files.example/1"))
                        .names("links", "must be http or https addresses, not 'ftp://files.example/1'"),
                wrong("a link that is a script", link("javascript:alert(1)"))
                        .names("links", "must be http or https addresses, not 'javascript:alert(1)'"),
                wrong("a link to no host", link("https:///tickets"))
                        .names("links", "must be http or https addresses, not 'https:///tickets'"),
                wrong("a link that is no address", link("see the wiki"))
                        .names("links", "must be http or https addresses, not 'see the wiki'"),
                wrong("too many links", content -> IntStream.range(0, 50).forEach(i -> content.withArray("links")
                                .addObject()
                                .put("title", "Ticket")
                                .put("url", "https://tickets.example/" + i)))
                        .names("links", "size must be between 0 and 50"),
                wrong("no title", content -> content.put("title", " ")).names("title", "must not be blank"),
                wrong("a title of 201 characters", content -> content.put("title", "x".repeat(201)))
                        .names("title", "size must be between 0 and 200"),
                wrong("a plan of 20,001 characters", content -> ((ObjectNode) content.get("plans"))
                                .put("test", "x".repeat(20_001)))
                        .names("plans.test", "size must be between 0 and 20000"),
                wrong("a field that no change has", content -> content.put("urgency", "high"))
                        .names("urgency", "is not a field of this request"),
                wrong("a number in place of an object", content -> content.put("window", 1))
                        .names("window", ""));
    }

    private record Wrong(String what, Consumer<ObjectNode> spoil) {

        Arguments names(String field, String how) {
            return arguments(what, spoil, field, how);
        }
    }

    private static Wrong wrong(String what, Consumer<ObjectNode> spoil) {
        return new Wrong(what, spoil);
    }

    private static Consumer<ObjectNode> window(String startsAt, String endsAt) {
        return content -> content.putObject("window").put("startsAt", startsAt).put("endsAt", endsAt);
    }

    private static Consumer<ObjectNode> artifacts(String... services) {
        return content -> {
            content.putArray("artifacts");
            for (String service : services) {
                content.withArray("artifacts")
                        .addObject()
                        .put("service", service)
                        .put("version", "2.0.0");
            }
        };
    }

    private static Consumer<ObjectNode> link(String url) {
        return content ->
                content.withArray("links").addObject().put("title", "More").put("url", url);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenContents")
    void refusesToRaise(String what, Consumer<ObjectNode> spoil, String field, String how) {
        ObjectNode change = content(CONTENT);
        spoil.accept(change);

        Map<String, Long> before = rows();
        refused(raise(SignedIn.RITA, normal(change, true)), field, how);

        assertThat(rows()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenContents")
    void refusesToRewrite(String what, Consumer<ObjectNode> spoil, String field, String how) {
        String number = raised(SignedIn.RITA, content(CONTENT), false);
        String read = get(CHANGES + "/" + number).toString();
        ObjectNode change = content(CONTENT);
        change.put("description", "Another one");
        spoil.accept(change);

        Map<String, Long> before = rows();
        refused(rewrite(SignedIn.RITA, number, change, etag(number)), field, how);

        assertThat(rows()).isEqualTo(before);
        assertThat(get(CHANGES + "/" + number)).hasToString(read);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        ObjectNode change = content(CONTENT);
        window("2001-03-01T10:00:00Z", "2001-03-01T09:00:00Z").accept(change);
        change.withArray("services").add("nowhere");
        change.put("environment", "nowhere");
        artifacts("keystone").accept(change);
        link("mailto:root@example").accept(change);

        assertThat(raise(SignedIn.RITA, normal(change, false)))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields[*].field")
                .asArray()
                .containsExactly("window.endsAt", "window.endsAt", "services", "environment", "artifacts", "links");
    }

    @Test
    void acceptsAWindowOfExactly31DaysThatIsOpenAlready() {
        Instant opened = clock.instant().minusSeconds(1);
        ObjectNode change = content(CONTENT);
        window(opened.toString(), opened.plus(Duration.ofDays(31)).toString()).accept(change);

        assertThat(raise(SignedIn.RITA, normal(change, false))).hasStatus(201);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no type | {'change': CONTENT} | type | must not be null",
                "no such type | {'type': 'URGENT', 'change': CONTENT} | type | must be one of",
                "a normal one of nothing | {'type': 'NORMAL'} | change | is missing",
                "a normal one from a template | {'type': 'NORMAL', 'change': CONTENT, 'template': 'restart'}"
                        + " | template | is only for standard changes",
                "a normal one with its window outside | {'type': 'NORMAL', 'change': CONTENT, 'window': WINDOW}"
                        + " | window | is only for standard changes",
                "a standard one from no template | {'type': 'STANDARD', 'window': WINDOW}"
                        + " | template | names the template of a standard change and is missing",
                "a standard one without a window | {'type': 'STANDARD', 'template': 'restart'} | window | is missing",
                "a standard one that says more than its template"
                        + " | {'type': 'STANDARD', 'template': 'restart', 'window': WINDOW, 'change': CONTENT}"
                        + " | change | is fixed by the template and must not be sent",
                "a standard one from a template nobody knows"
                        + " | {'type': 'STANDARD', 'template': 'nowhere', 'window': WINDOW}"
                        + " | template | must be the key of an active template",
                "a standard one whose window is over"
                        + " | {'type': 'STANDARD', 'template': 'changes-api', 'window': {'startsAt':"
                        + " '2001-03-01T10:00:00Z', 'endsAt': '2001-03-01T11:00:00Z'}}"
                        + " | window.endsAt | must be in the future",
                "a field that does not exist | {'type': 'NORMAL', 'change': CONTENT, 'priority': 1}"
                        + " | priority | is not a field of this request",
                "something that is no truth | {'type': 'NORMAL', 'change': CONTENT, 'submit': 'perhaps'} | submit | ''",
            })
    void refusesToRaiseWhatDoesNotBelongToItsType(String what, String body, String field, String how) {
        template();
        String window = content(CONTENT).get("window").toString();
        String raised = body.replace('\'', '"').replace("CONTENT", CONTENT).replace("WINDOW", window);

        Map<String, Long> before = rows();
        refused(raise(SignedIn.RITA, raised), field, how);

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void refusesToSubmitADraftWhoseWindowIsOver() {
        Window window = ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1));
        ObjectNode change = content(CONTENT);
        window(window.startsAt().toString(), window.endsAt().toString()).accept(change);
        String number = raised(SignedIn.RITA, change, false);

        clock.set(window.endsAt());
        Map<String, Long> before = rows();
        refused(step(SignedIn.RITA, number, "submission", ""), "window.endsAt", "must be in the future");

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void rewritesOnlyTheVersionThatWasRead() {
        String number = raised(SignedIn.RITA, content(CONTENT), false);
        String read = etag(number);
        ObjectNode first = content(CONTENT).put("title", "Upgrade nova twice");

        assertThat(rewrite(SignedIn.RITA, number, first, read))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.title")
                .isEqualTo("Upgrade nova twice");
        String written = get(CHANGES + "/" + number).toString();

        ObjectNode second = content(CONTENT).put("title", "Upgrade nova thrice");
        assertThat(rewrite(SignedIn.RITA, number, second, read))
                .hasStatus(412)
                .bodyText()
                .contains("has changed since it was read");
        assertThat(rewrite(SignedIn.RITA, number, second, null)).hasStatus(428);
        assertThat(get(CHANGES + "/" + number)).hasToString(written);
        assertThat(rewrite(SignedIn.RITA, number, second, etag(number))).hasStatusOk();
    }

    @Test
    void rewritesEverythingTheRequesterWrote() {
        String number = raised(SignedIn.RITA, content(CONTENT), false);
        String rewritten =
                """
                {"title": "Upgrade keystone", "description": "Instead", "services": ["keystone", "oslo-config"],
                 "environment": "staging",
                 "window": {"startsAt": "2999-04-01T10:00:00Z", "endsAt": "2999-04-01T12:00:00Z"},
                 "plans": {"implementation": "a", "test": "b", "backout": "c", "communication": "d"},
                 "questionnaire": {"dataMigration": true, "downtime": true, "backoutTested": false},
                 "links": [{"title": "Notes", "url": "http://notes.example/2"}],
                 "artifacts": [{"service": "keystone", "version": "3.0.0"}]}""";

        assertThat(rewrite(SignedIn.RITA, number, content(rewritten), etag(number)))
                .hasStatusOk();

        JsonNode shown = get(CHANGES + "/" + number);
        content(rewritten).properties().forEach(field -> assertThat(shown.get(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
    }

    @Test
    void rewritesNothingThatWasSubmittedUntilItIsBackInNew() {
        String number = raised(SignedIn.RITA, content(CONTENT), true);
        ObjectNode change = content(CONTENT).put("title", "Upgrade something else");

        Map<String, Long> before = rows();
        assertThat(rewrite(SignedIn.RITA, number, change, etag(number)))
                .hasStatus(409)
                .bodyText()
                .contains(number + " is ASSESS and cannot be rewritten.");
        assertThat(rows()).isEqualTo(before);

        assertThat(step(SignedIn.RITA, number, "revision", "{\"reason\": \"Another title\"}"))
                .hasStatusOk();
        assertThat(rewrite(SignedIn.RITA, number, change, etag(number))).hasStatusOk();
        assertThat(get(CHANGES + "/" + number).get("title").asText()).isEqualTo("Upgrade something else");
        assertThat(step(SignedIn.RITA, number, "cancellation", "")).hasStatusOk();
        assertThat(rewrite(SignedIn.RITA, number, change, etag(number)))
                .hasStatus(409)
                .bodyText()
                .contains("is CANCELED and cannot be rewritten");
    }

    @Test
    void rewritesNoChangeThatDoesNotExist() {
        assertThat(rewrite(SignedIn.RITA, "CHG-999999", content(CONTENT), "\"1\""))
                .hasStatus(404);
        assertThat(rewrite(SignedIn.RITA, "nonsense", content(CONTENT), "\"1\""))
                .hasStatus(404);
    }

    /** Six changes of one person, A to F, each of which some filter tells from the others, and one of somebody else. */
    @Test
    void listsOnlyWhatAFilterAsksFor() {
        SignedIn lister = new SignedIn("lister-" + UUID.randomUUID().toString().substring(0, 8), "requester");
        List<String> numbers = new ArrayList<>();
        numbers.add(raised(lister, in("production", "nova"), false));
        numbers.add(raised(lister, in("dev", "oslo-config"), false));
        numbers.add(raised(lister, in("staging", "nova"), true));
        numbers.add(raised(lister, in("production", "nova"), false));
        assertThat(step(lister, numbers.get(3), "cancellation", "")).hasStatusOk();
        numbers.add(raised(lister, in("staging", "nova", "oslo-config"), false));
        template();
        numbers.add(number(raise(
                lister,
                "{\"type\": \"STANDARD\", \"template\": \"changes-api\", \"window\": %s}"
                        .formatted(content(CONTENT).get("window")))));
        raised(new SignedIn(lister.id() + "-2", "requester"), in("production", "nova"), false);

        Map<String, String> shown = new LinkedHashMap<>();
        FILTERS.keySet().forEach(filter -> {
            String query = CHANGES + "?requester=" + lister.id() + filter;
            shown.put(filter, letters(get(query), numbers));
            assertThat(letters(pageByPage(query), numbers))
                    .as("%s page by page", filter)
                    .isEqualTo(shown.get(filter));
        });

        assertThat(shown).isEqualTo(FILTERS);
    }

    @ParameterizedTest
    @CsvSource({"state=OPEN", "type=URGENT", "state=NEW&status=NEW", "limit=0"})
    void refusesFiltersThatAreNone(String query) {
        assertThat(mvc.get().uri(CHANGES + "?" + query).with(SignedIn.RITA.signsIn()))
                .hasStatus(400);
    }

    private static ObjectNode in(String environment, String... services) {
        ObjectNode change = content(CONTENT).put("environment", environment);
        change.putArray("services");
        change.remove("artifacts");
        List.of(services).forEach(change.withArray("services")::add);
        return change;
    }

    private static String letters(JsonNode page, List<String> numbers) {
        StringBuilder letters = new StringBuilder();
        page.get("items")
                .forEach(item -> letters.append(
                        (char) ('A' + numbers.indexOf(item.get("number").asText()))));
        return letters.toString();
    }

    private JsonNode pageByPage(String query) {
        ObjectNode all = JSON.createObjectNode();
        all.putArray("items");
        String after = "";
        do {
            JsonNode page = get(query + "&limit=2" + after);
            page.get("items").forEach(all.withArray("items")::add);
            after = page.hasNonNull("next") ? "&after=" + page.get("next").asText() : "";
        } while (!after.isEmpty());
        return all;
    }

    /** In force, once for a database. */
    private void template() {
        String address = "/api/v1/change-templates/changes-api";
        MvcTestResult created = mvc.put()
                .uri(address)
                .with(SignedIn.ROLF.signsIn())
                .header("If-None-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {"title": "Restart", "service": "nova", "environment": "production",
                         "plans": {"implementation": "Restart it", "backout": "Restart the old one"}}""")
                .exchange();
        if (created.getResponse().getStatus() == 201) {
            assertThat(post(SignedIn.ROLF, address + "/submission", "")).hasStatusOk();
            assertThat(post(
                            SignedIn.MONA,
                            address + "/reviews",
                            "{\"version\": 1, \"decision\": \"LET_IN\", \"reason\": \"Read it\"}"))
                    .hasStatusOk();
        }
    }

    private static void refused(MvcTestResult answer, String field, String how) {
        assertThat(answer)
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields")
                .asArray()
                .anySatisfy(named -> {
                    JsonNode one = JSON.valueToTree(named);
                    // Of a normal change that is raised some are named within the request and some within the change.
                    assertThat(one.get("field").asText().replaceFirst("^change\\.", ""))
                            .isEqualTo(field);
                    assertThat(one.get("message").asText()).contains(how);
                });
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new HashMap<>();
        WRITTEN.forEach(table -> rows.put(table, jdbc.queryForObject("select count(*) from " + table, Long.class)));
        return rows;
    }

    private MvcTestResult raise(SignedIn person, String body) {
        return post(person, CHANGES, body);
    }

    private String raised(SignedIn person, ObjectNode change, boolean submit) {
        return number(raise(person, normal(change, submit)));
    }

    private static String number(MvcTestResult raised) {
        assertThat(raised).hasStatus(201);
        return String.valueOf(raised.getResponse().getHeader("Location")).substring(CHANGES.length() + 1);
    }

    private MvcTestResult step(SignedIn person, String number, String step, String body) {
        return post(person, CHANGES + "/" + number + "/" + step, body);
    }

    private MvcTestResult post(SignedIn person, String address, String body) {
        MockMvcRequestBuilder request = mvc.post().uri(address).with(person.signsIn());
        return body.isEmpty()
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    private MvcTestResult rewrite(SignedIn person, String number, ObjectNode change, @Nullable String version) {
        MockMvcRequestBuilder request = mvc.put()
                .uri(CHANGES + "/{number}", number)
                .with(person.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(change.toString());
        return version == null
                ? request.exchange()
                : request.header("If-Match", version).exchange();
    }

    private String etag(String number) {
        return String.valueOf(mvc.get()
                .uri(CHANGES + "/{number}", number)
                .with(SignedIn.RITA.signsIn())
                .exchange()
                .getResponse()
                .getHeader("ETag"));
    }

    private JsonNode get(String address) {
        MvcTestResult answer =
                mvc.get().uri(address).with(SignedIn.RITA.signsIn()).exchange();
        assertThat(answer).hasStatusOk();
        return json(new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8));
    }

    private static String normal(ObjectNode change, boolean submit) {
        return "{\"type\": \"NORMAL\", \"submit\": %s, \"change\": %s}".formatted(submit, change);
    }

    private static ObjectNode content(String text) {
        return (ObjectNode) json(text);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
