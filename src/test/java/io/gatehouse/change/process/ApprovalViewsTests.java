package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.breakglass.BreakGlassDriver;
import io.gatehouse.cab.Boards;
import io.gatehouse.cab.Vote;
import io.gatehouse.cab.VoteFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Changes;
import io.gatehouse.change.TemplateDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever looks at what they are asked to approve, or takes it, is on record with it; looking again says nothing new. */
@ProcessTest
@OnH2
class ApprovalViewsTests {

    @Autowired
    private ChangeProcess process;

    @Autowired
    private FormService forms;

    @Autowired
    private TaskService tasks;

    @Autowired
    private Tasks doors;

    @Autowired
    private Boards boards;

    @Autowired
    private Changes changes;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    private String number = "";

    @BeforeEach
    void aChangeThatWaitsForATechnicalReview() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        number = submitted();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void openingTheFormIsSaidOnce() {
        for (int i = 0; i < 3; i++) {
            THEO.does(() -> forms.getTaskFormVariables(task()));
        }

        assertThat(entries("change.ApprovalViewed"))
                .containsExactly("theo {\"round\":1,\"seat\":\"technical-approver\"}");
    }

    @Test
    void readingTheChangeOverTheApiIsTheSame() {
        read(THEO);
        read(THEO);
        THEO.does(() -> forms.getTaskFormVariables(task()));

        assertThat(entries("change.ApprovalViewed")).hasSize(1);
    }

    @Test
    void whoHasNoSeatThatWaitsOnlyReads() {
        read(RITA);
        read(OSKAR);

        assertThat(entries("change.ApprovalViewed")).isEmpty();
    }

    @Test
    void everyPersonAndEveryRoundIsSaid() {
        read(THEO);
        read(new SignedIn("tina", "technical-approver"));
        Person rita = new Person("rita", Set.of("requester"));
        RITA.runs(() -> {
            process.revise(rita, number, "Another plan");
            process.submit(rita, number);
        });
        read(THEO);

        assertThat(entries("change.ApprovalViewed"))
                .containsExactly(
                        "theo {\"round\":1,\"seat\":\"technical-approver\"}",
                        "tina {\"round\":1,\"seat\":\"technical-approver\"}",
                        "theo {\"round\":2,\"seat\":\"technical-approver\"}");
    }

    @Test
    void takingATaskAndGivingItBackIsSaidEachTime() {
        for (int i = 0; i < 2; i++) {
            THEO.runs(() -> tasks.claim(task(), "theo"));
            THEO.runs(() -> tasks.setAssignee(task(), null));
        }

        String what = " {\"groups\":[\"technical-approver\"],\"task\":\"ReviewTechnically\"}";
        assertThat(entries("engine.TaskClaimed")).containsExactly("theo" + what, "theo" + what);
        assertThat(entries("engine.TaskGivenBack")).containsExactly("theo" + what, "theo" + what);
    }

