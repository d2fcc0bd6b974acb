package io.gatehouse.cab.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class VotesApiDocumentationTests {

    private static final String RESOURCE = "votes";
    private static final String APPROVAL =
            """
            {"vote": "APPROVE", "reason": "Sound, and well announced", "conditions": ["Somebody of storage on call"]}""";
    private static final String YES = """
            {"vote": "APPROVE", "reason": "Sound"}""";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void vote() {
        assertThat(post("oskar", "votes", APPROVAL, beforeTheBoard()))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(number()),
                        requestFields(
                                field("vote", "`APPROVE`, `REJECT`, `ABSTAIN`, or `VETO` for a seat that has one"),
                                field("reason", "Why; everybody who sees the change reads it"),
                                maybe(
                                        "conditions",
                                        "Array",
                                        "What must be met before it may start, at most 20; only with an approval")),
                        responseFields(votesFields())));
    }

    @Test
    void votes() {
        assertThat(mvc.get()
                        .uri("/api/v1/changes/{number}/votes", beforeTheBoard())
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pathParameters(number())));
    }

    @Test
    void meetCondition() {
        String number = beforeTheBoard();
        assertThat(post("oskar", "votes", APPROVAL, number)).hasStatusOk();
        List.of("chris", "carla", "sasha").forEach(person -> assertThat(post(person, "votes", YES, number))
                .hasStatusOk());

        assertThat(mvc.post()
                        .uri("/api/v1/changes/{number}/conditions/{position}/fulfilment", number, 1)
                        .with(httpBasic("mona", "mona-sample"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"note\": \"Stella is on call\"}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(number(), parameterWithName("position").description("Number of the condition")),
                        requestFields(field("note", "By what it is met"))));
    }

    @Test
    void settleDeferral() {
        String number = beforeTheBoard();
        jobs.executeJob(jdbc.queryForObject(
                """
                select j.ID_ from ACT_RU_JOB j join ACT_RU_EXECUTION p on p.ID_ = j.PROCESS_INSTANCE_ID_
                where p.BUSINESS_KEY_ = ? and j.HANDLER_CFG_ = 'Event_DeadlinePassed'""",
                String.class,
                number));

        assertThat(post("chris", "deferrals", "{\"decision\": \"VOTE_AGAIN\", \"reason\": \"Too few came\"}", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pathParameters(number()),
                        requestFields(
                                field("decision", "`VOTE_AGAIN` or `SEND_BACK`"),
                                field("reason", "Why; the requester reads it if the change is sent back"))));
    }

    private String beforeTheBoard() {
        Instant opens = Instant.parse("2031-06-03T08:00:00Z");
        MvcTestResult raised = mvc.post()
                .uri("/api/v1/changes")
                .with(httpBasic("rita", "rita-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {"type": "NORMAL", "submit": true, "change": {"title": "Convert the tokens",
                         "services": ["keystone"], "environment": "production",
                         "window": {"startsAt": "%s", "endsAt": "%s"},
                         "questionnaire": {"dataMigration": true, "downtime": true, "backoutTested": false}}}"""
                                .formatted(opens, opens.plusSeconds(7200)))
                .exchange();
        assertThat(raised).hasStatus(201);
        String address = String.valueOf(raised.getResponse().getHeader("Location"));
        String number = address.substring(address.lastIndexOf('/') + 1);
        assertThat(post("theo", "technical-reviews", "{\"decision\": \"APPROVE\", \"reason\": \"Sound\"}", number))
                .hasStatusOk();
        return number;
    }

    private MockMvcRequestBuilder post(String person, String what, String body, String number) {
        return mvc.post()
                .uri("/api/v1/changes/{number}/" + what, number)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private static org.springframework.restdocs.request.ParameterDescriptor number() {
        return parameterWithName("number").description("Number of the change");
    }

    private static List<FieldDescriptor> votesFields() {
        return List.of(
                field("[].round", "Approval round of the change"),
                field("[].ballot", "Counts the votes of a round: one that comes to nothing is followed by another"),
                field("[].board", "Key of the board"),
                field("[].counts", "Whether it is of the present round"),
                field("[].openedAt", "When it began"),
                field("[].closesAt", "When it ends if it is not over before"),
                field("[].minimumVotes", "How many votes make a quorum, those of the required seats among them"),
                field("[].quorumReached", "Whether enough seats have voted"),
                maybe(
                        "[].outcome",
                        "String",
                        "`APPROVED`, `APPROVED_WITH_CONDITIONS`, `DEFERRED` or `REJECTED`; absent while it is open"),
                maybe("[].reason", "String", "Why, as the policy says"),
                maybe("[].decidedAt", "String", "When it was over"),
                maybe("[].settledBy", "String", "Who said how it goes on after it was deferred"),
                maybe("[].settledBecause", "String", "Why so"),
                field("[].seats[].seat", "A seat that has a vote"),
                field("[].seats[].veto", "Whether a veto of it is the board's"),
                field("[].seats[].required", "Whether there is no quorum without it"),
                maybe("[].seats[].voter", "String", "Who has its vote now; absent if nobody has, or it has voted"),
                maybe("[].votes[].seat", "String", "A seat that has voted"),
                maybe("[].votes[].person", "String", "Who voted on it"),
                maybe("[].votes[].vote", "String", "What they said"),
                maybe("[].votes[].reason", "String", "Why"),
                maybe("[].votes[].castAt", "String", "When"),
                maybe("[].conditions[].position", "Number", "Number of a condition, by which it is met"),
                maybe("[].conditions[].seat", "String", "Who demands it"),
                maybe("[].conditions[].demanded", "String", "What must be met"),
                maybe(
                        "[].conditions[].task",
                        "String",
                        "Number of the task of the change that it became when the vote approved"),
                maybe("[].conditions[].metBy", "String", "Who said that it is; absent until then"),
                maybe("[].conditions[].metAt", "String", "When"),
                maybe("[].conditions[].metNote", "String", "By what"));
    }

    private static FieldDescriptor field(String path, String description) {
        return fieldWithPath(path).description(description);
    }

    private static FieldDescriptor maybe(String path, String type, String description) {
        return field(path, description).optional().type(type);
    }
}
