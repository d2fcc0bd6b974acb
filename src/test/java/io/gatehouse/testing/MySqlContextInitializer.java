package io.gatehouse.testing;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Points a context at a fresh database of the shared MySQL. */
final class MySqlContextInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test database", settings()));
        SharedMappings.in(context, "MySql");
    }

    private static Map<String, Object> settings() {
        MySqlDatabase database = MySqlServer.shared().freshDatabase();
        return Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.username(),
                "spring.datasource.password", database.password(),
                "spring.datasource.hikari.transaction-isolation", "TRANSACTION_READ_COMMITTED",
                "spring.datasource.hikari.data-source-properties.queryInterceptors", SentStatements.class.getName());
    }
}
