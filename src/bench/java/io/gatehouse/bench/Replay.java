package io.gatehouse.bench;

import io.gatehouse.change.HistoryReplay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;

/** How long the tables take for the whole history, as a bare decision engine evaluates them, and what they say. */
final class Replay {

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final Map<String, DmnDecision> tables = new HashMap<>();

    void print() {
        long begun = System.nanoTime();
        HistoryReplay.Counts counts = new HistoryReplay((table, inputs) -> engine.evaluateDecisionTable(
                                tables.computeIfAbsent(table, this::parse), inputs)
                        .getResultList())
                .run();
        System.out.printf("%d requests in %.1f s%n", counts.requests(), (System.nanoTime() - begun) / 1e9);
        counts.paths().forEach((path, requests) -> System.out.printf("%6d  %s%n", requests, path));
    }

    private DmnDecision parse(String table) {
        try (InputStream file = Files.newInputStream(Path.of("processes/change/" + table + ".dmn"))) {
            return engine.parseDecision(table, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
