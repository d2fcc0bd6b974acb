package io.gatehouse.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads many services in a fixed number of statements, however many they are. */
@Component
class ServiceReader {

    /** Named as in {@link Row}: a column that has another name costs an exception for each row. */
    private static final String COLUMNS =
            "select s.service_key as serviceKey, s.name, s.tier, s.owner_group as ownerGroup, s.version from service s";

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

    SortedMap<String, ServiceProfile> ofTheSameTeams(Collection<String> keys, Collection<String> groups) {
        SortedMap<String, ServiceProfile> profiles = new TreeMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql(
                            """
                            select s.service_key, s.tier, s.owner_group, c.scope
                            from (select owner_group from service where service_key in (:keys)
                                union select owner_group from service where owner_group in (:groups)) team
                              join service s on s.owner_group = team.owner_group
                              left join service_compliance_scope c on c.service_key = s.service_key""")
                    .param("keys", keys)
                    .param("groups", groups.isEmpty() ? List.of("") : groups)
                    .query(row -> {
                        ServiceProfile profile =
                                new ServiceProfile(row.getString(1), row.getInt(2), row.getString(3), new TreeSet<>());
                        String scope = row.getString(4);
                        profiles.putIfAbsent(profile.key(), profile);
                        if (scope != null) {
                            Objects.requireNonNull(profiles.get(profile.key()))
                                    .complianceScopes()
                                    .add(scope);
                        }
                    });
        }
        return profiles;
    }

    /** Every dependency between two services: by what is needed, who needs it and their tier. */
    Map<String, Map<String, Integer>> needing() {
        Map<String, Map<String, Integer>> needing = new HashMap<>();
        jdbc.sql(
                        """
                        select d.depends_on, d.service_key, s.tier
                        from service_dependency d join service s on s.service_key = d.service_key""")
                .query(row -> {
                    needing.computeIfAbsent(row.getString(1), needed -> new HashMap<>())
                            .put(row.getString(2), row.getInt(3));
                });
        return needing;
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
