package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TasklistSession;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The ways round the approval of a real normal change that the engine's own permissions leave open, each through the
 * Tasklist's calls and, where it has such a call, through our API.
 */
@EngineTest
@OnH2
class NormalChangeDutiesTests {

    private static final String APPROVE =
            "{\"variables\":{\"decision\":{\"value\":\"APPROVE\"},\"reason\":{\"value\":\"fine\"}}}";

    @LocalServerPort
    private int port;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        boardDecides(false);
    }

    @AfterEach
    void board() {
        boardDecides(true);
    }

    /** Where there is no board, the seats that the policy names beside it decide. */
    private void boardDecides(boolean active) {
        jdbc.update("update board set active = ? where board_key = 'cab'", active);
    }

    @Test
    void nobodyApprovesTheirOwnChange() {
        Change own = submittedBy(SignedIn.THEO);
        String review = task(own, "technical-approver");

        assertRefused(submitForm("theo", review), "You raised");
        assertRefused(claim("theo", review, "theo"), "You raised");
        assertRefused(
                post("theo", "/api/v1/changes/" + own.number() + "/technical-reviews", decision(null)), "You raised");
        assertUndecided(own, "technical-approver");
    }

    @Test
    void aPersonFillsOneSeat() {
        Change change = beforeTheBoard();
        assertThat(submitForm("chris", task(change, "cab-chair")).statusCode()).isEqualTo(204);

        assertRefused(submitForm("chris", task(change, "cab-member")), "seat");
        assertRefused(
                post("chris", "/api/v1/changes/" + change.number() + "/approvals", decision("cab-member")), "seat");
        assertUndecided(change, "cab-member");
    }

    @Test
    void nobodyActsOverTheHeadOfWhoClaimed() {
        Change change = beforeTheBoard();
        String seat = task(change, "cab-member");
        assertThat(claim("chris", seat, "chris").statusCode()).isEqualTo(204);

        assertRefused(submitForm("carla", seat), "claimed by chris");
        assertRefused(as("carla").engine("POST", "task/" + seat + "/unclaim", ""), "claimed by chris");
        assertRefused(
                post("carla", "/api/v1/changes/" + change.number() + "/approvals", decision("cab-member")),
                "claimed by chris");
        assertUndecided(change, "cab-member");
    }

    @Test
    void nobodyPutsATaskOnSomebodyElse() {
        Change change = beforeTheBoard();
        String seat = task(change, "cab-member");

        assertRefused(claim("carla", seat, "chris"), "claimed by whoever does it");
        assertRefused(as("carla").engine("POST", "task/" + seat + "/assignee", "{\"userId\":\"chris\"}"), "offers");
        assertRefused(as("carla").engine("POST", "task/" + seat + "/delegate", "{\"userId\":\"rita\"}"), "offers");
        assertUndecided(change, "cab-member");
    }

    @Test
    void nobodyOutsideTheSeatDecides() {
        Change change = beforeTheBoard();
        String seat = task(change, "cab-member");

        // An administrator is not even asked which seat: the table of permissions never lets them decide.
        Map<String, String> reasons =
                Map.of("rita", "cab-member", "adam", "Not with your roles", "oskar", "cab-member");
        reasons.forEach((outsider, reason) -> {
            assertThat(submitForm(outsider, seat).statusCode()).as(outsider).isIn(403, 404);
            assertRefused(
                    post(outsider, "/api/v1/changes/" + change.number() + "/approvals", decision("cab-member")),
                    reason);
        });
        assertUndecided(change, "cab-member");
    }

    @Test
    void nobodyOverwritesWhatTheGateReads() {
        Change change = beforeTheBoard();
        String seat = task(change, "cab-member");
        String value = "{\"value\":false,\"type\":\"Boolean\"}";

        assertRefused(as("carla").engine("PUT", "task/" + seat + "/variables/approvalNeeded", value), "offers");
        HttpResponse<String> smuggled = as("carla")
                .engine(
                        "POST",
                        "task/" + seat + "/submit-form",
                        APPROVE.replace("}}}", "},\"approvalNeeded\":{\"value\":false}}}"));
        assertThat(smuggled.statusCode()).isEqualTo(400);
        assertThat(smuggled.body()).contains("approvalNeeded is not a field of this form");
        assertUndecided(change, "cab-member");
    }

    @Test
    void nobodyWidensASeatOrSkipsTheForm() {
        Change change = beforeTheBoard();
        String seat = task(change, "cab-member");
        String link = "{\"groupId\":\"requester\",\"type\":\"candidate\"}";

        assertRefused(as("carla").engine("POST", "task/" + seat + "/identity-links", link), "offers");
        assertRefused(as("carla").engine("POST", "task/" + seat + "/complete", APPROVE), "offers");
        assertRefused(as("carla").engine("POST", "task/" + seat + "/resolve", APPROVE), "offers");
        assertUndecided(change, "cab-member");
    }

    private Change submittedBy(SignedIn requester) {
        ChangeContent plain = ChangeFixture.content(
                "keystone", "production", ChangeFixture.windowIn(Instant.now(), Duration.ofHours(1)));
        ChangeContent risky = new ChangeContent(
                plain.title(),
                plain.description(),
                plain.services(),
                plain.environment(),
                plain.window(),
                plain.plans(),
                new Questionnaire(true, true, false),
                plain.links(),
                plain.artifacts());
        Person person = new Person(requester.id(), Set.of(requester.groups()));
        return requester.does(
                () -> process.submit(person, process.raise(person, risky).number()));
    }

    private Change beforeTheBoard() {
        Change change = submittedBy(SignedIn.RITA);
        SignedIn.THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "sound")));
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.AUTHORIZE);
        return change;
    }

    private void assertUndecided(Change change, String seat) {
        assertThat(engineTasks
                        .createTaskQuery()
                        .processInstanceBusinessKey(change.number())
                        .taskCandidateGroup(seat)
                        .includeAssignedTasks()
                        .count())
                .isOne();
        assertThat(approvals.historyOf(changes.find(change.number())))
                .filteredOn(approval -> approval.seat().equals(seat))
                .extracting(Approval::decision)
                .doesNotContain(Approval.Decision.APPROVED, Approval.Decision.REJECTED);
    }

    private static void assertRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains(reason);
    }

    private static void assertRefused(ResponseEntity<String> answer, String reason) {
        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(403);
        assertThat(answer.getBody()).contains(reason);
    }

    private String task(Change change, String seat) {
        Task task = engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(change.number())
                .taskCandidateGroup(seat)
                .includeAssignedTasks()
                .singleResult();
        return task.getId();
    }

    private static Map<String, String> decision(@Nullable String seat) {
        return seat == null
                ? Map.of("decision", "APPROVE", "reason", "fine")
                : Map.of("decision", "APPROVE", "reason", "fine", "seat", seat);
    }

    private HttpResponse<String> submitForm(String person, String task) {
        return as(person).engine("POST", "task/" + task + "/submit-form", APPROVE);
    }

    private HttpResponse<String> claim(String person, String task, String claimant) {
        return as(person).engine("POST", "task/" + task + "/claim", "{\"userId\":\"" + claimant + "\"}");
    }

    private TasklistSession as(String person) {
        return TasklistSession.of(person, port);
    }

    private ResponseEntity<String> post(String person, String path, Map<String, String> body) {
        return http.withBasicAuth(person, person + "-sample").postForEntity(path, body, String.class);
    }
}
