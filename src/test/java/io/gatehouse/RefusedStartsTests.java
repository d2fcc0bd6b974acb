package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.BesideOthers;
import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.SeveralStarts;
import io.gatehouse.testing.StartingProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program itself, started as an operator would by mistake: it ends at once and says why in one line. */
@BesideOthers
@Tag("own-jvm")
class RefusedStartsTests {

    private static final String GOOD_SECRET = "5f0c1d9e8b7a63524130f1e2d3c4b5a6";

    private static final List<String> PRODUCTION = List.of(
            "--spring.profiles.active=production",
            "--spring.datasource.url=jdbc:mysql://127.0.0.1:9/gatehouse",
            "--spring.datasource.username=gatehouse",
            "--spring.datasource.password=0f1e2d3c4b5a6978");

    private static final List<String> KEYCLOAK = List.of(
            "--spring.profiles.active=keycloak",
            "--spring.datasource.url=jdbc:h2:mem:refused",
            "--gatehouse.keycloak.issuer=https://keycloak.example.com/realms/gatehouse",
            "--gatehouse.keycloak.client-secret=" + GOOD_SECRET,
            "--gatehouse.keycloak.identity-secret=" + GOOD_SECRET);

    private static final List<String> SAMPLE =
            List.of("--spring.profiles.active=sample", "--spring.datasource.url=jdbc:h2:mem:refused");

    private static StartingProcess starts;

    @BeforeAll
    static void open(@TempDir Path directory) {
        starts = StartingProcess.in(directory);
    }

    @AfterAll
    static void close() {
        starts.close();
    }

    /** As {@code mvn spring-boot:run} does it: with the sample profile and nothing else. */
    @Test
    void startsWithoutAnySettingButNeverWithAModelThatBreaksARuleNorWithSamplePeopleElsewhere(@TempDir Path directory)
            throws Exception {
        Instant began = Instant.now();
        try (GatehouseProcess gatehouse = GatehouseProcess.startIn(directory, "--spring.profiles.active=sample")) {
            Duration waited = Duration.between(began, Instant.now());
            Duration worked = gatehouse.processorTime();
            assertThat(waited.toSeconds() < 60 || worked.toSeconds() < 90)
                    .as(
                            "is ready within a minute where it has two processors for itself: waited %s, they worked %s",
                            waited, worked)
                    .isTrue();
            assertThat(gatehouse.log())
                    .contains(
                            "Gatehouse is ready, with its sample organisation.",
                            "http://localhost:" + gatehouse.port() + "/camunda/app/tasklist/",
                            "as in rita / rita-sample");
        }
        assertThat(directory.resolve("data/gatehouse.mv.db")).isNotEmptyFile();
        String database = "jdbc:h2:file:" + directory.resolve("data/gatehouse");
        assertThat(answers(
                        database,
                        "select SETTING_VALUE from INFORMATION_SCHEMA.SETTINGS"
                                + " where SETTING_NAME = 'WRITE_DELAY'"))
                .as("milliseconds until an acknowledged commit is on the disk; the default is told as well")
                .contains("0");
        List<String> before = deployed(database);
        Path sneaky = directory.resolve("classes/processes/rollout/Sneaky.bpmn");
        Files.createDirectories(sneaky.getParent());
        Files.writeString(
                sneaky,
                Files.readString(Path.of("processes/rollout/Rollout.bpmn"))
                        .replace("bpmn:process id=\"Rollout\"", "bpmn:process id=\"Sneaky\"")
                        .replace("bpmnElement=\"Rollout\"", "bpmnElement=\"Sneaky\"")
                        .replaceFirst("camunda:delegateExpression=\"[^\"]*\"", "camunda:class=\"java.lang.Thread\""));

        GatehouseProcess.End end = GatehouseProcess.refusedWith(
                directory.resolve("classes"), "--spring.profiles.active=sample", "--spring.datasource.url=" + database);

        assertThat(end.exitCode()).as(end.log()).isNotZero();
        assertThat(errors(end.log()))
                .singleElement()
                .asString()
                .contains("Gatehouse does not start:", "Sneaky.bpmn", "camunda:class");
        assertThat(before).contains("NormalChange 1");
        assertThat(deployed(database)).isEqualTo(before);

        String knowsSamplePeople = starts.start(List.of(
                "--spring.profiles.active=some-other",
                "--spring.datasource.url=" + database,
                "--server.port=0",
                "--server.address=127.0.0.1"));

        assertThat(errors(knowsSamplePeople))
                .as(knowsSamplePeople)
                .singleElement()
                .asString()
                .contains("sample people", "GATEHOUSE_DB_URL");
        assertThat(knowsSamplePeople)
                .endsWith(SeveralStarts.REFUSED + "\n")
                .doesNotContain("\tat ", "first-administrator");
    }

