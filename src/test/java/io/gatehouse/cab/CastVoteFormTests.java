package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Evidence;
import io.gatehouse.change.EvidenceFiles;
import io.gatehouse.change.EvidenceKind;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What a member of a board needs to vote is on the form, each thing under its own name. */
@ProcessTest
@OnH2
class CastVoteFormTests {

    @Autowired
    private Boards boards;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private EvidenceFiles evidence;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private FormService forms;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private VoteFixture fixture;

    @BeforeEach
    void convene() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        fixture = new VoteFixture(boards, process, tasks, transactions);
        fixture.convene();
    }

    @AfterEach
    void dissolve() {
        fixture.dissolve();
        clock.reset();
    }

    @Test
    void showsRiskGapsCollisionsTheRecordAndWhatHappensIfNothingIsDone() throws IOException {
        Window window = ChangeFixture.windowIn(clock.instant(), Duration.ofDays(7));
        failedYesterday("Earlier upgrade of keystone");
        Change other = fixture.submitted(THEO, window);
        Change change = fixture.submitted(RITA, window);
        RITA.runs(() -> evidence.provide(
                VoteFixture.person(RITA),
                change.number(),
                EvidenceKind.CODE_REVIEW,
                "https://review.example/7",
                null,
                Evidence.Result.PASSED));
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked at it")));
        fixture.vote(change, CHRIS, Vote.APPROVE, "A tried way back");

        Map<String, Object> shown = shownTo("oskar", change);

        assertThat(shown)
                .containsEntry("number", change.number())
                .containsEntry("seat", "operations")
                .containsEntry("risk", "VERY_HIGH");
        assertThat(text(shown, "riskReasons")).contains("VERY_HIGH: ", "the way back has not been tried");
        assertThat(text(shown, "evidence"))
                .startsWith("PARTIAL\n")
                .contains("required: TEST_REPORT, missing (", "on file: CODE_REVIEW PASSED https://review.example/7");
        assertThat(text(shown, "conflicts"))
                .startsWith(other.number() + " (ASSESS) also changes keystone, ")
                .endsWith(": Upgrade keystone");
        assertThat(text(shown, "pastOutcomes")).contains("UNSUCCESSFUL, rolled back: Earlier upgrade of keystone");
        assertThat(text(shown, "ifNothingIsDone")).startsWith("Passwords stay on weak hashes\nkeystone stays at ");
        assertThat(text(shown, "votesSoFar"))
                .contains(
                        "chair (required): APPROVE by chris: that is how I see it",
                        "operations: no vote yet",
                        "security (veto): no vote yet",
                        "Condition by chair: A tried way back",
                        "Needed: 3 votes");
        assertThat(shown).containsKeys(readOnlyFields());
    }

    @Test
    void saysThatTheRequesterHasNotSaidWhatHappensOtherwise() {
        Change change = fixture.beforeTheBoard(ChangeFixture.windowIn(clock.instant(), Duration.ofDays(7)));
        jdbc.update("update change_request set if_not_done = null where id = ?", idOf(change));

        assertThat(text(shownTo("oskar", change), "ifNothingIsDone"))
                .startsWith("Not said: ask the requester what happens if this is not done\nkeystone stays at ");
    }

    private void failedYesterday(String title) {
        Timestamp yesterday = Timestamp.from(clock.instant().minus(Duration.ofDays(1)));
        jdbc.update(
                """
                insert into change_request (version, type, state, title, environment_key, requester, window_starts_at,
                  window_ends_at, data_migration, downtime, backout_tested, approval_round, rolled_back, created_at,
                  closed_at, close_code)
                values (1, 'NORMAL', 'CLOSED', ?, 'production', 'rita', ?, ?, false, false, false, 1, true, ?, ?,
                  'UNSUCCESSFUL')""",
                title,
                yesterday,
                yesterday,
                yesterday,
                yesterday);
        jdbc.update(
                "insert into change_service (change_id, service_key)"
                        + " select max(id), 'keystone' from change_request where title = ?",
                title);
    }

    private static long idOf(Change change) {
        return Long.parseLong(change.number().substring("CHG-".length()));
    }

    private Map<String, Object> shownTo(String person, Change change) {
        Task task = engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(change.number())
                .taskCandidateUser(person)
                .singleResult();
        return forms.getTaskFormVariables(task.getId());
    }

    private static String text(Map<String, Object> shown, String field) {
        return String.valueOf(shown.get(field));
    }

    private static String[] readOnlyFields() throws IOException {
        JsonNode form =
                new ObjectMapper().readTree(Path.of("forms/cab/CastVote.form").toFile());
        List<String> keys = new ArrayList<>();
        form.get("components").forEach(part -> {
            if (part.path("disabled").asBoolean()) {
                keys.add(part.get("key").asText());
            }
        });
        assertThat(keys).contains("evidence", "ifNothingIsDone", "pastOutcomes").hasSizeGreaterThan(10);
        return keys.toArray(String[]::new);
    }
}
