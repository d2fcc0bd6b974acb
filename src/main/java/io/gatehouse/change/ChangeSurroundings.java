package io.gatehouse.change;

import io.gatehouse.api.InvalidField;
import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.ServiceProfile;
import io.gatehouse.catalog.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the catalog knows about the services and the environment of a change. */
@Component
class ChangeSurroundings {

    /**
     * What is known of them.
     *
     * @param changed the keys of the services that are changed
     * @param services those and all others of the teams that own them, by key
     * @param submitters the teams of whoever is submitting the change; nobody's at any other time
     */
    record Known(
            Set<String> changed,
            SortedMap<String, ServiceProfile> services,
            Environment environment,
            Set<String> submitters) {

        /** The tier of the most critical of its services: 1 is the most critical, 4 the least. */
        int mostCriticalTier() {
            return ownProfiles()
                    .map(ServiceProfile::tier)
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("A change touches at least one known service"));
        }

        /** The regulations that one of its services falls under. */
        SortedSet<String> complianceScopes() {
            return ownProfiles()
                    .flatMap(profile -> profile.complianceScopes().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** The groups that own its services. */
        Set<String> teams() {
            return ownProfiles().map(ServiceProfile::ownerGroup).collect(Collectors.toSet());
        }

        Set<String> servicesOf(String team) {
            return services.values().stream()
                    .filter(profile -> profile.ownerGroup().equals(team))
                    .map(ServiceProfile::key)
                    .collect(Collectors.toSet());
        }

        private Stream<ServiceProfile> ownProfiles() {
            return services.values().stream().filter(profile -> changed.contains(profile.key()));
        }
    }

    private final Services services;
    private final Environments environments;

    ChangeSurroundings(Services services, Environments environments) {
        this.services = services;
        this.environments = environments;
    }

    /** Read once in a transaction that has locked the change. */
    Known of(Change change) {
        return withTeams(change, Set.of());
    }

    /**
     * The same for the step that submits a change, before any other of its transaction asks.
     *
     * @param groups those of whoever submits it; the ones that own a service are their teams
     */
    Known withTeams(Change change, Set<String> groups) {
        return LockedChanges.surroundings(change, () -> read(change, groups));
    }

    private Known read(Change change, Set<String> groups) {
        SortedMap<String, ServiceProfile> profiles = services.ofTheSameTeams(change.services(), groups);
        Set<String> submitters = profiles.values().stream()
                .map(ServiceProfile::ownerGroup)
                .filter(groups::contains)
                .collect(Collectors.toSet());
        Set<String> owners = change.services().stream()
                .map(profiles::get)
                .filter(Objects::nonNull)
                .map(ServiceProfile::ownerGroup)
                .collect(Collectors.toSet());
        profiles.values().removeIf(profile -> !owners.contains(profile.ownerGroup()));
        return new Known(change.services(), profiles, environments.get(change.environment()), submitters);
    }

    boolean isProduction(Change change) {
        return environments.get(change.environment()).production();
    }

    /** What of a change's scope is not in the catalog. */
    List<InvalidField> unknown(Set<String> serviceKeys, String environmentKey) {
        List<InvalidField> wrong = new ArrayList<>();
        Set<String> known = services.tiers(serviceKeys).keySet();
        serviceKeys.stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> wrong.add(new InvalidField(
                        "services", "must be keys of services in the catalog; '" + key + "' is none")));
        if (!environments.exists(environmentKey)) {
            wrong.add(new InvalidField("environment", "must be the key of an environment in the catalog"));
        }
        return wrong;
    }
}
