package io.gatehouse.breakglass;

import static io.gatehouse.breakglass.BreakGlassDriver.WINDOW;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.engine.Repair;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A process is brought to the version that was granted, and nothing else happens. */
@OnH2
@ProcessTest
class BreakGlassMigrationTests extends BreakGlassFixture {

    private static final String PROCESS = "NormalChange";

    @Autowired
    ProcessEngine engine;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcTemplate jdbc;

    private final Deque<String> deployments = new ArrayDeque<>();

    @AfterEach
    void theModelThatShips() {
        while (!deployments.isEmpty()) {
            String newest = deployments.pop();
            InsideTheEngine.run(engine, () -> repository.deleteDeployment(newest, true));
        }
    }

    /** What there is about a change but for the version of its model. */
    private record Picture(
            List<String> waitsAt,
            Map<String, Object> variables,
            String job,
            int retries,
            Date due,
            List<Map<String, Object>> rows) {}

    @Test
    void bringsThatProcessToThatVersionAndAltersNothingElse() {
        String change = driver.scheduledChange();
        String other = driver.scheduledChange();
        ProcessDefinition before = latest();
        deploy(drawn -> drawn.replace("name=\"Implement change\"", "name=\"Implement it by hand\""));
        ProcessDefinition after = latest();
        assertThat(after.getVersion()).isEqualTo(before.getVersion() + 1);
        Picture picture = picture(change);
        Picture pictureOfOther = picture(other);
        Repair migration = to(after.getVersion());
        String number = driver.granted(change, migration);

        driver.use(OSKAR, number, migration);

        assertThat(definitionOf(change)).isEqualTo(after.getId());
        assertThat(picture(change)).isEqualTo(picture);
        assertThat(driver.job(change).getProcessDefinitionId()).isEqualTo(after.getId());
        assertThat(definitionOf(other)).isEqualTo(before.getId());
        assertThat(picture(other)).isEqualTo(pictureOfOther);
        assertThat(definitionOf(number)).startsWith("BreakGlass:");
        assertThat(driver.stateOf(number)).isEqualTo(State.ENDED);
        assertThat(payload(number, "breakglass.Used"))
                .contains("\"used\":{\"kind\":\"MIGRATE\",\"to\":\"" + after.getVersion() + "\"}");
        clock.advance(Duration.ofMinutes(61));
        driver.run(change);
        driver.run(other);
        assertThat(openTask(change)).isEqualTo("Implement it by hand");
        assertThat(openTask(other)).isEqualTo("Implement change");
    }

    @Test
    void doesNotBringItToALaterVersionThanTheSecondPersonRead() {
        String change = driver.scheduledChange();
        String present = definitionOf(change);
        deploy(drawn -> drawn.replace("name=\"Implement change\"", "name=\"Implement it by hand\""));
        Repair migration = to(latest().getVersion());
        String number = driver.granted(change, migration);
        deploy(drawn -> drawn.replace("name=\"Implement change\"", "name=\"Implement it somehow\""));

        assertThatThrownBy(() -> driver.use(OSKAR, number, migration))
                .hasMessageContaining("The latest version of its model is " + latest().getVersion());

        assertThat(definitionOf(change)).isEqualTo(present);
        assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
    }

    @Test
    void doesNotBringItBack() {
        int old = latest().getVersion();
        deploy(drawn -> drawn.replace("name=\"Implement change\"", "name=\"Implement it by hand\""));
        String change = driver.scheduledChange();
        String present = definitionOf(change);
        assertThat(present).isEqualTo(latest().getId());
        Repair migration = to(old);
        String number = driver.granted(change, migration);

        assertThatThrownBy(() -> driver.use(OSKAR, number, migration)).hasMessageContaining("runs the latest version");

        assertThat(definitionOf(change)).isEqualTo(present);
    }

    @Test
    void isUndoneWhereTheVersionHasNoPlaceForTheToken() {
        String change = driver.scheduledChange();
        String present = definitionOf(change);
        Picture picture = picture(change);
        deploy(drawn -> drawn.replace(WINDOW, "Event_WindowReached"));
        Repair migration = to(latest().getVersion());
        String number = driver.granted(change, migration);

        assertThatThrownBy(() -> driver.use(OSKAR, number, migration)).hasMessageContaining("Nothing has changed");

        assertThat(definitionOf(change)).isEqualTo(present);
        assertThat(picture(change)).isEqualTo(picture);
        assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
        assertThat(payload(number, "breakglass.UseRefused")).contains("repair-failed");
        assertThat(driver.trail(number)).doesNotContain("breakglass.Used");
    }

    private static Repair to(int version) {
        return new Repair(Repair.Kind.MIGRATE, null, String.valueOf(version), null, null);
    }

    private void deploy(UnaryOperator<String> redrawn) {
        String shipped;
        try {
            shipped = Files.readString(Path.of("processes", "change", PROCESS + ".bpmn"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String drawn = redrawn.apply(shipped);
        assertThat(drawn).isNotEqualTo(shipped);
        InsideTheEngine.run(
                engine,
                () -> deployments.push(repository
                        .createDeployment()
                        .addString(PROCESS + ".bpmn", drawn)
                        .deploy()
                        .getId()));
    }

    private ProcessDefinition latest() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(PROCESS)
                .latestVersion()
                .singleResult();
    }

    private String definitionOf(String number) {
        return driver.instance(number).getProcessDefinitionId();
    }

    private Picture picture(String change) {
        ProcessInstance instance = driver.instance(change);
        Job job = driver.job(change);
        long id = Long.parseLong(change.substring(4));
        return new Picture(
                driver.waitsAt(change),
                runtime.getVariables(instance.getId()),
                job.getId(),
                job.getRetries(),
                job.getDuedate(),
                List.of(
                        jdbc.queryForMap("select * from change_request where id = ?", id),
                        Map.of("approvals", jdbc.queryForList("select * from change_approval where change_id = ?", id)),
                        Map.of("trail", driver.trail(change))));
    }

    private String openTask(String change) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(change)
                .singleResult()
                .getName();
    }

    private String payload(String number, String action) {
        return jdbc.queryForObject(
                "select payload from audit_entry where object = ? and action = ?", String.class, number, action);
    }
}
