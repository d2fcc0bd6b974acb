package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Which ways through the processes the process tests of this run have taken. After the last of them it prints a line per
 * process and names every sequence flow that no test has taken; the same is in {@code target/process-coverage.txt}.
 */
public class ProcessCoverage implements BeforeAllCallback, ExtensionContext.Store.CloseableResource {

    private static final SortedMap<String, SortedSet<String>> KNOWN = new TreeMap<>();
    private static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ProcessCoverage.class))
                .getOrComputeIfAbsent(ProcessCoverage.class);
    }

    @Override
    public void close() {
        List<String> report = new ArrayList<>();
        synchronized (KNOWN) {
            KNOWN.forEach((process, flows) -> {
                List<String> untaken = flows.stream()
                        .filter(flow -> !TAKEN.contains(process + "." + flow))
                        .toList();
                report.add(
                        "PROCESS COVERAGE: " + process + " " + (flows.size() - untaken.size()) + " of " + flows.size()
                                + " flows" + (untaken.isEmpty() ? "" : "; not taken: " + String.join(", ", untaken)));
            });
        }
        report.forEach(System.out::println);
        try {
            Files.write(Path.of("target/process-coverage.txt"), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an engine report the flows it takes. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Recording {

        @Bean
        ProcessEnginePlugin processCoverage() {
            return new AbstractProcessEnginePlugin() {
                @Override
                public void preInit(ProcessEngineConfigurationImpl engine) {
                    List<BpmnParseListener> listeners = engine.getCustomPreBPMNParseListeners() == null
                            ? new ArrayList<>()
                            : engine.getCustomPreBPMNParseListeners();
                    listeners.add(new Recorder());
                    engine.setCustomPreBPMNParseListeners(listeners);
                }
            };
        }
    }

    private static final class Recorder extends AbstractBpmnParseListener {

        @Override
        public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
            String process = ((ProcessDefinitionEntity) scope.getProcessDefinition()).getKey();
            synchronized (KNOWN) {
                KNOWN.computeIfAbsent(process, unseen -> new TreeSet<>()).add(transition.getId());
            }
            transition.addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                    execution -> TAKEN.add(process + "." + transition.getId()));
        }
    }
}
