package io.gatehouse.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.FormField;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.form.FormFieldImpl;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;

/**
 * Stands where the engine would copy a form's fields to process variables and back: fields are filled from our tables
 * and answers go to the {@link TaskDoor}. So nothing a person types is ever a process variable, and a field that the
 * form does not have cannot be smuggled in.
 */
class TaskDoorFormHandler implements TaskFormHandler {

    private final TaskFormHandler stock;
    private final TaskDoor door;

    TaskDoorFormHandler(TaskFormHandler stock, TaskDoor door) {
        this.stock = stock;
        this.door = door;
    }

    @Override
    public void parseConfiguration(
            Element activity, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
        stock.parseConfiguration(activity, deployment, definition, parse);
    }

    @Override
    public TaskFormData createTaskForm(TaskEntity task) {
        TaskFormData form = stock.createTaskForm(task);
        List<FormField> fields = form.getFormFields();
        door.show(task).forEach((name, value) -> fields.add(field(name, value)));
        return form;
    }

    @Override
    public void submitFormVariables(VariableMap answers, VariableScope task) {
        door.submit((TaskEntity) task, Map.copyOf(withoutNulls(answers)));
    }

    private static Map<String, Object> withoutNulls(VariableMap answers) {
        answers.values().removeIf(java.util.Objects::isNull);
        return answers;
    }

    private static FormField field(String name, Object value) {
        FormFieldImpl field = new FormFieldImpl();
        field.setId(name);
        field.setValue(Variables.untypedValue(value));
        return field;
    }
}
