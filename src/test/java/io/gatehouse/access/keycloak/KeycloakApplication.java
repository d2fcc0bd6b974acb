package io.gatehouse.access.keycloak;

import io.gatehouse.testing.KeycloakServer;
import io.gatehouse.testing.NeedsKeycloak;
import io.gatehouse.testing.OnH2;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The product with its real web applications and a real Keycloak, at the one address that its realm sends people back
 * to; shared by the tests below it. Time goes on as ever until a test jumps ahead.
 */
@NeedsKeycloak
@OnH2
@ActiveProfiles({"keycloak", "management"})
@Import(KeycloakApplication.Time.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "server.address=127.0.0.1",
            "management.server.port=0",
            "camunda.bpm.job-execution.enabled=false",
            "gatehouse.api.rate.per-second=1000000",
            "gatehouse.api.rate.burst=1000000"
        })
abstract class KeycloakApplication {

    static final String TASKLIST = "/camunda/app/tasklist/default/";

    @Autowired
    JumpingClock clock;

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        JumpingClock jumpingClock() {
            return new JumpingClock();
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        KeycloakServer keycloak = KeycloakServer.shared();
        for (String setting : keycloak.settings()) {
            int end = setting.indexOf('=');
            registry.add(setting.substring(0, end), () -> setting.substring(end + 1));
        }
        registry.add("server.port", () -> keycloak.gatehouse().getPort());
    }

    @AfterEach
    void backToThePresent() {
        clock.reset();
    }

    static URI gatehouse() {
        return KeycloakServer.shared().gatehouse();
    }

    static URI address(String path) {
        return gatehouse().resolve(path);
    }
}
