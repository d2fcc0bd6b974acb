package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs after all other tests of a build, and only in a build of all of them. */
@Tag("coverage")
class ProcessCoverageTests {

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void takesEveryWayThrough(Path model) throws IOException {
        Set<String> untaken = flows(model);
        assertThat(untaken).isNotEmpty();

        untaken.removeAll(ProcessCoverage.taken());

        assertThat(untaken).isEmpty();
    }

    private static Set<String> flows(Path file) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        String process = only(model.getModelElementsByType(Process.class)).getId();
        Set<String> flows = new TreeSet<>();
        // The engine waits at such a gateway and goes on behind the event that happened: by the flow after it.
        model.getModelElementsByType(SequenceFlow.class).stream()
                .filter(flow -> !(flow.getSource() instanceof EventBasedGateway))
                .forEach(flow -> flows.add(process + "." + flow.getId()));
        return flows;
    }

    private static Process only(Collection<Process> processes) {
        assertThat(processes).hasSize(1);
        return processes.iterator().next();
    }
}
