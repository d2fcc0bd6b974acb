package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.DecisionTables;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the policy makes of nine years of a real release organisation. */
@ProcessTest
@OnH2
class HistoryReplayTests {

    @Autowired
    private DecisionTables tables;

    @Autowired
    private TableFixture fixture;

    @Test
    void eachOfItsRequestsGetsAPath() {
        fixture.releaseAll();
        Map<String, Integer> newest = tables.newest();
        long begun = processorTime();

        HistoryReplay.Counts counts = new HistoryReplay((table, inputs) ->
                        tables.ask(table, newest.get(table), inputs).results())
                .run();

        Duration took = Duration.ofNanos(processorTime() - begun);
        System.out.println(
                "The policy about " + counts.requests() + " requests, in " + took.toMillis() + " ms of a processor:");
        counts.paths().forEach((path, requests) -> System.out.println("  " + requests + " " + path));
        assertThat(counts.requests()).isEqualTo(8243);
        assertThat(took).isLessThan(Duration.ofSeconds(60));
        assertThat(sum(counts, "AssessChangeRisk ")).isEqualTo(8243);
        assertThat(sum(counts, "ChooseApprovers ")).isEqualTo(8243);
        assertThat(sum(counts, "ChooseApprovers AUTO")).isBetween(1, sum(counts, "AssessChangeRisk LOW"));
        assertThat(Path.of("docs", "policy.md")).content().contains(sentence(counts));
    }

    /** What the page of the policy says of it. */
    private static String sentence(HistoryReplay.Counts counts) {
        return String.format(
                Locale.ROOT,
                "%,d are of low risk, %,d of moderate and %,d of high risk. Each is reviewed technically first; after"
                        + " that %,d need nobody else, %,d the change manager, %,d the operations lead too, %,d a member of the"
                        + " board too, and %,d a vote of the board.",
                sum(counts, "AssessChangeRisk LOW"),
                sum(counts, "AssessChangeRisk MODERATE"),
                sum(counts, "AssessChangeRisk HIGH"),
                sum(counts, "ChooseApprovers AUTO"),
                sum(counts, "ChooseApprovers SEATS change-manager")
                        - sum(counts, "ChooseApprovers SEATS change-manager,"),
                sum(counts, "ChooseApprovers SEATS change-manager,ops-lead")
                        - sum(counts, "ChooseApprovers SEATS change-manager,ops-lead,"),
                sum(counts, "ChooseApprovers SEATS change-manager,ops-lead,cab-member"),
                sum(counts, "ChooseApprovers CAB"));
    }

    /** Whatever else the machine does meanwhile: one thread asks, and nobody is waited for. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int sum(HistoryReplay.Counts counts, String beginning) {
        return counts.paths().entrySet().stream()
                .filter(path -> path.getKey().startsWith(beginning))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
