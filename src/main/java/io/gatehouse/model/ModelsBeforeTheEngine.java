package io.gatehouse.model;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Makes the engine wait for {@link ModelsAtStart}: it deploys the models on the class path while it starts, and what is
 * deployed is in the database for every node.
 */
@Component
class ModelsBeforeTheEngine implements BeanFactoryPostProcessor {

    private static final String ENGINE = "processEngineFactoryBean";
    private static final String CHECK = "modelsAtStart";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        BeanDefinition engine = factory.getBeanDefinition(ENGINE);
        engine.setDependsOn(StringUtils.addStringToArray(engine.getDependsOn(), CHECK));
    }
}
