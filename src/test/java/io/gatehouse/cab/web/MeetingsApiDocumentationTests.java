package io.gatehouse.cab.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.cab.SampleMeeting;
import io.gatehouse.testing.ApiDocumentationTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.restdocs.request.PathParametersSnippet;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class MeetingsApiDocumentationTests {

    private static final String RESOURCE = "meetings";
    private static final String ADDRESS = "/api/v1/meetings/{number}";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private JdbcTemplate jdbc;

    private SampleMeeting meeting;

    @BeforeEach
    void meeting() {
        meeting = new SampleMeeting(context);
    }

    private static FieldDescriptor field(String path, String description) {
        return fieldWithPath(path).description(description);
    }

    private static FieldDescriptor maybe(String path, String type, String description) {
        return field(path, description).optional().type(type);
    }

    private static List<FieldDescriptor> line() {
        return List.of(
                field("number", "Its number"),
                field("board", "Key of the board"),
                field("startsAt", "When it is planned to begin"),
                field("endsAt", "When it is planned to end"),
                field("state", "`PLANNED`, `OPEN`, `CLOSED` or `CANCELED`"),
                maybe("agenda", "Array", "What the meeting goes through, in this order"),
                maybe("agenda[].change", "String", "Number of the change"),
                maybe("agenda[].kind", "String", "`DECISION`, or `REPORT` of an emergency change"),
                maybe("agenda[].origin", "String", "`FILTER`, `PERSON`, or `DEFERRED` by an earlier meeting"),
                maybe(
                        "agenda[].state",
                        "String",
                        "`LISTED`, `DECIDED`, `DEFERRED`, `REPORTED`, or `SETTLED` if nothing was left to decide"),
                maybe("agenda[].minutes", "Number", "How long it is meant to take"),
                maybe("agenda[].plannedAt", "String", "When it comes up if each item takes as long as meant"),
                maybe("agenda[].changeStartsAt", "String", "When the change is to start"),
                maybe("agenda[].risk", "String", "Risk of the change, once it is assessed"),
                maybe("agenda[].addedBy", "String", "Who put it there by hand"),
                maybe("agenda[].because", "String", "Why it was put off"),
                maybe(
                        "agenda[].outcome",
                        "String",
                        "What the board decided: `APPROVED`, `APPROVED_WITH_CONDITIONS`, `REJECTED`, or `SENT_BACK` if"
                                + " a vote came to nothing and no other was held"),
                field("minutesPlanned", "How long all items are meant to take"),
                maybe("present", "Array", "Who is or was there"),
                maybe("present[].person", "String", "Their id"),
                maybe("present[].seat", "String", "For which seat"),
                maybe("present[].notedBy", "String", "Who wrote it down"),
                maybe("present[].notedAt", "String", "When"),
                maybe("announcedAt", "String", "When its agenda was sent"),
                maybe("openedBy", "String", "Who opened it"),
                maybe("openedAt", "String", "When"),
                maybe("closedBy", "String", "Who closed it"),
                maybe("closedAt", "String", "When"),
                maybe("canceledBy", "String", "Who canceled it"),
                maybe("canceledBecause", "String", "Why"),
                maybe("minutesSha256", "String", "Digest of the minutes, once they are written"));
    }

    private static List<FieldDescriptor> whole() {
        return Stream.concat(
                        line().stream(),
                        Stream.of(
                                field(
                                        "mailConfigured",
                                        "Whether there is a mail server; if not, agenda and minutes are only here"),
                                maybe("mails", "Array", "What was or is to be mailed about it"),
                                maybe("mails[].kind", "String", "`AGENDA` or `MINUTES`"),
                                maybe("mails[].person", "String", "Id of who gets it"),
                                maybe("mails[].state", "String", "`WAITING`, `SENT` or `FAILED`"),
                                maybe("mails[].tries", "Number", "How often it was tried"),
                                maybe("mails[].sentAt", "String", "When it was sent"),
                                maybe("mails[].trouble", "String", "Why it was not sent the last time")))
                .toList();
    }

    private static PathParametersSnippet number() {
        return pathParameters(parameterWithName("number").description("Number of the meeting"));
    }

    private MockMvcRequestBuilder post(String person, String operation, String number) {
        return mvc.post()
                .uri(ADDRESS + operation, number)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON);
    }

    private MockMvcRequestBuilder put(String person, String what, String number) {
        return mvc.put()
                .uri(ADDRESS + what, number)
                .with(httpBasic(person, person + "-sample"))
                .header("If-Match", "*")
                .contentType(MediaType.APPLICATION_JSON);
    }

    @Test
    void listMeetings() {
        assertThat(mvc.get().uri("/api/v1/boards/{key}/meetings?limit=1", "cab").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("Key of the board")),
                        pageParameters(),
                        responseFields(pageOf(line()))));
    }

    @Test
    void showMeeting() {
        assertThat(mvc.get().uri(ADDRESS, meeting.planned()).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(whole())));
    }

    @Test
    void arrangeAgenda() {
        String number = meeting.planned();
        assertThat(put("mona", "/agenda", number)
                        .content("{\"items\": [{\"change\": \"%s\", \"minutes\": 20}, {\"change\": \"CHG-000001\"}]}"
                                .formatted(meeting.listed(number))))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestHeaders(headerWithName("If-Match").description("The `ETag` that was read")),
                        requestFields(
                                field("items[].change", "Number of a change; what is not on the agenda yet is added"),
                                maybe(
                                        "items[].minutes",
                                        "Number",
                                        "How long it is meant to take, 1 to 240; as it was, if absent")),
                        responseFields(whole())));
    }

    /** From its planned start and, once it is open, from when it was opened. */
    @Test
    void saysWhenEachItemComesUp() throws Exception {
        String number = meeting.planned();
        String listed = meeting.listed(number);
        assertThat(put("mona", "/agenda", number)
                        .content(
                                "{\"items\": [{\"change\": \"%s\", \"minutes\": 25}, {\"change\": \"CHG-000001\", \"minutes\": 5}]}"
                                        .formatted(listed)))
                .hasStatusOk();

        assertItemsFollowEachOther(number, "startsAt");
        meeting.ready(number);
        assertThat(post("chris", "/opening", number)).hasStatusOk();
        assertItemsFollowEachOther(number, "openedAt");
    }

    private void assertItemsFollowEachOther(String number, String from) throws Exception {
        JsonNode shown = new ObjectMapper().readTree(bodyOf(ADDRESS, number, "application/json"));
        Instant at = Instant.parse(shown.get(from).asText());
        int minutes = 0;
        for (JsonNode item : shown.get("agenda")) {
            assertThat(Instant.parse(item.get("plannedAt").asText())).isEqualTo(at.plus(Duration.ofMinutes(minutes)));
            minutes += item.get("minutes").asInt();
        }
        assertThat(shown.get("agenda").findValuesAsText("minutes")).startsWith("25", "5");
        assertThat(shown.get("minutesPlanned").asInt()).isEqualTo(minutes);
    }

    @Test
    void deferItem() {
        String number = meeting.planned();
        assertThat(post("chris", "/deferrals", number)
                        .content("{\"change\": \"%s\", \"reason\": \"Its requester is away\"}"
                                .formatted(meeting.listed(number))))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(
                                field("change", "Number of a change on the agenda"),
                                field("reason", "Why, at most 1,000 characters")),
                        responseFields(whole())));
    }

    @Test
    void openMeeting() {
        assertThat(post("chris", "/opening", meeting.ready()))
                .hasStatusOk()
                .apply(operation(RESOURCE, number(), responseFields(whole())));
    }

    @Test
    void noteAttendance() {
        String number = meeting.ready();
        assertThat(post("chris", "/opening", number)).hasStatusOk();
        assertThat(put("chris", "/attendance", number).content("{\"present\": [\"chris\", \"carla\", \"sasha\"]}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(field("present", "Ids of all members and delegates who are there")),
                        responseFields(whole())));
    }

    @Test
    void closeMeeting() {
        String number = meeting.ready();
        assertThat(post("chris", "/opening", number)).hasStatusOk();
        assertThat(post("chris", "/closing", number)
                        .content("{\"remarks\": \"The next board is the last of the year\"}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(maybe("remarks", "String", "For the minutes, at most 4,000 characters")),
                        responseFields(whole())));
    }

    @Test
    void showMinutes() {
        String number = meeting.ready();
        assertThat(post("chris", "/opening", number)).hasStatusOk();
        assertThat(post("chris", "/closing", number).content("{}")).hasStatusOk();
        assertThat(mvc.get().uri(ADDRESS + "/minutes", number).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        responseHeaders(headerWithName("ETag")
                                .description("SHA-256 of the body, byte by byte; it stands in the audit trail")),
                        responseFields(
                                field("meeting", "Its number"),
                                field("board", "Key of the board"),
                                field("boardName", "What the board was called"),
                                field("timeZone", "Time zone of the board, in which the text and the page say times"),
                                field("plannedFrom", "When it was planned to begin"),
                                field("plannedUntil", "When it was planned to end"),
                                field("openedAt", "When it was opened"),
                                field("openedBy", "By whom"),
                                field("closedAt", "When it was closed"),
                                field("closedBy", "By whom"),
                                subsectionWithPath("present").description("Seat and person of who was there"),
                                subsectionWithPath("absent").description("Seats nobody was there for, with the member"),
                                field("minimumVotes", "How many votes made a quorum"),
                                field("requiredSeats", "And of which seats"),
                                field("quorumPresent", "Whether enough seats were there"),
                                subsectionWithPath("items")
                                        .description("What it looked at, with outcome, votes and conditions"),
                                maybe("remarks", "String", "What the chair remarked"),
                                field("text", "All of this as Markdown, as it is mailed"))));
    }

    @Test
    void showsMinutesAsAPageToWhoeverAsksForOne() {
        String number = meeting.ready();
        assertThat(post("chris", "/opening", number)).hasStatusOk();
        assertThat(post("chris", "/closing", number).content("{\"remarks\": \"<b>Well</b> done\"}"))
                .hasStatusOk();

        MvcTestResult page = mvc.get()
                .uri(ADDRESS + "/minutes", number)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .with(httpBasic("rita", "rita-sample"))
                .exchange();

        assertThat(page).hasStatusOk().hasContentTypeCompatibleWith("text/html");
        assertThat(page)
                .bodyText()
                .contains("Minutes of " + number, "&lt;b&gt;Well&lt;/b&gt; done")
                .doesNotContain("<b>");
        assertThat(page).bodyText().contains(digestOf(number));
        assertThat(page)
                .bodyText()
                .containsPattern(
                        "<dt>Planned</dt><dd>\\w+day \\d+ \\w+ \\d{4}, 14:00 to \\d\\d:\\d\\d Europe/Berlin</dd>")
                .containsPattern(
                        "<dt>Closed</dt><dd>\\w+day \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d Europe/Berlin by chris</dd>")
                .doesNotContainPattern("\\d{4}-\\d{2}-\\d{2}T");
    }

    @Test
    void namesTheTaskThatAConditionBecame() {
        String number = meeting.ready();
        String change = jdbc.queryForObject("select change_number from cab_ballot where outcome is null", String.class);
        assertThat(post("chris", "/opening", number)).hasStatusOk();
        vote("oskar", change, "\"conditions\": [\"Somebody of <storage> on call\"]");
        List.of("chris", "carla", "sasha").forEach(person -> vote(person, change, "\"conditions\": []"));
        assertThat(post("chris", "/closing", number).content("{}")).hasStatusOk();

        String task = "TASK-%06d"
                .formatted(jdbc.queryForObject(
                        "select id from change_task where change_id = ?",
                        Long.class,
                        Long.parseLong(change.substring("CHG-".length()))));
        assertThat(mvc.get().uri("/api/v1/changes/{number}/votes", change).with(httpBasic("rita", "rita-sample")))
                .bodyJson()
                .extractingPath("$[0].conditions[0].task")
                .isEqualTo(task);
        String minutes = bodyOf(ADDRESS + "/minutes", number, "application/json");
        assertThat(minutes)
                .contains("{\"condition\":\"Somebody of <storage> on call\",\"task\":\"" + task + "\"}")
                .contains("- Condition: Somebody of &lt;storage&gt; on call: " + task);
        assertThat(bodyOf(ADDRESS + "/minutes", number, "text/html").replaceAll("<[^>]*>", ""))
                .contains("Somebody of &lt;storage&gt; on call: " + task);
    }

    private void vote(String person, String change, String conditions) {
        assertThat(mvc.post()
                        .uri("/api/v1/changes/{number}/votes", change)
                        .with(httpBasic(person, person + "-sample"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"vote\": \"APPROVE\", \"reason\": \"Sound\", " + conditions + "}"))
                .hasStatusOk();
    }

    private String bodyOf(String address, String number, String type) {
        MvcTestResult answer = mvc.get()
                .uri(address, number)
                .header("Accept", type)
                .with(httpBasic("rita", "rita-sample"))
                .exchange();
        assertThat(answer).hasStatusOk();
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void showsMinutesThatWereFrozenByAnEarlierVersion() {
        String number = meeting.ready();
        assertThat(post("chris", "/opening", number)).hasStatusOk();
        assertThat(post("chris", "/closing", number).content("{}")).hasStatusOk();
        String minutes = bodyOf(ADDRESS + "/minutes", number, "application/json");
        jdbc.update(
                "update cab_meeting set minutes = ? where id = ?",
                minutes.replace("\"conditions\":[]", "\"conditions\":[\"As it was\"]")
                        .replaceFirst("\"timeZone\":\"[^\"]*\",", ""),
                Long.parseLong(number.substring("MTG-".length())));

        assertThat(bodyOf(ADDRESS + "/minutes", number, "text/html"))
                .contains("<span>As it was</span>")
                .containsPattern("<dt>Planned</dt><dd>[^<]*, \\d\\d:\\d\\d to \\d\\d:\\d\\d UTC</dd>");
    }

    @Test
    void hasNoPageOfMinutesThatAreNotWritten() {
        assertThat(mvc.get()
                        .uri(ADDRESS + "/minutes", meeting.planned())
                        .header("Accept", "text/html")
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatus(409)
                .bodyText()
                .contains("no-minutes");
    }

    private String digestOf(String number) {
        return jdbc.queryForObject(
                "select minutes_sha256 from cab_meeting where id = ?",
                String.class,
                Long.parseLong(number.substring("MTG-".length())));
    }

    @Test
    void cancelMeeting() {
        assertThat(post("mona", "/cancellation", meeting.planned()).content("{\"reason\": \"Holidays\"}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(field("reason", "Why, at most 1,000 characters")),
                        responseFields(whole())));
    }
}
