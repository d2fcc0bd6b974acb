package io.gatehouse.engine;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ResourceDefinition;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;
import org.springframework.test.util.ReflectionTestUtils;

/** What a start of the product does to the models that are deployed already. */
@ProcessTest
@OnH2
class ShippedModelsDeploymentTests {

    private static final String SHIPPED = "SpringAutoDeployment";
    private static final Path TABLE = Path.of("processes/change/ChooseApprovers.dmn");

    @Autowired
    ProcessEngine engine;

    @Autowired
    RepositoryService repository;

    @Autowired
    ModelDeployments deployments;

    private SpringTransactionsProcessEngineConfiguration settings;
    private Resource[] shipped;

    @BeforeEach
    void aProcessOwnerHasBroughtATableIn() throws IOException {
        settings = (SpringTransactionsProcessEngineConfiguration) engine.getProcessEngineConfiguration();
        shipped = settings.getDeploymentResources();
        deployments.deploy("ChooseApprovers.dmn", Files.readString(TABLE));
    }

    @AfterEach
    void takeTheUpdateBack() {
        settings.setDeploymentResources(shipped);
        repository.createDeploymentQuery().deploymentName(SHIPPED).list().stream()
                .map(Deployment::getId)
                .filter(id -> repository.getDeploymentResourceNames(id).size() == 1)
                .forEach(id -> InsideTheEngine.run(engine, () -> repository.deleteDeployment(id, true)));
    }

    @Test
    void theyHaveTheirPlainNamesWhereverTheProductLies() {
        Stream<String> names = repository.createDeploymentQuery().deploymentName(SHIPPED).list().stream()
                .flatMap(deployment -> repository.getDeploymentResourceNames(deployment.getId()).stream());

        assertThat(names)
                .contains("NormalChange.bpmn", "ChooseApprovers.dmn", "ApproveChange.form")
                .allMatch(name -> name.matches("[A-Za-z]+\\.(bpmn|dmn|form)"));
    }

    @Test
    void aStartWithTheSameModelsDeploysNone() {
        Map<String, Integer> before = versions();

        start();

        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void anUpdateDeploysWhatItRedrawsAndNothingElse() {
        Map<String, Integer> before = versions();
        settings.setDeploymentResources(
                Stream.of(shipped).map(this::redrawnIfReview).toArray(Resource[]::new));

        start();

        Map<String, Integer> expected = new TreeMap<>(before);
        expected.merge("RequireReview", 1, Integer::sum);
        assertThat(versions()).isEqualTo(expected);
    }

    private void start() {
        InsideTheEngine.run(engine, () -> ReflectionTestUtils.invokeMethod(settings, "autoDeployResources", engine));
    }

    private Map<String, Integer> versions() {
        return Stream.<Stream<? extends ResourceDefinition>>of(
                        repository.createProcessDefinitionQuery().latestVersion().list().stream(),
                        repository.createDecisionDefinitionQuery().latestVersion().list().stream())
                .flatMap(definitions -> definitions)
                .collect(toMap(ResourceDefinition::getKey, ResourceDefinition::getVersion));
    }

    private Resource redrawnIfReview(Resource file) {
        return "RequireReview.dmn".equals(file.getFilename()) ? new Redrawn(file) : file;
    }

    /** The same model with a line more. */
    private static final class Redrawn extends ByteArrayResource implements ContextResource {

        Redrawn(Resource file) {
            super((text(file) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        private static String text(Resource file) {
            try {
                return file.getContentAsString(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getPathWithinContext() {
            return "RequireReview.dmn";
        }
    }
}
