package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs after all other tests of a build, and only in a build of all of them; leaves a report beside what they saw. */
@Tag("coverage")
class ProcessCoverageTests {

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn")).toList();
        }
    }

    @BeforeAll
    static void report() throws IOException {
        String report = new CoverageReport(models(), ProcessCoverage.taken()).text();
        System.out.print(report);
        Files.writeString(Path.of("target/process-coverage/report.txt"), report);
    }

    @ParameterizedTest
    @MethodSource("models")
    void takesEveryWayThrough(Path model) throws IOException {
        Set<String> untaken = CoverageReport.flows(Bpmn.readModelFromFile(model.toFile()));
        assertThat(untaken).isNotEmpty();

        untaken.removeAll(ProcessCoverage.taken());

        assertThat(untaken).isEmpty();
    }
}
