package io.gatehouse.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads many services in a fixed number of statements, however many they are. */
@Component
class ServiceReader {

    private static final String COLUMNS = "select service_key, name, tier, owner_group, version from service s";

    private final JdbcClient jdbc;

    ServiceReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Up to {@code limit} services in the order of their keys, after a key if one is given. */
    List<Service> list(ServiceFilter filter, @Nullable String after, int limit) {
        List<Row> rows = jdbc.sql(
                        COLUMNS
                                + """

                         where (:after is null or s.service_key > :after)
                           and (:ownerGroup is null or s.owner_group = :ownerGroup)
                           and (:tier is null or s.tier = :tier)
                           and (:scope is null or exists (select 1 from service_compliance_scope c
                                 where c.service_key = s.service_key and c.scope = :scope))
                           and (:dependsOn is null or exists (select 1 from service_dependency d
                                 where d.service_key = s.service_key and d.depends_on = :dependsOn))
                         order by s.service_key limit :limit
                        """)
                .param("after", after)
                .param("ownerGroup", filter.ownerGroup())
                .param("tier", filter.tier())
                .param("scope", filter.complianceScope())
                .param("dependsOn", filter.dependsOn())
                .param("limit", limit)
                .query(Row.class)
                .list();
        return complete(rows);
    }

    List<Service> read(Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return complete(jdbc.sql(COLUMNS + " where s.service_key in (:keys) order by s.service_key")
                .param("keys", keys)
                .query(Row.class)
                .list());
    }

    SortedMap<String, Integer> tiers(Collection<String> keys) {
        SortedMap<String, Integer> tiers = new TreeMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql("select service_key, tier from service where service_key in (:keys)")
                    .param("keys", keys)
                    .query(row -> {
                        tiers.put(row.getString(1), row.getInt(2));
                    });
        }
        return tiers;
    }

    Map<String, String> ownerGroups(Collection<String> keys) {
        Map<String, String> groups = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql("select service_key, owner_group from service where service_key in (:keys)")
                    .param("keys", keys)
                    .query(row -> {
                        groups.put(row.getString(1), row.getString(2));
                    });
        }
        return groups;
    }

    /** Every dependency between two services: who needs it by what is needed. */
    Map<String, Set<String>> dependents() {
        return pairs("select depends_on, service_key from service_dependency", Set.of());
    }

    private List<Service> complete(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> keys = rows.stream().map(Row::serviceKey).toList();
        Map<String, Set<String>> scopes =
                pairs("select service_key, scope from service_compliance_scope where service_key in (:keys)", keys);
        Map<String, Set<String>> dependencies =
                pairs("select service_key, depends_on from service_dependency where service_key in (:keys)", keys);
        return rows.stream().map(row -> row.complete(scopes, dependencies)).toList();
    }

    private Map<String, Set<String>> pairs(String sql, Collection<String> keys) {
        Map<String, Set<String>> pairs = new HashMap<>();
        jdbc.sql(sql).param("keys", keys).query(row -> {
            pairs.computeIfAbsent(row.getString(1), key -> new HashSet<>()).add(row.getString(2));
        });
        return pairs;
    }

    private record Row(String serviceKey, String name, int tier, String ownerGroup, long version) {

        private Service complete(Map<String, Set<String>> scopes, Map<String, Set<String>> dependencies) {
            ServiceDescription description = new ServiceDescription(
                    name,
                    tier,
                    ownerGroup,
                    scopes.getOrDefault(serviceKey, Set.of()),
                    dependencies.getOrDefault(serviceKey, Set.of()));
            return Service.of(serviceKey, description, version);
        }
    }
}
