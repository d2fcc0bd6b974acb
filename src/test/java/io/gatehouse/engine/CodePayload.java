package io.gatehouse.engine;

import io.gatehouse.testing.InsideTheEngine;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;

/** The places of a model from which code has been run on a stock engine. */
enum CodePayload {
    SERVICE_TASK_EXPRESSION("<serviceTask id='Activity_X' camunda:expression=\"PAYLOAD\"/>"),
    DELEGATE_EXPRESSION("<serviceTask id='Activity_X' camunda:delegateExpression=\"PAYLOAD\"/>"),
    LISTENER_EXPRESSION("<manualTask id='Activity_X'><extensionElements><camunda:executionListener event='start'"
            + " expression=\"PAYLOAD\"/></extensionElements></manualTask>"),
    LISTENER_SCRIPT("<manualTask id='Activity_X'><extensionElements><camunda:executionListener event='start'>"
            + "<camunda:script scriptFormat='juel'>PAYLOAD</camunda:script></camunda:executionListener>"
            + "</extensionElements></manualTask>"),
    SCRIPT_TASK("<scriptTask id='Activity_X' scriptFormat='juel'><script>PAYLOAD</script></scriptTask>"),
    INPUT_PARAMETER(
            "<manualTask id='Activity_X'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>"
                    + "PAYLOAD</camunda:inputParameter></camunda:inputOutput></extensionElements></manualTask>"),
    INPUT_PARAMETER_SCRIPT(
            "<manualTask id='Activity_X'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>"
                    + "<camunda:script scriptFormat='juel'>PAYLOAD</camunda:script></camunda:inputParameter>"
                    + "</camunda:inputOutput></extensionElements></manualTask>"),
    ASSIGNEE("<userTask id='Activity_X' camunda:assignee=\"PAYLOAD\"/>"),
    CANDIDATE_GROUPS("<userTask id='Activity_X' camunda:candidateGroups=\"PAYLOAD\"/>"),
    DUE_DATE("<userTask id='Activity_X' camunda:dueDate=\"PAYLOAD\"/>"),
    DECISION("<businessRuleTask id='Activity_X' camunda:decisionRef='Payload' camunda:resultVariable='r'/>") {
        @Override
        String decision(String expression) {
            return """
                    <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"
                        xmlns:camunda="http://camunda.org/schema/1.0/dmn">
                      <decision id="Payload" name="Payload" camunda:historyTimeToLive="P1D">
                        <decisionTable id="t" hitPolicy="FIRST">
                          <input id="i"><inputExpression id="e" expressionLanguage="juel"><text>%s</text></inputExpression></input>
                          <output id="o" name="o" typeRef="string"/>
                          <rule id="r"><inputEntry id="ie"><text/></inputEntry><outputEntry id="oe"><text>"x"</text></outputEntry></rule>
                        </decisionTable>
                      </decision>
                    </definitions>"""
                    .formatted(expression);
        }
    };

    private final String activity;

    CodePayload(String activity) {
        this.activity = activity;
    }

    /** Deploys a process with the expression in this place and runs it. */
    void runOn(ProcessEngine engine, String expression) {
        RepositoryService repository = engine.getRepositoryService();
        var deployment = repository.createDeployment().addString("Payload.bpmn", process(expression));
        String decision = decision(expression);
        if (!decision.isEmpty()) {
            deployment.addString("Payload.dmn", decision);
        }
        AtomicReference<String> id = new AtomicReference<>();
        InsideTheEngine.run(engine, () -> id.set(deployment.deploy().getId()));
        try {
            engine.getRuntimeService().startProcessInstanceByKey("Payload");
        } finally {
            InsideTheEngine.run(engine, () -> repository.deleteDeployment(id.get(), true));
        }
    }

    String decision(String expression) {
        return "";
    }

    private String process(String expression) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
                  <process id="Payload" isExecutable="true" camunda:historyTimeToLive="P1D">
                    <startEvent id="s"/>
                    <sequenceFlow id="f" sourceRef="s" targetRef="Activity_X"/>
                    %s
                  </process>
                </definitions>"""
                .formatted(activity.replace("PAYLOAD", expression));
    }
}
