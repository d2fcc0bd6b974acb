package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.GatehouseApplication;
import io.gatehouse.api.StartRefused;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class NoSamplePeopleTests {

    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @Test
    void refusesADatabaseThatKnowsTheSamplePeopleInOneLine(CapturedOutput output) {
        start("sample").close();
        int before = output.getAll().length();

        assertThatThrownBy(() -> start("some-other")).isInstanceOf(StartRefused.class);

        String said = output.getAll().substring(before);
        List<String> lines = said.lines().filter(line -> line.contains("ERROR")).toList();
        assertThat(lines).as(said).singleElement().asString().contains("sample people", "GATEHOUSE_DB_URL");
        assertThat(said).doesNotContain("\tat ").doesNotContain("first-administrator");
    }

    private ConfigurableApplicationContext start(String profile) {
        return new SpringApplicationBuilder(GatehouseApplication.class)
                .profiles(profile)
                .run(
                        "--spring.datasource.url=" + database,
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--camunda.bpm.webapp.enabled=false");
    }
}
