package io.gatehouse;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Has keys, connectors, models and people that keep Gatehouse from starting looked at before its web server is made,
 * before the database is migrated, and so before there is an engine, which deploys the models on the class path for every
 * node: such a start is refused soon and in one line, and leaves the database as it was. Only the last asks the database.
 */
@Component
class RefusalsFirst implements BeanFactoryPostProcessor {

    private static final List<String> REFUSING =
            List.of("secretCipher", "configuredConnectors", "modelsAtStart", "noSamplePeople");

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        String[] refusing =
                REFUSING.stream().filter(factory::containsBeanDefinition).toArray(String[]::new);
        Stream.of(ServletWebServerFactory.class, FlywayMigrationInitializer.class)
                .flatMap(type -> Stream.of(factory.getBeanNamesForType(type, true, false)))
                .map(factory::getBeanDefinition)
                .forEach(late -> dependOn(late, refusing));
    }

    private static void dependOn(BeanDefinition late, String... refusing) {
        late.setDependsOn(StringUtils.concatenateStringArrays(late.getDependsOn(), refusing));
    }
}
