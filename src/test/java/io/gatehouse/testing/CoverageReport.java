package io.gatehouse.testing;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** How much of the shipped processes was gone through, for people to read: a line for each process. */
record CoverageReport(List<Path> models, Set<String> taken) {

    String text() {
        StringBuilder text = new StringBuilder("%-16s %12s %12s%n".formatted("Process", "Flows", "Elements"));
        models.stream().sorted().forEach(model -> text.append(line(Bpmn.readModelFromFile(model.toFile()))));
        return text.toString();
    }

    private String line(BpmnModelInstance model) {
        Set<String> untaken = flows(model);
        int flows = untaken.size();
        untaken.removeAll(taken);
        List<FlowNode> elements = model.getModelElementsByType(FlowNode.class).stream()
                .filter(element -> around(element).findAny().isPresent())
                .toList();
        long passed =
                elements.stream().filter(element -> passed(element, model)).count();
        return "%-16s %12s %12s%s%n"
                .formatted(
                        process(model),
                        flows - untaken.size() + " of " + flows,
                        passed + " of " + elements.size(),
                        untaken.isEmpty() ? "" : "  not taken: " + String.join(", ", untaken));
    }

    /** A token that came or went was there. */
    private boolean passed(FlowNode element, BpmnModelInstance model) {
        return around(element).anyMatch(flow -> taken.contains(process(model) + "." + flow.getId()));
    }

    private static Stream<SequenceFlow> around(FlowNode element) {
        return Stream.concat(element.getIncoming().stream(), element.getOutgoing().stream());
    }

    /** The flows that the engine takes, as {@code process.flow}. */
    static Set<String> flows(BpmnModelInstance model) {
        Set<String> flows = new TreeSet<>();
        // The engine waits at such a gateway and goes on behind the event that happened: by the flow after it.
        model.getModelElementsByType(SequenceFlow.class).stream()
                .filter(flow -> !(flow.getSource() instanceof EventBasedGateway))
                .forEach(flow -> flows.add(process(model) + "." + flow.getId()));
        return flows;
    }

    private static String process(BpmnModelInstance model) {
        Collection<Process> processes = model.getModelElementsByType(Process.class);
        if (processes.size() != 1) {
            throw new IllegalArgumentException("A model has one process, not " + processes.size());
        }
        return processes.iterator().next().getId();
    }
}
