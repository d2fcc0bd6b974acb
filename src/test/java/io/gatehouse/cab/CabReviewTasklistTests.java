package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import io.gatehouse.testing.TasklistSession;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/** The five members of the sample organisation's board decide about a change, each in their own Tasklist. */
@EngineTest
@NeedsChromium
class CabReviewTasklistTests {

    @LocalServerPort
    private int port;

    @Autowired
    private Boards boards;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private Ballots ballots;

    @Autowired
    private Changes changes;

    @Autowired
    private TransactionTemplate transactions;

    @Test
    void fiveMembersVoteOnAChange(ChromiumBrowser browser) {
        VoteFixture fixture = new VoteFixture(boards, process, tasks, transactions);
        Change change = fixture.beforeTheBoard(ChangeFixture.windowIn(Instant.now(), Duration.ofDays(7)));
        String number = change.number();

        // A member sees their own task, and nobody else's.
        assertThat(taskOf(number, "carla")).isNotEqualTo(taskOf(number, "oskar"));
        assertThat(TasklistSession.of("carla", port)
                        .engine("GET", "task/" + taskOf(number, "oskar"), "")
                        .statusCode())
                .isIn(403, 404);

        vote(browser, number, "chris", "Approve", "Storage has somebody on call");
        vote(browser, number, "oskar", "Reject", "");
        vote(browser, number, "carla", "Reject", "");
        vote(browser, number, "sasha", "Approve", "");
        assertThat(changes.find(number).state()).isEqualTo(ChangeState.AUTHORIZE);
        vote(browser, number, "mona", "Approve", "");

        assertThat(changes.find(number).state()).isEqualTo(ChangeState.SCHEDULED);
        BallotView ballot = ballots.viewsOf(number).get(0);
        assertThat(ballot.outcome()).hasToString("APPROVED_WITH_CONDITIONS");
        assertThat(ballot.votes()).hasSize(5);
    }

    private void vote(ChromiumBrowser browser, String number, String person, String choice, String condition) {
        try (TasklistPage tasklist =
                TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), person)) {
            tasklist.onScreen(1280).claim("Cast vote", number);
            if (person.equals("carla")) {
                tasklist.requireWholeAt(1280, "cast-vote");
                tasklist.requireWholeAt(390, "cast-vote");
                tasklist.onScreen(1280);
                assertThat(tasklist.form()).contains("You vote on the seat business of cab");
                assertThat(tasklist.field("Votes so far")).contains("chair (required): APPROVE by chris");
                assertThat(tasklist.field("If nothing is done")).contains("keystone stays at");
            }
            tasklist.choose(choice).fill("Reason", "That is how I see it");
            if (!condition.isEmpty()) {
                tasklist.fill("Conditions", condition);
            }
            assertThat(tasklist.complete()).isEqualTo(204);
        }
    }

    private String taskOf(String number, String person) {
        return engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey("Activity_CastVote")
                .list()
                .stream()
                .filter(task -> engineTasks.getIdentityLinksForTask(task.getId()).stream()
                        .map(IdentityLink::getUserId)
                        .anyMatch(person::equals))
                .findFirst()
                .orElseThrow()
                .getId();
    }
}
