package io.gatehouse.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The models of processes as they are stored: which one a new process would follow, and which one a running one follows. */
@Component
public class DeployedModels {

    private final RepositoryService repository;
    private final OnBehalfOfTheSystem system;
    private final JdbcClient jdbc;

    DeployedModels(RepositoryService repository, OnBehalfOfTheSystem system, JdbcClient jdbc) {
        this.repository = repository;
        this.system = system;
        this.jdbc = jdbc;
    }

    /** The SHA-256 of the model that a process started now would follow; empty if there is none. */
    public Optional<String> latest(String process) {
        return system.run(context -> latestId(process).map(this::sha256));
    }

    /** Whether the model that a process started now would follow has this box. */
    public boolean latestHas(String process, String activity) {
        return system.run(context -> latestId(process)
                .map(id -> (Object) repository.getBpmnModelInstance(id).getModelElementById(activity))
                .isPresent());
    }

    private Optional<String> latestId(String process) {
        return Optional.ofNullable(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(process)
                        .latestVersion()
                        .singleResult())
                .map(ProcessDefinition::getId);
    }

    /** The SHA-256 of the model that a process under way follows; empty if there is no such process. */
    public Optional<String> running(String number) {
        return definition(number).map(id -> system.run(context -> sha256(id)));
    }

    /** A box of the model that a process under way follows, as its tokens find it; empty if there is none. */
    public Optional<ToolTask> box(String number, String activity) {
        return definition(number)
                .flatMap(id -> system.run(context -> Optional.ofNullable(
                        (Object) repository.getBpmnModelInstance(id).getModelElementById(activity))))
                .filter(ServiceTask.class::isInstance)
                .map(element -> described(number, (ServiceTask) element));
    }

    private Optional<String> definition(String number) {
        return jdbc.sql(
                        """
                select PROC_DEF_ID_ from ACT_RU_EXECUTION
                where BUSINESS_KEY_ = ? and PARENT_ID_ is null
                order by case when SUPER_EXEC_ is null then 0 else 1 end limit 1""")
                .param(number)
                .query(String.class)
                .optional();
    }

    private static ToolTask described(String number, ServiceTask box) {
        Map<String, String> properties = new TreeMap<>();
        if (box.getExtensionElements() != null) {
            box.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                    .flatMap(all -> all.getCamundaProperties().stream())
                    .forEach(property -> put(properties, property));
        }
        return new ToolTask(
                number, box.getId(), Objects.requireNonNullElse(box.getName(), box.getId()), null, properties);
    }

    private static void put(Map<String, String> properties, CamundaProperty property) {
        properties.put(property.getCamundaName(), property.getCamundaValue());
    }

    private String sha256(String definition) {
        try (InputStream model = repository.getProcessModel(definition)) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
