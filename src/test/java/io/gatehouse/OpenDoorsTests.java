package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class OpenDoorsTests {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "spring.datasource.url", "jdbc:mysql://mysql:3306/gatehouse",
            "spring.datasource.username", "gatehouse",
            "spring.datasource.password", "0f1e2d3c4b5a6978"));

    @Test
    void hasNothingAgainstGoodSettings() {
        assertThat(trouble("production")).isEmpty();
        assertThat(trouble("sample")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "camunda.bpm.authorization.enabled, false",
        "camunda.bpm.authorization.enabled, FALSE",
        "spring.h2.console.enabled, true",
        "camunda.bpm.generic-properties.properties.enable-expressions-in-stored-queries, true",
        "camunda.bpm.generic-properties.properties.enable-expressions-in-adhoc-queries, true",
        "camunda.bpm.generic-properties.properties.java-serialization-format-enabled, true",
        "server.error.include-stacktrace, always",
        "camunda.bpm.admin-user.id, demo",
        "spring.datasource.hikari.transaction-isolation, TRANSACTION_REPEATABLE_READ",
        "spring.datasource.hikari.transaction-isolation, TRANSACTION_READ_UNCOMMITTED",
        "management.endpoints.web.exposure.include, *",
        "management.endpoints.web.exposure.include, 'health,env'"
    })
    void refusesAnOpenDoorAnywhere(String setting, String value) {
        settings.put(setting, value);

        assertThat(trouble("sample")).contains(setting.replace(".id", "")).doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "spring.datasource.url, jdbc:h2:file:./data/gatehouse",
        "spring.datasource.url, jdbc:h2:mem:x",
        "spring.datasource.url, ''",
        "spring.datasource.password, ''",
        "spring.datasource.password, ' '",
        "spring.datasource.password, Gatehouse",
        "spring.datasource.username, root"
    })
    void refusesForEvaluationOnlyInProduction(String setting, String value) {
        settings.put(setting, value);

        assertThat(trouble("production")).isNotEmpty().doesNotContain("\n");
        assertThat(trouble("sample")).isEmpty();
    }

    @Test
    void refusesTheSamplePeopleInProduction() {
        assertThat(trouble("production", "sample")).contains("exclude each other");
    }

    @Test
    void takesAPortOfItsOwnForManagement() {
        settings.put("management.endpoints.web.exposure.include", "health,metrics");
        settings.put("management.server.port", "8081");
        settings.put("server.port", "8080");

        assertThat(trouble("production")).isEmpty();
    }

    @Test
    void takesNoSharedPortForOne() {
        settings.put("management.endpoints.web.exposure.include", "health,metrics");
        settings.put("management.server.port", "8080");
        settings.put("server.port", "8080");

        assertThat(trouble("production")).contains("the profile 'management'");
    }

    @Test
    void takesTwoFreePortsForTwo() {
        settings.put("management.endpoints.web.exposure.include", "health,metrics");
        settings.put("management.server.port", "0");
        settings.put("server.port", "0");

        assertThat(trouble("production")).isEmpty();
    }

    private String trouble(String... profiles) {
        MockEnvironment environment = new MockEnvironment();
        settings.forEach(environment::setProperty);
        environment.setActiveProfiles(profiles);
        return OpenDoors.trouble(environment);
    }
}
