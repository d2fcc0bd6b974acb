package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

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

    private String submitted() {
        Person rita = new Person("rita", Set.of("requester"));
        return RITA.does(() -> process.submit(
                        rita,
                        process.raise(rita, ChangeFixture.content(clock.instant()))
                                .number())
                .number());
    }

    private String task() {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
    }

    private void read(SignedIn person) {
        assertThat(mvc.get().uri("/api/v1/changes/" + number).with(person.signsIn()))
                .hasStatusOk();
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
