package io.gatehouse.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;

/** Where a token can get in a model, through subprocesses and boundary events, whatever the conditions say. */
final class ModelPaths {

    private ModelPaths() {}

    /** The wanted nodes that a token can reach without passing a guard, be it a node or a flow. */
    static List<FlowNode> reach(DrawnModel model, Predicate<FlowElement> wanted, Predicate<FlowElement> guard) {
        Set<FlowNode> reached = new LinkedHashSet<>();
        Deque<FlowNode> open = new ArrayDeque<>(
                model.all(StartEvent.class).filter(ModelPaths::beginsByItself).toList());
        while (!open.isEmpty()) {
            FlowNode node = open.pop();
            if (!guard.test(node) && reached.add(node)) {
                next(model, node, guard).forEach(open::add);
            }
        }
        return reached.stream().filter(wanted).toList();
    }

    private static Stream<FlowNode> next(DrawnModel model, FlowNode node, Predicate<FlowElement> guard) {
        Stream<FlowNode> caught = model.all(BoundaryEvent.class)
                .filter(event -> node.equals(event.getAttachedTo()))
                .map(FlowNode.class::cast);
        return Stream.concat(caught, inside(model, node, guard));
    }

    private static Stream<FlowNode> inside(DrawnModel model, FlowNode node, Predicate<FlowElement> guard) {
        if (node instanceof SubProcess) {
            return model.all(StartEvent.class)
                    .filter(start -> node.equals(start.getParentElement()))
                    .map(FlowNode.class::cast);
        }
        if (node instanceof EndEvent && node.getParentElement() instanceof SubProcess around) {
            return along(around, guard);
        }
        return along(node, guard);
    }

    private static Stream<FlowNode> along(FlowNode node, Predicate<FlowElement> guard) {
        return node.getOutgoing().stream().filter(flow -> !guard.test(flow)).map(SequenceFlow::getTarget);
    }

    /** A start of the process or of an event subprocess; that of a subprocess in the flow is reached with it. */
    private static boolean beginsByItself(StartEvent start) {
        return !(start.getParentElement() instanceof SubProcess around) || around.triggeredByEvent();
    }
}
