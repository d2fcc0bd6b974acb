package io.gatehouse.catalog;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is deployed where, and what was before. */
@Component
public class Deployments {

    private static final String COLUMNS = "select id, service_key, environment_key, deployed_version, digest,"
            + " change_number, deployed_at, live from deployment";

    private final JdbcClient jdbc;
    private final AuditTrail audit;

    Deployments(JdbcClient jdbc, AuditTrail audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * Records within the running transaction that a service now runs in a version; what was recorded last counts.
     *
     * <p>Holds the row of the service until the transaction ends, so two records for one service follow each other. Who
     * records several services does so in the order of their keys.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(
            String service,
            String environment,
            String version,
            @Nullable String digest,
            @Nullable String changeNumber,
            Instant at) {
        lock(service);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("update deployment set live = null where service_key = ? and environment_key = ? and live = true")
                .params(service, environment)
                .update();
        jdbc.sql("insert into deployment (service_key, environment_key, deployed_version, digest, change_number,"
                        + " deployed_at, live) values (?, ?, ?, ?, ?, ?, true)")
                .param(service)
                .param(environment)
                .param(version)
                .param(digest)
                .param(changeNumber)
                .param(LocalDateTime.ofInstant(at, ZoneOffset.UTC))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        audit.recordState(
                "catalog.VersionDeployed",
                AuditTrail.numbered("deployment", id),
                facts(service, environment, version, digest, changeNumber),
                Fingerprint.of(id, service, environment, version, digest, changeNumber, at));
    }

    /** What runs now. */
    public Optional<Deployment> live(String service, String environment) {
        return jdbc.sql(COLUMNS + " where service_key = ? and environment_key = ? and live = true")
                .params(service, environment)
                .query(Deployments::map)
                .optional();
    }

    /** What ran before that which runs now, if anything did: where a rollback leads to. */
    public Optional<Deployment> previous(String service, String environment) {
        return jdbc.sql(COLUMNS + " where service_key = ? and environment_key = ? and live is null"
                        + " order by id desc limit 1")
                .params(service, environment)
                .query(Deployments::map)
                .optional();
    }

    /** When the last of these services was deployed by a change; empty if one of them was not. */
    public Optional<Instant> allDeployedBy(String changeNumber, Set<String> services) {
        Map<String, Instant> deployed = new HashMap<>();
        jdbc.sql(COLUMNS + " where change_number = ? order by id")
                .param(changeNumber)
                .query(Deployments::map)
                .list()
                .forEach(one -> deployed.put(one.service(), one.at()));
        return deployed.keySet().containsAll(services)
                ? services.stream().map(deployed::get).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** Deployments, newest first. */
    public Page<Deployment> list(DeploymentFilter filter, PageQuery page) {
        OptionalLong after = page.afterNumber();
        List<Deployment> rows = jdbc.sql(COLUMNS + where(filter, after) + " order by id desc limit :limit")
                .param("after", after.orElse(0))
                .param("service", filter.service())
                .param("environment", filter.environment())
                .param("limit", page.fetchSize())
                .query(Deployments::map)
                .list();
        return page.page(rows, Deployment::id);
    }

    private static String where(DeploymentFilter filter, OptionalLong after) {
        return " where 1 = 1"
                + (after.isPresent() ? " and id < :after" : "")
                + (filter.service() == null ? "" : " and service_key = :service")
                + (filter.environment() == null ? "" : " and environment_key = :environment")
                + (filter.live() ? " and live = true" : "");
    }

    private void lock(String service) {
        jdbc.sql("select service_key from service where service_key = ? for update")
                .param(service)
                .query(String.class)
                .single();
    }

    private static Map<String, Object> facts(
            String service,
            String environment,
            String version,
            @Nullable String digest,
            @Nullable String changeNumber) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("service", service);
        facts.put("environment", environment);
        facts.put("version", version);
        if (digest != null) {
            facts.put("digest", digest);
        }
        if (changeNumber != null) {
            facts.put("change", changeNumber);
        }
        return facts;
    }

    private static Deployment map(ResultSet row, int number) throws SQLException {
        return new Deployment(
                row.getLong("id"),
                row.getString("service_key"),
                row.getString("environment_key"),
                row.getString("deployed_version"),
                row.getString("digest"),
                row.getString("change_number"),
                row.getObject("deployed_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getBoolean("live"));
    }
}
