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
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class BoardsApiDocumentationTests {

    private static final String RESOURCE = "boards";
    private static final String ADDRESS = "/api/v1/boards";

    @Autowired
    private MockMvcTester mvc;

    private static FieldDescriptor field(String path, String description) {
        return fieldWithPath(path).description(description);
    }

    private static FieldDescriptor maybe(String path, String type, String description) {
        return field(path, description).optional().type(type);
    }

    private static List<FieldDescriptor> content() {
        return List.of(
                field("name", "What people call it, at most 200 characters"),
                field("active", "Whether it meets and decides about changes"),
                field("members[].seat", "What the seat stands for; each once"),
                field("members[].person", "Id of who has it; nobody has two"),
                field("members[].chair", "Whether this seat chairs the board; exactly one"),
                field("members[].veto", "Whether a No of this seat is the board's"),
                field("members[].required", "Whether there is no quorum without this seat"),
                maybe("delegates", "Array", "Who votes while a member is absent, in the order in which they are asked"),
                maybe("delegates[].seat", "String", "For whose seat"),
                maybe("delegates[].person", "String", "Id of who stands in; no member"),
                maybe("delegates[].from", "String", "From when on; always if absent"),
                maybe("delegates[].until", "String", "The first moment after it; for good if absent"),
                field("minimumVotes", "How many votes make a quorum, with all required seats among them"),
                maybe(
                        "votingHours",
                        "Number",
                        "How long it votes on a change where no meeting of it begins before the change does, 1 to 720;"
                                + " 72 if absent"),
                maybe("meetings", "Object", "When it meets; absent if it only votes between meetings"),
                maybe(
                        "meetings.recurrence",
                        "String",
                        "An RRULE of RFC 5545 with `FREQ` from `DAILY` to `YEARLY`, without end and without hours"),
                maybe("meetings.first", "String", "From when on, by the clocks of the time zone"),
                maybe("meetings.timeZone", "String", "Name of the IANA; summer time is minded"),
                maybe("meetings.durationMinutes", "Number", "How long a meeting is meant to last, 5 to 600"),
                maybe("meetings.leadHours", "Number", "So long before a meeting its agenda is sent, at most 720"),
                maybe("agenda", "Object", "Which changes come on the agenda: of each kind that is named, one of"),
                maybe("agenda.minutesPerItem", "Number", "How long a meeting is meant to look at one change"),
                maybe("agenda.states", "Array", "States of the change"),
                maybe("agenda.types", "Array", "Types of the change"),
                maybe("agenda.risks", "Array", "Its risk"),
                maybe("agenda.environments", "Array", "Keys of its environment"),
                maybe("agenda.production", "Boolean", "Whether its environment is production"),
                maybe("agenda.tiers", "Array", "Tiers, of at least one of its services"));
    }

    private static List<FieldDescriptor> board() {
        List<FieldDescriptor> board = new ArrayList<>(content());
        board.add(field("key", "What the board is called everywhere"));
        board.add(maybe("absences", "Array", "When members and delegates are away"));
        board.add(maybe("absences[].person", "String", "Who"));
        board.add(maybe("absences[].from", "String", "From when on"));
        board.add(maybe("absences[].until", "String", "The first moment after it"));
        return board;
    }

    private MockMvcRequestBuilder put(String person, String address, String precondition, String value) {
        return mvc.put()
                .uri(address)
                .with(httpBasic(person, person + "-sample"))
                .header(precondition, value)
                .contentType(MediaType.APPLICATION_JSON);
    }

    private MockMvcRequestBuilder creation() {
        return put("mona", ADDRESS + "/payments-board", "If-None-Match", "*")
                .content(
                        """
                        {"name": "Payments board", "active": true, "minimumVotes": 2,
                         "votingHours": 48,
                         "members": [
                           {"seat": "chair", "person": "chris", "chair": true, "veto": false, "required": true},
                           {"seat": "operations", "person": "oskar", "chair": false, "veto": false, "required": false},
                           {"seat": "security", "person": "sasha", "chair": false, "veto": true, "required": true}],
                         "delegates": [{"seat": "chair", "person": "carla"}],
                         "meetings": {"recurrence": "FREQ=WEEKLY;BYDAY=TH", "first": "2027-01-07T14:00",
                           "timeZone": "Europe/Berlin", "durationMinutes": 60, "leadHours": 24},
                         "agenda": {"minutesPerItem": 10, "states": ["AUTHORIZE"], "risks": ["HIGH", "VERY_HIGH"],
                           "production": true}}""");
    }

    @Test
    void createBoard() {
        assertThat(creation())
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestHeaders(
                                headerWithName("If-None-Match").description("`*`: the board must not exist yet")),
                        requestFields(content()),
                        responseHeaders(
                                headerWithName("Location").description("Address of the board"),
                                headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(board())));
    }

    @Test
    void updateBoard() {
        assertThat(creation()).hasStatus(201);
        assertThat(
                        put("chris", ADDRESS + "/payments-board", "If-Match", "\"1\"")
                                .content(
                                        """
                                {"name": "Payments board", "active": true, "minimumVotes": 1,
                                 "members": [
                                   {"seat": "chair", "person": "chris", "chair": true, "veto": false, "required": true},
                                   {"seat": "security", "person": "sasha", "chair": false, "veto": true,
                                    "required": true}]}"""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE, requestHeaders(headerWithName("If-Match").description("The `ETag` that was read"))));
    }

    @Test
    void listBoards() {
        assertThat(creation()).hasStatus(201);
        assertThat(mvc.get().uri(ADDRESS + "?limit=1").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(board()))));
    }

    @Test
    void showBoard() {
        assertThat(creation()).hasStatus(201);
        assertThat(mvc.get().uri(ADDRESS + "/{key}", "payments-board").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("Key of the board")),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(board())));
    }

    @Test
    void putAbsences() {
        assertThat(creation()).hasStatus(201);
        assertThat(
                        mvc.put()
                                .uri(ADDRESS + "/{key}/absences/{person}", "payments-board", "oskar")
                                .with(httpBasic("oskar", "oskar-sample"))
                                .header("If-Match", "\"1\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                {"absences": [{"from": "2027-02-01T00:00:00Z", "until": "2027-02-15T00:00:00Z"}]}"""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(
                                parameterWithName("key").description("Key of the board"),
                                parameterWithName("person").description("Id of a member or delegate")),
                        requestFields(
                                field("absences", "All of them; they take the place of what was said before"),
                                field("absences[].from", "The first moment"),
                                field("absences[].until", "The first moment after it")),
                        responseFields(board())));
    }
}
