package io.gatehouse.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

/** Somebody without any role is asked about a change, through a group that is a team. */
@ProcessTest
@OnH2
class BeingAskedTests {

    private static final SignedIn DORA = new SignedIn("dora", "auditees");
    private static final List<String> READING = List.of("", "/approvals", "/decisions", "/rollout-plan", "/rehearsals");

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private TestClock clock;

    private MockMvcTester mvc;
    private String number = "";

    @BeforeEach
    void aChangeUnderReview() {
        mvc = Door.to(context);
        ChangeFixture.catalog(jdbc);
        number = submitted();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    private String submitted() {
        return SignedIn.RITA.does(() -> {
            Person rita = new Person("rita", Set.of("requester"));
            return process.submit(
                            rita,
                            process.raise(rita, ChangeFixture.content(clock.instant()))
                                    .number())
                    .number();
        });
    }

    private void ask(String group) {
        String task = engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
        // As a redrawn model would that asks this group.
        jdbc.update(
                "insert into ACT_RU_IDENTITYLINK (ID_, REV_, TYPE_, GROUP_ID_, TASK_ID_) values (?, 1, 'candidate', ?, ?)",
                group + number,
                group,
                task);
    }

    private int status(SignedIn person, String method, String address, String body) {
        clock.advance(Duration.ofMillis(10));
        var request = mvc.method(HttpMethod.valueOf(method)).uri(address).with(person.signsIn());
        return (body.isEmpty()
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).content(body))
                .exchange()
                .getMvcResult()
                .getResponse()
                .getStatus();
    }

    private List<Integer> reading(SignedIn person, String change) {
        return READING.stream()
                .map(what -> status(person, "GET", "/api/v1/changes/" + change + what, ""))
                .toList();
    }

    @Test
    void readsTheChangeAsLongAsTheQuestionIsOpen() {
        assertThat(reading(DORA, number)).containsOnly(403);

        ask("auditees");
        assertThat(reading(DORA, number)).containsExactly(200, 200, 200, 404, 200);

        int canceled = status(SignedIn.MONA, "POST", "/api/v1/changes/" + number + "/cancellation", "");
        assertThat(canceled).isEqualTo(200);
        assertThat(reading(DORA, number)).containsOnly(403);
    }

    @Test
    void seesTheTaskInTheList() throws Exception {
        ask("auditees");

        String list = mvc.get()
                .uri("/api/v1/tasks?number=" + number)
                .with(DORA.signsIn())
                .exchange()
                .getMvcResult()
                .getResponse()
                .getContentAsString();

        assertThat(list).contains("ReviewTechnically", number);
    }

    @Test
    void readsNoOtherChangeAndNoList() {
        ask("auditees");

        assertThat(reading(DORA, submitted())).containsOnly(403);
        assertThat(reading(DORA, "CHG-999999")).containsOnly(403);
        assertThat(status(DORA, "GET", "/api/v1/changes", "")).isEqualTo(403);
        assertThat(status(DORA, "GET", "/api/v1/services/nova", "")).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submission", "revision", "hold", "resumption", "cancellation"})
    void changesNothing(String step) {
        ask("auditees");

        assertThat(status(DORA, "POST", "/api/v1/changes/" + number + "/" + step, "{\"reason\": \"Because\"}"))
                .isEqualTo(403);
        assertThat(status(DORA, "PUT", "/api/v1/changes/" + number, "{}")).isEqualTo(403);
        assertThat(status(DORA, "PUT", "/api/v1/changes/" + number + "/rollout-plan", "{}"))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "admin"})
    void gainsNothingForARoleThatMayNeverBeAsked(String role) {
        ask(role);
        SignedIn person = new SignedIn("adam", role, "technical-approver");
        String approval = "{\"decision\": \"APPROVE\", \"reason\": \"Good\"}";

        assertThat(status(person, "POST", "/api/v1/changes/" + number + "/technical-reviews", approval))
                .isEqualTo(403);
        assertThat(engineTasks
                        .createTaskQuery()
                        .processInstanceBusinessKey(number)
                        .list())
                .extracting(task -> task.getTaskDefinitionKey())
                .containsOnly("Activity_ReviewTechnically");
    }
}
