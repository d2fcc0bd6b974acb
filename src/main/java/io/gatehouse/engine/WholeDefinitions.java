package io.gatehouse.engine;

import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.deployer.BpmnDeployer;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.core.model.Properties;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.DeploymentCache;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * Lets nobody see a model that is being read from the database before it is whole. As it comes, the engine puts it where
 * everybody finds it and only then looks up the ids of its jobs; whoever is at work with it in between, right after a
 * start, fails or creates a job that belongs to no definition.
 */
final class WholeDefinitions extends BpmnDeployer {

    private WholeDefinitions(BpmnDeployer stock) {
        setIdGenerator(stock.getIdGenerator());
        setExpressionManager(stock.getExpressionManager());
        setBpmnParser(stock.getBpmnParser());
    }

    /** Takes the place of the engine's own reader of models. */
    static void install(ProcessEngineConfigurationImpl engine) {
        List<Deployer> deployers = engine.getDeployers().stream()
                .map(deployer -> deployer instanceof BpmnDeployer stock ? new WholeDefinitions(stock) : deployer)
                .toList();
        engine.setDeployers(deployers);
        engine.getDeploymentCache().setDeployers(deployers);
    }

    @Override
    protected void addDefinitionToDeploymentCache(DeploymentCache cache, ProcessDefinitionEntity definition) {
        // Added below.
    }

    @Override
    protected void definitionAddedToDeploymentCache(
            DeploymentEntity deployment, ProcessDefinitionEntity definition, Properties properties) {
        // What has just been deployed is nobody else's until it is committed, and its timers look for it here.
        if (deployment.isNew()) {
            super.addDefinitionToDeploymentCache(getDeploymentCache(), definition);
            super.definitionAddedToDeploymentCache(deployment, definition, properties);
        } else {
            super.definitionAddedToDeploymentCache(deployment, definition, properties);
            super.addDefinitionToDeploymentCache(getDeploymentCache(), definition);
        }
    }
}
