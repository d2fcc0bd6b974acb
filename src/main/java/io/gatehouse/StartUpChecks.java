package io.gatehouse;

import io.gatehouse.api.StartRefused;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Looks at the settings before anything starts, and refuses those with which Gatehouse would stand open. Each check
 * returns what is wrong in one line, or an empty text.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
class StartUpChecks implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final List<Function<Environment, String>> CHECKS =
            List.of(OpenDoors::trouble, KeycloakSettings::trouble);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        for (Function<Environment, String> check : CHECKS) {
            String trouble = check.apply(context.getEnvironment());
            if (!trouble.isEmpty()) {
                throw new StartRefused(trouble);
            }
        }
    }
}
