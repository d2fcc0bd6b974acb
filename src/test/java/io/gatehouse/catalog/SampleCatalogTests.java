package io.gatehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.PageQuery;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

@SampleAtRest
@OnH2
class SampleCatalogTests {

    @Autowired
    private SampleCatalog sample;

    @Autowired
    private Services services;

    @Autowired
    private Environments environments;

    @Autowired
    private Deployments deployments;

    @Autowired
    private JdbcClient jdbc;

    private List<Long> counts() {
        return List.of("service", "service_dependency", "environment", "deployment", "audit_entry").stream()
                .map(table -> jdbc.sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }

    @Test
    void isThereAfterTheStart() {
        ServiceFilter all = new ServiceFilter(null, null, null, null);

        assertThat(services.list(all, new PageQuery(null, 200)).items()).hasSize(40);
        assertThat(environments.all()).extracting(Environment::key).containsSubsequence("dev", "staging", "production");
        assertThat(environments.get("production").production()).isTrue();
        assertThat(deployments
                        .list(new DeploymentFilter(null, "production", true), new PageQuery(null, 200))
                        .items())
                .hasSize(40);
    }

    @Test
    void knowsWhoNeedsWhom() {
        assertThat(services.get("nova").dependencies()).contains("oslo.messaging", "keystoneauth", "os-brick");
        assertThat(services.dependents(List.of("os-brick"))).containsExactly("cinder", "nova");
        assertThat(services.dependents(List.of("oslo.i18n")))
                .contains("horizon", "oslo.messaging", "python-novaclient");
    }

    @Test
    void changesNothingWhenLoadedAgain() {
        List<Long> before = counts();

        sample.run(new DefaultApplicationArguments());

        assertThat(counts()).isEqualTo(before);
    }
}
