package io.gatehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ProcessTest
@OnH2
class CatalogRulesTests {

    private static final Instant NOON = Instant.parse("2023-03-22T12:00:00Z");

    @Autowired
    private Services services;

    @Autowired
    private Environments environments;

    @Autowired
    private Deployments deployments;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private void service(String key, long version, String... dependencies) {
        ServiceDescription description = new ServiceDescription(key, 1, "team", Set.of("sox"), Set.of(dependencies));
        transaction.executeWithoutResult(status -> services.save(Service.of(key, description, version)));
    }

    private void environment(String key) {
        transaction.executeWithoutResult(
                status -> environments.save(new Environment(key, key, EnvironmentKind.PRODUCTION, 3, true, 0)));
    }

    private void deploy(String service, String environment, String version) {
        transaction.executeWithoutResult(
                status -> deployments.record(service, environment, version, "sha256:" + version, null, NOON));
    }

    @Test
    void findsDirectAndIndirectDependentsEvenInACycle() {
        service("cycle-a", 0);
        service("cycle-b", 0, "cycle-a");
        service("cycle-c", 0, "cycle-b");
        service("cycle-a", 1, "cycle-c");
        service("cycle-d", 0, "cycle-c");

        assertThat(services.dependents(List.of("cycle-a"))).containsExactly("cycle-b", "cycle-c", "cycle-d");
        assertThat(services.dependents(List.of("cycle-d"))).isEmpty();
    }

    @Test
    void findsThoseOfTheServicesThatExist() {
        service("known", 0);

        assertThat(services.findAll(List.of("known", "unknown", "NOT A KEY"))).containsOnlyKeys("known");
        assertThat(services.tiers(List.of("known", "unknown", "NOT A KEY"))).containsExactly(Map.entry("known", 1));
        assertThat(services.tiers(List.of())).isEmpty();
        assertThat(services.exists("known")).isTrue();
        assertThat(services.exists("KNOWN")).isFalse();
        assertThat(services.findAll(List.of())).isEmpty();
    }

    @Test
    void knowsWhatRunsAndWhatRanBefore() {
        service("rolled", 0);
        environment("prod-a");
        assertThat(deployments.live("rolled", "prod-a")).isEmpty();

        deploy("rolled", "prod-a", "1");
        deploy("rolled", "prod-a", "2");

        assertThat(deployments.live("rolled", "prod-a"))
                .hasValueSatisfying(live -> assertThat(live.version()).isEqualTo("2"));
        assertThat(deployments.previous("rolled", "prod-a")).hasValueSatisfying(previous -> {
            assertThat(previous.version()).isEqualTo("1");
            assertThat(previous.digest()).isEqualTo("sha256:1");
            assertThat(previous.at()).isEqualTo(NOON);
            assertThat(previous.live()).isFalse();
        });
    }

    @Test
    void recordsADeploymentOnlyWithinTheTransactionThatMadeIt() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> deployments.record("any", "any", "1", null, null, NOON));
    }

    @Test
    void keepsOneLiveVersionWhenTwoAreRecordedAtTheSameTime() throws Exception {
        service("raced", 0);
        environment("prod-b");
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService nodes = Executors.newFixedThreadPool(4);

        List<? extends Future<?>> records = IntStream.range(0, 20)
                .mapToObj(version -> nodes.submit(() -> {
                    start.await();
                    deploy("raced", "prod-b", "v" + version);
                    return null;
                }))
                .toList();
        start.countDown();
        nodes.shutdown();
        for (Future<?> record : records) {
            record.get();
        }

        assertThat(jdbc.sql("select count(*) from deployment where service_key = 'raced'")
                        .query(Long.class)
                        .single())
                .isEqualTo(20);
        assertThat(jdbc.sql("select max(id) from deployment where service_key = 'raced'")
                        .query(Long.class)
                        .single())
                .isEqualTo(deployments.live("raced", "prod-b").orElseThrow().id());
    }

    @Test
    void writesEveryChangeIntoTheAuditTrail() {
        service("audited", 0);
        service("audited", 1);
        environment("audited-place");
        deploy("audited", "audited-place", "1");

        assertThat(jdbc.sql(
                                """
                        select action from audit_entry
                        where object in ('service-audited', 'environment-audited-place')
                          or payload like '%"service":"audited"%' order by n""")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "catalog.ServiceAdded",
                        "catalog.ServiceChanged",
                        "catalog.EnvironmentAdded",
                        "catalog.VersionDeployed");
    }
}
