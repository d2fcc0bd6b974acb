package io.gatehouse.engine;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is read for a whole process at once is told to each of its tokens and tasks as its own. */
@OnH2
@ProcessTest
class KnownAnswersTests {

    /** Two branches that wait side by side, each in a scope with a variable of its own. */
    private static final BpmnModelInstance BRANCHES = Bpmn.createExecutableProcess("Branches")
            .startEvent()
            .parallelGateway("fork")
            .subProcess("Left")
            .camundaInputParameter("place", "left")
            .embeddedSubProcess()
            .startEvent()
            .receiveTask("WaitLeft")
            .message("GoOnLeft")
            .endEvent()
            .subProcessDone()
            .endEvent()
            .moveToNode("fork")
            .subProcess("Right")
            .camundaInputParameter("place", "right")
            .embeddedSubProcess()
            .startEvent()
            .receiveTask("WaitRight")
            .message("GoOnRight")
            .endEvent()
            .subProcessDone()
            .endEvent()
            .done();

    private static final BpmnModelInstance ONE_TASK = Bpmn.createExecutableProcess("OneTask")
            .startEvent()
            .userTask("Activity_LookAtIt")
            .endEvent()
            .done();

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private OnBehalfOfTheSystem system;

    private String deployment;

    @BeforeEach
    void deploy() {
        InsideTheEngine.run(
                engine,
                () -> deployment = engine.getRepositoryService()
                        .createDeployment()
                        .addModelInstance("Branches.bpmn", BRANCHES)
                        .addModelInstance("OneTask.bpmn", ONE_TASK)
                        .deploy()
                        .getId());
    }

    @AfterEach
    void remove() {
        InsideTheEngine.run(engine, () -> engine.getRepositoryService().deleteDeployment(deployment, true));
    }

    @Test
    void eachTokenHasItsOwnVariables() {
        ProcessInstance process = engine.getRuntimeService()
                .startProcessInstanceByKey("Branches", Map.<String, Object>of("what", "both"));

        Map<String, Map<String, Object>> seen = system.run(context -> {
            ExecutionEntity any = context.getExecutionManager().findExecutionById(process.getId());
            Map<String, Map<String, Object>> byToken = new HashMap<>();
            tokens(any).forEach(token -> byToken.put(token.getId(), token.getVariablesLocal()));
            return byToken;
        });

        assertThat(seen)
                .isEqualTo(
                        engine
                                .getRuntimeService()
                                .createExecutionQuery()
                                .processInstanceId(process.getId())
                                .list()
                                .stream()
                                .collect(toMap(Execution::getId, this::queried)));
        assertThat(seen.values()).contains(Map.of("what", "both"), Map.of("place", "left"), Map.of("place", "right"));
    }

    private Map<String, Object> queried(Execution token) {
        Map<String, Object> variables = new HashMap<>();
        engine.getRuntimeService().createVariableInstanceQuery().executionIdIn(token.getId()).list().stream()
                .filter(variable -> variable.getTaskId() == null)
                .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        return variables;
    }

    private static List<ExecutionEntity> tokens(ExecutionEntity from) {
        List<ExecutionEntity> found = new ArrayList<>(List.of(from));
        from.getExecutions().forEach(child -> found.addAll(tokens(child)));
        return found;
    }

    @Test
    void whatOneBranchWritesTheOtherDoesNotLose() {
        ProcessInstance process = engine.getRuntimeService()
                .startProcessInstanceByKey("Branches", Map.<String, Object>of("what", "both"));

        InsideTheEngine.run(engine, () -> {
            engine.getRuntimeService().setVariable(process.getId(), "what", "one");
            engine.getRuntimeService().correlateMessage("GoOnLeft");
        });

        assertThat(
                        engine
                                .getRuntimeService()
                                .createVariableInstanceQuery()
                                .processInstanceIdIn(process.getId())
                                .list()
                                .stream()
                                .collect(toMap(variable -> variable.getName(), variable -> variable.getValue())))
                .isEqualTo(Map.of("what", "one", "place", "right"));

        InsideTheEngine.run(engine, () -> engine.getRuntimeService().correlateMessage("GoOnRight"));
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(process.getId())
                        .count())
                .isZero();
    }

    @Test
    void whatATaskKeepsIsNotItsTokens() {
        ProcessInstance process =
                engine.getRuntimeService().startProcessInstanceByKey("OneTask", Map.<String, Object>of("what", "all"));
        system.run(context -> {
            task(context, process).setVariableLocal("mark", "late");
            return null;
        });

        List<Map<String, Object>> seen = system.run(context -> {
            TaskEntity task = task(context, process);
            return List.of(task.getVariablesLocal(), task.getExecution().getVariablesLocal(), task.getVariables());
        });

        assertThat(seen)
                .containsExactly(Map.of("mark", "late"), Map.of("what", "all"), Map.of("mark", "late", "what", "all"));
    }

    private static TaskEntity task(CommandContext context, ProcessInstance process) {
        return context.getTaskManager()
                .findTasksByProcessInstanceId(process.getId())
                .get(0);
    }
}
