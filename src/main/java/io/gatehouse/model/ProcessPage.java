package io.gatehouse.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;

/**
 * What somebody needs who wants to understand or redraw a process, all of it taken from its model.
 *
 * @param about what its owner wrote about it; may be empty
 * @param picture SVG for a page
 * @param boxes in the order in which they are drawn, from the left
 */
public record ProcessPage(String key, String name, String about, String picture, List<Box> boxes) {

    /**
     * @param kind what does the work: {@code people}, {@code decision table}, {@code Gatehouse}, {@code deploy tool}, {@code undo},
     *     {@code process}, {@code part of it}, {@code on an event}
     * @param by the roles that are asked, the process that is called, or the name of what the code does; may be empty
     * @param form the form that people fill in, which is named like the box; empty if nobody does
     */
    public record Box(String name, String kind, String by, String form, String about) {}

    /** The page of a model; its process must be the only one in it. */
    public static ProcessPage of(BpmnModelInstance model) {
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        List<Box> boxes = model.getModelElementsByType(BpmnShape.class).stream()
                .filter(shape -> shape.getBpmnElement() instanceof Activity)
                .sorted(Comparator.comparingDouble(shape -> shape.getBounds().getX()))
                .map(shape -> box((Activity) shape.getBpmnElement()))
                .toList();
        return new ProcessPage(
                process.getId(),
                Optional.ofNullable(process.getName()).orElse(process.getId()),
                about(process),
                ModelPicture.forPage(model),
                boxes);
    }

    private static Box box(Activity activity) {
        String kind = "part of it";
        String by = "";
        String form = "";
        if (activity instanceof UserTask task) {
            kind = "people";
            by = String.join(", ", task.getCamundaCandidateGroupsList()).replace("${seat}", "each seat that is asked");
            form = Optional.ofNullable(task.getCamundaFormRef()).orElse("");
        } else if (activity instanceof BusinessRuleTask task) {
            kind = "decision table";
            by = bean(task.getCamundaDelegateExpression());
        } else if (activity instanceof ServiceTask task && task.getCamundaTopic() != null) {
            kind = task.isForCompensation() ? "undo" : "deploy tool";
            by = task.getCamundaTopic();
        } else if (activity instanceof ServiceTask task) {
            kind = "Gatehouse";
            by = bean(task.getCamundaDelegateExpression());
        } else if (activity instanceof CallActivity call) {
            kind = "process";
            by = called(call);
        } else if (activity instanceof SubProcess scope && scope.triggeredByEvent()) {
            kind = "on an event";
        }
        return new Box(
                Optional.ofNullable(activity.getName()).orElse(activity.getId()), kind, by, form, about(activity));
    }

    private static String called(CallActivity call) {
        String called = Optional.ofNullable(call.getCalledElement()).orElse("");
        return called.startsWith("$") ? "the one that the change's plan names" : called;
    }

    /** The name of what an expression as {@code ${reserveSlotDelegate}} calls. */
    private static String bean(String expression) {
        return Stream.ofNullable(expression)
                .map(text -> text.replaceAll("[${}]", ""))
                .findFirst()
                .orElse("");
    }

    private static String about(BaseElement element) {
        return element.getDocumentations().stream()
                .map(text -> text.getTextContent().strip().replaceAll("\\s+", " "))
                .findFirst()
                .orElse("");
    }
}
