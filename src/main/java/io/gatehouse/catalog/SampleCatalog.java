package io.gatehouse.catalog;

import io.gatehouse.catalog.SampleFile.Row;
import java.util.List;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds the services and environments of the sample organisation that are not there yet, and what ran in 2022. */
@Component
@Profile("sample")
@Order(20)
class SampleCatalog implements ApplicationRunner {

    private final Services services;
    private final Environments environments;
    private final Deployments deployments;

    SampleCatalog(Services services, Environments environments, Deployments deployments) {
        this.services = services;
        this.environments = environments;
        this.deployments = deployments;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        SampleFile.rows("environments.csv").forEach(this::addEnvironment);
        List<Row> rows = SampleFile.rows("services.csv");
        Set<String> known = services.tiers(
                        rows.stream().map(row -> row.text("key")).toList())
                .keySet();
        rows.stream().filter(row -> !known.contains(row.text("key"))).forEach(this::addService);
    }

    private void addEnvironment(Row row) {
        if (!environments.exists(row.text("key"))) {
            environments.save(new Environment(
                    row.text("key"),
                    row.text("name"),
                    EnvironmentKind.valueOf(row.text("kind")),
                    Integer.parseInt(row.text("order")),
                    Boolean.parseBoolean(row.text("production")),
                    0));
        }
    }

    private void addService(Row row) {
        ServiceDescription description = new ServiceDescription(
                row.text("name"),
                Integer.parseInt(row.text("tier")),
                row.text("owner_group"),
                row.words("compliance_scopes"),
                row.words("dependencies"));
        services.save(Service.of(row.text("key"), description, 0));
        SampleFile.rows("environments.csv")
                .forEach(environment -> deployments.record(
                        row.text("key"),
                        environment.text("key"),
                        row.text("deployed_version"),
                        null,
                        null,
                        SampleReleases.moment(row.text("deployed_at"))));
    }
}
