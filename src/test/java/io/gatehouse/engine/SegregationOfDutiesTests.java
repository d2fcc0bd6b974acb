package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.testing.TasklistSession;
import java.net.http.HttpResponse;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Every way round the approval that the engine's own permissions leave open, tried by people of the sample organisation
 * through the Tasklist's calls, and once more against the engine itself, where no web door stands.
 */
@EngineTest
class SegregationOfDutiesTests {

    private static final String NUMBER = "SOD-1";
    private static final String APPROVED =
            "{\"variables\":{\"decision\":{\"value\":\"APPROVED\",\"type\":\"String\"}}}";

    @LocalServerPort
    private int port;

    @Autowired
    private SampleApproval.Samples samples;

    @Autowired
    private TaskService tasks;

    @Autowired
    private IdentityService identities;

    private String technical;
    private String board;

    @BeforeEach
    void aSampleThatTheoAskedFor() {
        samples.start(NUMBER, "theo");
        technical = taskOf("technical-approver");
        board = taskOf("cab-member");
    }

    @AfterEach
    void forget() {
        identities.clearAuthentication();
        samples.forget(NUMBER);
    }

    @Test
    void letsAMemberOfTheSeatApprove() {
        HttpResponse<String> answer = as("carla").engine("POST", "task/" + board + "/submit-form", APPROVED);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(decisions()).containsExactly(NUMBER + " cab-member carla APPROVED");
    }

    @Test
    void refusesTheRequestersOwnApproval() {
        TasklistSession theo = as("theo");

        assertRefused(
                theo.engine("POST", "task/" + technical + "/submit-form", APPROVED),
                "Whoever requested a sample must not approve it.");
        assertRefused(
                theo.engine("POST", "task/" + technical + "/claim", "{\"userId\":\"theo\"}"),
                "Whoever requested a sample must not approve it.");
    }

    @Test
    void refusesSomebodyOutsideTheSeat() {
        assertThat(as("rita")
                        .engine("POST", "task/" + technical + "/submit-form", APPROVED)
                        .statusCode())
                .isBetween(400, 404);
        assertThat(as("adam")
                        .engine("POST", "task/" + board + "/submit-form", APPROVED)
                        .statusCode())
                .as("admin is not a bypass")
                .isBetween(400, 404);
        assertThat(decisions()).isEmpty();
    }

    @Test
    void refusesATaskThatSomebodyElseClaimed() {
        // given
        assertThat(as("chris")
                        .engine("POST", "task/" + board + "/claim", "{\"userId\":\"chris\"}")
                        .statusCode())
                .isEqualTo(204);

        // when
        TasklistSession carla = as("carla");

        // then
        assertRefused(carla.engine("POST", "task/" + board + "/submit-form", APPROVED), "claimed by chris");
        assertRefused(carla.engine("POST", "task/" + board + "/unclaim", ""), "claimed by chris");
        assertRefused(carla.engine("POST", "task/" + board + "/complete", APPROVED), "hand in their forms");
    }

    @Test
    void refusesCompletingWithoutTheForm() {
        assertRefused(as("carla").engine("POST", "task/" + board + "/complete", APPROVED), "hand in their forms");
        assertRefused(as("carla").engine("POST", "task/" + board + "/resolve", APPROVED), "hand in their forms");
    }

    @Test
    void refusesPuttingATaskOnSomebody() {
        assertRefused(
                as("carla").engine("POST", "task/" + board + "/assignee", "{\"userId\":\"chris\"}"),
                "hand in their forms");
        assertRefused(
                as("carla").engine("POST", "task/" + board + "/claim", "{\"userId\":\"chris\"}"),
                "claimed by whoever does it");
        assertRefused(
                as("carla").engine("POST", "task/" + board + "/delegate", "{\"userId\":\"rita\"}"),
                "hand in their forms");
    }

    @Test
    void refusesOverwritingWhatTheGateReads() {
        TasklistSession carla = as("carla");
        String instance = tasks.createTaskQuery().taskId(board).singleResult().getProcessInstanceId();
        String value = "{\"value\":true,\"type\":\"Boolean\"}";

        assertRefused(carla.engine("PUT", "task/" + board + "/variables/approved", value), "hand in their forms");
        assertRefused(carla.engine("PUT", "task/" + board + "/localVariables/approved", value), "hand in their forms");
        assertRefused(
                carla.engine(
                        "POST", "task/" + board + "/variables", "{\"modifications\":{\"approved\":" + value + "}}"),
                "hand in their forms");
        assertRefused(
                carla.engine("PUT", "process-instance/" + instance + "/variables/approved", value),
                "hand in their forms");
        HttpResponse<String> smuggled = carla.engine(
                "POST",
                "task/" + board + "/submit-form",
                "{\"variables\":{\"decision\":{\"value\":\"APPROVED\"},\"approved\":{\"value\":true}}}");
        assertThat(smuggled.statusCode()).isEqualTo(400);
        assertThat(smuggled.body()).contains("approved is not a field of this form");
    }

    @Test
    void refusesWideningTheSeat() {
        String link = "{\"groupId\":\"requester\",\"type\":\"candidate\"}";

        assertRefused(as("carla").engine("POST", "task/" + board + "/identity-links", link), "hand in their forms");
        assertRefused(
                as("carla").engine("PUT", "task/" + board, "{\"assignee\":\"carla\",\"name\":\"other\"}"),
                "hand in their forms");
    }

    @Test
    void refusesMovingTheTokenPastTheTask() {
        String instance = tasks.createTaskQuery().taskId(board).singleResult().getProcessInstanceId();

        assertRefused(
                as("carla")
                        .engine(
                                "POST",
                                "process-instance/" + instance + "/modification",
                                "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"EndEvent_Signed\"}]}"),
                "hand in their forms");
        assertRefused(as("adam").engine("DELETE", "process-instance/" + instance, ""), "hand in their forms");
    }

    @Test
    void holdsWithoutTheWebDoor() {
        engineAs("carla", "cab-member");

        assertThatThrownBy(() -> tasks.complete(board)).isInstanceOf(ProcessEngineException.class);
        assertThatThrownBy(() -> tasks.setAssignee(board, "rita")).isInstanceOf(ProcessEngineException.class);
        assertThatThrownBy(() -> tasks.delegateTask(board, "rita")).hasMessageContaining("on record");
        assertThatThrownBy(() -> tasks.claim(board, "rita")).isInstanceOf(ProcessEngineException.class);

        identities.clearAuthentication();
        assertNothingHappened();
    }

    @Test
    void holdsForAThreadWithoutAPerson() {
        assertThatThrownBy(() -> tasks.complete(board)).hasMessageContaining("handing in its form");
        assertThatThrownBy(() -> tasks.setAssignee(board, "carla")).hasMessageContaining("signed-in person");
        assertNothingHappened();
    }

    private void assertRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains(reason);
        assertNothingHappened();
    }

    private void assertNothingHappened() {
        assertThat(decisions()).isEmpty();
        assertThat(taskOf("technical-approver")).isEqualTo(technical);
        assertThat(taskOf("cab-member")).isEqualTo(board);
    }

    private static List<String> decisions() {
        return SampleApproval.DECISIONS.stream()
                .filter(decision -> decision.startsWith(NUMBER + " "))
                .toList();
    }

    private String taskOf(String seat) {
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(NUMBER)
                .taskCandidateGroup(seat)
                .includeAssignedTasks()
                .singleResult();
        return task.getId();
    }

    private TasklistSession as(String person) {
        return TasklistSession.of(person, port);
    }

    private void engineAs(String person, String group) {
        identities.setAuthentication(person, List.of(group));
    }
}
