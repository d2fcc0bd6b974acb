package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;

class CoverageReportTests {

    private static final Path MODEL = Path.of("processes/breakglass/BreakGlass.bpmn");

    private final Set<String> flows = CoverageReport.flows(Bpmn.readModelFromFile(MODEL.toFile()));

    @Test
    void countsWhatWasTakenOfAll() {
        assertThat(line(flows))
                .startsWith("BreakGlass ")
                .contains(" %1$d of %1$d ".formatted(flows.size()))
                .doesNotContain("not taken");
    }

    @Test
    void namesWhatWasNotTaken() {
        String missing = "BreakGlass.Flow_BreakGlassAsked_To_GrantBreakGlass";
        assertThat(flows).contains(missing);
        flows.remove(missing);

        assertThat(line(flows))
                .contains(" %d of %d ".formatted(flows.size(), flows.size() + 1))
                .endsWith("not taken: " + missing);
    }

    @Test
    void countsNothingWhereNothingRan() {
        assertThat(line(Set.of()))
                .contains(" 0 of %d ".formatted(flows.size()))
                .containsPattern(" 0 of \\d+  not taken: ");
    }

    private static String line(Set<String> taken) {
        List<String> lines =
                new CoverageReport(List.of(MODEL), taken).text().lines().toList();
        assertThat(lines).hasSize(2);
        return lines.get(1);
    }
}
