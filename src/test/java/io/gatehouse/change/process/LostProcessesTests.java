package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Changes whose process somebody has deleted from the engine. */
@ProcessTest
@OnH2
class LostProcessesTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    private BeanFactory beans;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private Tasks tasks;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void leavesAChangeAloneThatHasItsProcessOrWasNeverSubmitted() {
        String number = submitted(Duration.ofHours(1));
        String draft = raised(Duration.ofHours(1));

        LostProcessesDriver.find(beans);

        assertThat(waitsFor(number)).containsExactly("Activity_ReviewTechnically");
        assertThat(waitsFor(draft)).isEmpty();
        assertThat(recorded(number)).doesNotContain("change.ProcessLost");
    }

    @Test
    void takesAChangeBackToItsRequesterBeforeAnythingWasTouched() {
        String number = submitted(Duration.ofHours(1));
        deleteProcess(number);

        LostProcessesDriver.find(beans);
        LostProcessesDriver.find(beans);

        assertThat(changes.find(number).state()).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(number).returnedBecause()).contains("Submit it again");
        assertThat(waitsFor(number)).containsExactly("Activity_ReviseChange");
        assertThat(recorded(number)).containsOnlyOnce("change.ProcessLost");

        RITA.runs(() -> process.submit(REQUESTER, number));
        assertThat(waitsFor(number)).containsExactly("Activity_ReviewTechnically");
    }

    @Test
    void endsTheHoldOfAChangeItTakesBack() {
        String number = submitted(Duration.ofHours(1));
        process.hold(REQUESTER, number, "Supplier is out");
        deleteProcess(number);

        LostProcessesDriver.find(beans);

        assertThat(changes.find(number).onHoldBecause()).isNull();
        assertThat(waitsFor(number)).containsExactly("Activity_ReviseChange");
    }

    @Test
    void asksPeopleWhatWasImplemented() {
        String number = implementing();
        deleteProcess(number);

        LostProcessesDriver.find(beans);
        OSKAR.runs(() -> tasks.submit(number, "ImplementChange", null, Map.of("result", "UNSUCCESSFUL")));

        assertThat(changes.find(number).state()).isEqualTo(ChangeState.REVIEW);
    }

    @Test
    void asksForTheReviewAgain() {
        String number = implementing();
        OSKAR.runs(() -> tasks.submit(number, "ImplementChange", null, Map.of("result", "UNSUCCESSFUL")));
        deleteProcess(number);

        LostProcessesDriver.find(beans);
        MONA.runs(() -> tasks.submit(
                number, "ReviewChange", null, Map.of("closeCode", "UNSUCCESSFUL", "lessons", "Delete nothing")));

        assertThat(changes.find(number).state()).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void takesAChangeUpOnceWhenNodesLookAtTheSameTime() throws Exception {
        String number = submitted(Duration.ofHours(1));
        deleteProcess(number);
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<? extends Future<?>> looks = Stream.generate(() -> nodes.submit(() -> LostProcessesDriver.find(beans)))
                    .limit(3)
                    .toList();
            for (Future<?> look : looks) {
                look.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(waitsFor(number)).containsExactly("Activity_ReviseChange");
        assertThat(recorded(number)).containsOnlyOnce("change.ProcessLost");
    }

    private String raised(Duration untilWindow) {
        Change change = process.raise(
                REQUESTER,
                ChangeFixture.content("oslo-config", "dev", ChangeFixture.windowIn(clock.instant(), untilWindow)));
        return change.number();
    }

    private String submitted(Duration untilWindow) {
        return RITA.does(() -> process.submit(REQUESTER, raised(untilWindow)).number());
    }

    private String implementing() {
        String number = submitted(Duration.ofMinutes(-5));
        THEO.runs(() ->
                tasks.submit(number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "Sound")));
        assertThat(changes.find(number).state()).isEqualTo(ChangeState.IMPLEMENT);
        return number;
    }

    private void deleteProcess(String number) {
        runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .list()
                .forEach(instance -> InsideTheEngine.run(
                        engine, () -> runtime.deleteProcessInstance(instance.getId(), "by mistake")));
    }

    private List<String> waitsFor(String number) {
        return engineTasks.createTaskQuery().processInstanceBusinessKey(number).list().stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    private List<String> recorded(String number) {
        return jdbc.queryForList("select action from audit_entry where object = ?", String.class, number);
    }
}
