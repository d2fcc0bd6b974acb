package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * Which ways through the shipped processes the process tests of this build have taken. Each JVM of tests leaves what it saw
 * in a directory of the build; {@link ProcessCoverageTests} reads them after all of them.
 */
public class ProcessCoverage implements BeforeAllCallback, ExtensionContext.Store.CloseableResource {

    private static final Set<String> SHIPPED = shipped();
    private static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ProcessCoverage.class))
                .getOrComputeIfAbsent(ProcessCoverage.class);
    }

    @Override
    public void close() throws IOException {
        Files.write(
                Files.createDirectories(directory())
                        .resolve(ProcessHandle.current().pid() + ".txt"),
                TAKEN);
    }

    /** The flows that any JVM of this build has taken, as {@code process.flow}. */
    static Set<String> taken() throws IOException {
        try (Stream<Path> parts = Files.list(Files.createDirectories(directory()))) {
            Set<String> all = new TreeSet<>();
            for (Path part : parts.toList()) {
                all.addAll(Files.readAllLines(part));
            }
            return all;
        }
    }

    private static Path directory() {
        return Path.of("target/process-coverage", System.getProperty("gatehouse.build", "outside-a-build"));
    }

    private static Set<String> shipped() {
        try (Stream<Path> models = Files.walk(Path.of("processes"))) {
            return models.map(model -> model.getFileName().toString())
                    .filter(name -> name.endsWith(".bpmn"))
                    .map(name -> name.substring(0, name.length() - ".bpmn".length()))
                    .collect(Collectors.toSet());
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
            if (SHIPPED.contains(process)) {
                transition.addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                        execution -> TAKEN.add(process + "." + transition.getId()));
            }
        }
    }
}
