package io.gatehouse.catalog;

import io.gatehouse.audit.Fingerprint;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Something that is changed, deployed and owned as one: an application, a library, a data store.
 *
 * <p>Dependencies may form cycles, as they do between real services; only a service that depends on itself is refused.
 */
@Table("service")
public class Service {

    @Id
    @Column("service_key")
    private final String key;

    private final String name;
    private final int tier;
    private final String ownerGroup;

    @MappedCollection(idColumn = "service_key")
    private final Set<ComplianceScope> complianceScopes;

    @MappedCollection(idColumn = "service_key")
    private final Set<Dependency> dependencies;

    @Version
    private final long version;

    Service(
            String key,
            String name,
            int tier,
            String ownerGroup,
            Set<ComplianceScope> complianceScopes,
            Set<Dependency> dependencies,
            long version) {
        this.key = key;
        this.name = name;
        this.tier = tier;
        this.ownerGroup = ownerGroup;
        this.complianceScopes = Set.copyOf(complianceScopes);
        this.dependencies = Set.copyOf(dependencies);
        this.version = version;
    }

    static Service of(String key, ServiceDescription description, long version) {
        return new Service(
                key,
                description.name(),
                description.tier(),
                description.ownerGroup(),
                mapped(description.complianceScopes(), ComplianceScope::new),
                mapped(description.dependencies(), Dependency::new),
                version);
    }

    public String key() {
        return key;
    }

    public String name() {
        return name;
    }

    /** 1 (the organisation stops without it) to 4 (nobody outside its team notices). */
    public int tier() {
        return tier;
    }

    /** The group of people who own the service. */
    public String ownerGroup() {
        return ownerGroup;
    }

    /** Regulations the service falls under, such as {@code sox}. */
    public SortedSet<String> complianceScopes() {
        return complianceScopes.stream().map(ComplianceScope::scope).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Keys of the services this one needs in order to work. */
    public SortedSet<String> dependencies() {
        return dependencies.stream().map(Dependency::dependsOn).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Counts what was stored, from 1; 0 before the first time. */
    public long version() {
        return version;
    }

    String fingerprint() {
        return Fingerprint.of(
                key,
                name,
                tier,
                ownerGroup,
                version,
                complianceScopes.size(),
                List.copyOf(complianceScopes()),
                dependencies.size(),
                List.copyOf(dependencies()));
    }

    private static <T> Set<T> mapped(Collection<String> texts, Function<String, T> type) {
        return texts.stream().map(type).collect(Collectors.toSet());
    }

    @Table("service_compliance_scope")
    record ComplianceScope(String scope) {}

    @Table("service_dependency")
    record Dependency(String dependsOn) {}
}
