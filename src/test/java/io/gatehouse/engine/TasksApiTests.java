package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ProcessTest
@OnH2
class TasksApiTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private Tasks tasks;

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

    private String submitted() {
        return SignedIn.RITA.does(() -> {
            var rita = new Person("rita", Set.of("requester"));
            Change raised = process.raise(rita, ChangeFixture.content(clock.instant()));
            return process.submit(rita, raised.number()).number();
        });
    }

    private MvcTestResult list(SignedIn person, String query) {
        return mvc.get().uri("/api/v1/tasks?" + query).with(person.signsIn()).exchange();
    }

    private static void holds(MvcTestResult list, String... tasks) {
        assertThat(list)
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.items[*].task")
                .asArray()
                .containsExactly((Object[]) tasks);
    }

    @Test
    void showsWhatAChangeWaitsFor() {
        String number = submitted();

        assertThat(list(SignedIn.RITA, "number=" + number))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                {"items": [{"task": "ReviewTechnically", "title": "Review technically", "number": "%s",
                  "groups": ["technical-approver"]}]}
                """
                                .formatted(number));
    }

    @Test
    void showsEachSeatOfAnApproval() {
        String number = submitted();
        SignedIn.THEO.runs(() -> tasks.submit(
                number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "well prepared")));

        assertThat(list(SignedIn.RITA, "number=" + number + "&task=ApproveChange"))
                .bodyJson()
                .extractingPath("$.items[*].groups[*]")
                .asArray()
                .containsExactlyInAnyOrder("change-manager", "ops-lead");
        holds(list(SignedIn.RITA, "number=" + number + "&group=ops-lead"), "ApproveChange");
    }

    @Test
    void showsWhatIsMineUntilSomebodyElseTakesIt() {
        String number = submitted();

        holds(list(SignedIn.THEO, "mine=true&number=" + number), "ReviewTechnically");
        holds(list(SignedIn.MONA, "mine=true&number=" + number));

        SignedIn.THEO.runs(() -> engineTasks.claim(
                engineTasks
                        .createTaskQuery()
                        .processInstanceBusinessKey(number)
                        .singleResult()
                        .getId(),
                "theo"));
        SignedIn other = new SignedIn("tina", "technical-approver");
        holds(list(SignedIn.THEO, "mine=true&number=" + number), "ReviewTechnically");
        holds(list(other, "mine=true&number=" + number));
    }

    @Test
    void showsTheSameToWhomMuchIsOffered() {
        String number = submitted();
        for (int i = 0; i < 300; i++) {
            jdbc.update(
                    "insert into ACT_RU_IDENTITYLINK (ID_, REV_, GROUP_ID_, TYPE_) values (?, 1, ?, 'candidate')",
                    "much-" + i,
                    "technical-approver");
        }
        try {
            holds(list(SignedIn.THEO, "mine=true&number=" + number), "ReviewTechnically");
            holds(list(SignedIn.MONA, "mine=true&number=" + number));
            holds(list(SignedIn.RITA, "group=technical-approver&number=" + number), "ReviewTechnically");
        } finally {
            jdbc.update("delete from ACT_RU_IDENTITYLINK where ID_ like 'much-%'");
        }
    }

    @Test
    void listsPageByPageNewestFirst() throws Exception {
        clock.advance(Duration.ofHours(1));
        String older = submitted();
        clock.advance(Duration.ofSeconds(2));
        String newer = submitted();

        MvcTestResult page = list(SignedIn.RITA, "limit=1");
        while (!read(page, "$.items[0].number").equals(newer)) { // other tests may have been ahead of the time
            page = list(SignedIn.RITA, "limit=1&after=" + read(page, "$.next"));
        }
        page = list(SignedIn.RITA, "limit=1&after=" + read(page, "$.next"));
        assertThat(read(page, "$.items[0].number")).isEqualTo(older);
    }

    private static String read(MvcTestResult page, String path) throws Exception {
        return JsonPath.read(page.getResponse().getContentAsString(), path);
    }

    @Test
    void refusesACursorOfAnotherList() {
        assertThat(list(SignedIn.RITA, "after=MToxMg"))
                .hasStatus(400)
                .bodyText()
                .contains("unknown-cursor");
    }
}