    private static List<String> deployed(String database) throws SQLException {
        return answers(
                database,
                "select KEY_ || ' ' || VERSION_ from ACT_RE_PROCDEF union all"
                        + " select ID_ || ' deployment' from ACT_RE_DEPLOYMENT order by 1");
    }

    private static List<String> answers(String database, String question) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "production | --spring.datasource.url=jdbc:h2:file:./data/gatehouse | MySQL",
                "production | --spring.datasource.password=gatehouse | password",
                "production | --spring.datasource.password= | password",
                "production | --spring.datasource.username=root | root",
                "production | --spring.profiles.active=production,sample | exclude each other",
                "keycloak | --gatehouse.keycloak.issuer=http://keycloak.example.com/realms/gatehouse | https://",
                "keycloak | --gatehouse.keycloak.issuer= | GATEHOUSE_KEYCLOAK_ISSUER",
                "keycloak | --gatehouse.keycloak.audience= | audience",
                "keycloak | --gatehouse.keycloak.client-secret=secret | GATEHOUSE_KEYCLOAK_CLIENT_SECRET",
                "keycloak | --gatehouse.keycloak.identity-secret= | GATEHOUSE_KEYCLOAK_IDENTITY_SECRET",
                "keycloak | --spring.profiles.active=sample,keycloak | exclude each other",
                "sample | --camunda.bpm.authorization.enabled=false | camunda.bpm.authorization.enabled",
                "sample | --spring.h2.console.enabled=true | spring.h2.console.enabled",
                "sample | --camunda.bpm.admin-user.id=demo | camunda.bpm.admin-user",
                "sample | --spring.datasource.hikari.transaction-isolation=TRANSACTION_REPEATABLE_READ"
                        + " | TRANSACTION_READ_COMMITTED",
                "sample | --server.error.include-stacktrace=always | server.error.include-stacktrace",
                "sample | --management.endpoints.web.exposure.include=* | management.endpoints.web.exposure.include",
                "sample | --gatehouse.connectors.ci.webhook.url=https://ci.example.com/run "
                        + "--gatehouse.connectors.ci.webhook.secret=whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
                        + " | gatehouse.outbound.hosts",
                "sample | --gatehouse.connectors.ci.jenkins.job=payments/deploy"
                        + " | gatehouse.connectors.ci.jenkins.url: it is missing",
                "sample | --gatehouse.secrets.keys=k1:c2hvcnQ= | GATEHOUSE_SECRET_KEYS: the key 'k1' has 5 bytes",
            })
    void endsWithOneLineForTheOperator(String base, String settings, String said) {
        String log = starts.start(arguments(base, settings));

        assertThat(errors(log)).as(log).singleElement().asString().contains("Gatehouse does not start:", said);
        assertThat(log).endsWith(SeveralStarts.REFUSED + "\n").doesNotContain("\tat ", "Exception");
    }

    private static Stream<String> errors(String log) {
        return log.lines().filter(line -> line.contains("ERROR"));
    }

    private static List<String> arguments(String base, String settings) {
        List<String> arguments = new ArrayList<>(
                switch (base) {
                    case "production" -> PRODUCTION;
                    case "keycloak" -> KEYCLOAK;
                    default -> SAMPLE;
                });
        // The last of two settings does not win, both are taken for a list.
        for (String setting : settings.split(" ")) {
            arguments.removeIf(earlier -> earlier.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            arguments.add(setting);
        }
        return arguments;
    }
}
