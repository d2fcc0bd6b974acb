package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.audit.verify.Difference;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.testing.OnH2;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Owners of a service write how it is rolled out as a rule, and its changes take that over as it is at that moment. */
@OnH2
@RolloutTest
class ServicePlanTests {

    private static final String PLAN =
            """
            {"process": "Rollout", "soak": "PT1H", "steps": [{"stage": "DEPLOY_APPLICATION", "name": "Web",
              "connector": "tool", "target": "web", "parameters": {"version": "${artifact.version}"},
              "undo": {"connector": "tool", "parameters": {"version": "1.0"}}}]}""";

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    JdbcTemplate jdbc;

    private final String service = "service-" + UUID.randomUUID().toString().substring(0, 8);
    private String change = "";

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
        change = driver.changeInImplementation("rita", service);
        jdbc.update("update change_request set state = 'NEW' where id = ?", id());
        jdbc.update("update change_service set new_version = '2.0.1' where change_id = ?", id());
    }

    @Test
    void itsOwnersWriteIt() {
        assertThat(put("olga", "team", PLAN, "If-None-Match", "*"))
                .hasStatus(201)
                .hasHeader("ETag", "\"1\"");
        assertThat(put("olga", "team", PLAN, "If-Match", "\"1\"")).hasStatusOk().hasHeader("ETag", "\"2\"");
        assertThat(put("olga", "team", PLAN, "If-Match", "\"1\"")).hasStatus(412);
        assertThat(mvc.get()
                        .uri("/api/v1/services/{key}/rollout-plan", service)
                        .with(user("rita").roles("requester")))
                .hasStatusOk()
                .hasHeader("ETag", "\"2\"")
                .bodyJson()
                .extractingPath("steps[0].parameters.version")
                .isEqualTo("${artifact.version}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-team", "requester", "technical-approver", "change-manager", "auditor", "admin"})
    void nobodyElseDoes(String group) {
        assertThat(put("olga", group, PLAN, "If-None-Match", "*")).hasStatus(403);
    }

    @Test
    void aPlanThatNoChangeCouldFollowIsRefused() {
        assertThat(put("olga", "team", PLAN.replace("\"tool\"", "\"other\""), "If-None-Match", "*"))
                .hasStatus(400);
        assertThat(put("olga", "team", PLAN.replace("${artifact.version}", "${artifact.name}"), "If-None-Match", "*"))
                .hasStatus(400);
    }

    @Test
    void aChangeTakesItOverAsItIsAtThatMoment() {
        put("olga", "team", PLAN, "If-None-Match", "*");

        assertThat(takeOver("rita", service)).hasStatus(201).hasHeader("ETag", "\"1\"");
        put("olga", "team", PLAN.replace("1.0", "1.1"), "If-Match", "\"1\"");

        PlannedStep step = planning.find(change).plan().steps().get(0);
        assertThat(step.undo()).isEqualTo(new Undo("tool", Map.of("version", "1.0")));
    }

    @Test
    void aChangeIsRolledOutByThePlanItTookOver() {
        put("olga", "team", PLAN, "If-None-Match", "*");
        takeOver("rita", service);
        RolloutPlan plan = planning.find(change).plan();
        jdbc.update("delete from rollout_plan where planned_for = ?", change);
        jdbc.update("update change_request set state = 'IMPLEMENT' where id = ?", id());

        String rollout = driver.start(change, plan);
        driver.settle(rollout);

        assertThat(tools.callsOf(rollout))
                .extracting(ScriptedTools.Call::parameters)
                .containsExactly(Map.of("version", "2.0.1"));
    }

    @Test
    void aPlanThatDoesNotFitTheChangeIsNotTakenOver() {
        put("olga", "team", PLAN, "If-None-Match", "*");
        jdbc.update("update change_service set new_version = 'no version' where change_id = ?", id());

        assertThat(takeOver("rita", service)).hasStatus(409);
        assertThat(planning.findIfPresent(change)).isEmpty();
    }

    @Test
    void thePlanOfAnotherServiceIsNotTakenOver() {
        planning.writeForService("nova", deploySteps(1));

        assertThat(takeOver("rita", "nova")).hasStatus(400);
        assertThat(takeOver("rita", service)).hasStatus(400);
    }

    @Test
    void aPlanThatTheChangeHasIsNotReplacedByIt() {
        put("olga", "team", PLAN, "If-None-Match", "*");
        takeOver("rita", service);

        assertThat(takeOver("rita", service)).hasStatus(409);
    }

    @Test
    void onlyWhoMayPlanTheChangeTakesItOverAndOnlyWhileItIsNew() {
        put("olga", "team", PLAN, "If-None-Match", "*");

        assertThat(takeOver("theo", service)).hasStatus(403);
        jdbc.update("update change_request set state = 'ASSESS' where id = ?", id());
        assertThat(takeOver("rita", service)).hasStatus(409);
    }

    @Test
    void whatIsWrittenToItPastTheProductIsFound() {
        put("olga", "team", PLAN, "If-None-Match", "*");
        assertThat(differences()).isEmpty();

        jdbc.update(
                "update rollout_plan set document = replace(document, '1.0', '6.6') where planned_for = ?",
                "plan-of-" + service);
        assertThat(differences()).containsExactly(Difference.Kind.PLAN);

        jdbc.update("delete from rollout_plan where planned_for = ?", "plan-of-" + service);
        assertThat(differences()).containsExactly(Difference.Kind.PLAN);
    }

    private List<Difference.Kind> differences() {
        List<Difference> found = jdbc.execute(
                (ConnectionCallback<List<Difference>>) connection -> new Reconciliation(connection).templates());
        return found == null
                ? List.of()
                : found.stream()
                        .filter(difference -> difference.object().equals("plan-of-" + service))
                        .map(Difference::kind)
                        .toList();
    }

    private long id() {
        return Long.parseLong(change.substring(4));
    }

    private MvcTestResult put(String person, String group, String body, String header, String value) {
        return mvc.put()
                .uri("/api/v1/services/{key}/rollout-plan", service)
                .with(user(person).roles(group))
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult takeOver(String person, String from) {
        return mvc.post()
                .uri("/api/v1/changes/{number}/rollout-plan", change)
                .with(user(person).roles("requester"))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"service\": \"" + from + "\"}")
                .exchange();
    }
}