    @Test
    void lookingAtAVoteIsSaidOnceForEachVoteAndSeat() {
        VoteFixture board = new VoteFixture(boards, process, doors, transactions);
        board.convene();
        try {
            number = board.beforeTheBoard(ChangeFixture.windowIn(clock.instant(), Duration.ofDays(7)))
                    .number();
            for (int i = 0; i < 2; i++) {
                CHRIS.does(() -> forms.getTaskFormVariables(taskOf("board:cab:chair")));
                readVotes(OSKAR);
                read(CARLA);
            }
            read(CHRIS);
            readVotes(CARLA);

            assertThat(views("cab.BallotViewed"))
                    .containsExactly(
                            "chris " + viewed("chair", 1),
                            "oskar " + viewed("operations", 1),
                            "carla " + viewed("business", 1));

            Person rita = new Person("rita", Set.of("requester"));
            RITA.runs(() -> {
                process.revise(rita, number, "Another plan");
                process.submit(rita, number);
            });
            THEO.runs(() -> doors.submit(
                    number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked again")));
            readVotes(CHRIS);
            assertThat(views("cab.BallotViewed")).last().isEqualTo("chris " + viewed("chair", 2));
        } finally {
            board.dissolve();
        }
    }

    @Test
    void whoHasNoVoteThatIsWantedOnlyReads() {
        VoteFixture board = new VoteFixture(boards, process, doors, transactions);
        board.convene();
        try {
            number = board.beforeTheBoard(ChangeFixture.windowIn(clock.instant(), Duration.ofDays(7)))
                    .number();
            readVotes(RITA);
            read(THEO);
            readVotes(new SignedIn("cleo", "cab-member"));
            board.vote(changes.find(number), OSKAR, Vote.APPROVE);
            readVotes(OSKAR);
            read(OSKAR);

            assertThat(views("cab.BallotViewed")).isEmpty();
        } finally {
            board.dissolve();
        }
    }

    private static String viewed(String seat, int round) {
        return "{\"ballot\":1,\"round\":" + round + ",\"seat\":\"" + seat + "\"}";
    }

    /** Without the number of the change, by which they are found. */
    private List<String> views(String action) {
        return jdbc
                .queryForList(
                        "select concat(" + TrailNames.ACTOR
                                + ", ' ', payload) from audit_entry where action = ? and payload like ? order by n",
                        String.class,
                        action,
                        "%\"" + number + "\"%")
                .stream()
                .map(entry -> entry.replace("\"change\":\"" + number + "\",", ""))
                .toList();
    }

    @Test
    void lookingAtAnOverrideThatIsAskedForIsSaidOnce() {
        String asked = new BreakGlassDriver(context).asked(number, BreakGlassDriver.DELETION);
        for (int i = 0; i < 2; i++) {
            MONA.does(() -> forms.getTaskFormVariables(task(asked)));
            read("/api/v1/break-glass/" + asked, ROLF);
        }
        read("/api/v1/break-glass/" + asked, MONA);
        read("/api/v1/break-glass/" + asked, OSKAR);
        read("/api/v1/break-glass/" + asked, new SignedIn("alma", "auditor"));

        number = asked;
        assertThat(entries("breakglass.Viewed"))
                .extracting(entry -> entry.replaceFirst(" .*", ""))
                .containsExactly("mona", "rolf");
    }

    @Test
    void lookingAtATemplateInReviewIsSaidOnce() {
        TemplateDriver driver = new TemplateDriver(context);
        number = driver.proposed(TemplateDriver.content("Restart"));
        String versions = "/api/v1/change-templates/" + driver.key + "/versions";
        for (int i = 0; i < 2; i++) {
            MONA.does(() -> forms.getTaskFormVariables(task()));
            read(versions, TemplateDriver.MAX);
        }
        read(versions, ROLF);
        read(versions, RITA);

        assertThat(entries("change.TemplateViewed"))
                .extracting(entry -> entry.replaceFirst(" .*", ""))
                .containsExactly("mona", "max");
    }

    private String submitted() {
        Person rita = new Person("rita", Set.of("requester"));
        return RITA.does(() -> process.submit(
                        rita,
                        process.raise(rita, ChangeFixture.content(clock.instant()))
                                .number())
                .number());
    }

    private String task() {
        return task(number);
    }

    private String task(String about) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(about)
                .singleResult()
                .getId();
    }

    private String taskOf(String group) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskCandidateGroup(group)
                .singleResult()
                .getId();
    }

    private void read(SignedIn person) {
        read("/api/v1/changes/" + number, person);
    }

    private void readVotes(SignedIn person) {
        read("/api/v1/changes/" + number + "/votes", person);
    }

    private void read(String address, SignedIn person) {
        assertThat(mvc.get().uri(address).with(person.signsIn())).hasStatusOk();
    }

    private List<String> entries(String action) {
        return jdbc.queryForList(
                "select concat(" + TrailNames.ACTOR
                        + ", ' ', payload) from audit_entry where object = ? and action = ? order by n",
                String.class,
                number,
                action);
    }
}
