package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.access.Roles;
import io.gatehouse.api.InvalidField;
import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.ServiceProfile;
import io.gatehouse.catalog.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
     * What is asked about.
     *
     * @param services the keys of those that are changed
     * @param environment the key of where they are
     * @param groups those of the current person that are no roles
     */
    record Place(Set<String> services, String environment, Set<String> groups) {

        Place {
            services = Set.copyOf(services);
            groups = Set.copyOf(groups);
        }
    }

    /**
     * What is known of them.
     *
     * @param changed the keys of the services that are changed
     * @param services those and all others of the teams that own them, by key
     * @param where the environment, if there is one of that key
     * @param callers the teams of the current person; none in a step that nobody takes
     */
    record Known(
            Set<String> changed,
            SortedMap<String, ServiceProfile> services,
            Optional<Environment> where,
            Set<String> callers) {

        /** The environment of a change that was raised, so that there is one. */
        Environment environment() {
            return where.orElseThrow();
        }

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
            return Set.copyOf(owners().values());
        }

        /** The group that owns each of its services, by the service's key. */
        Map<String, String> owners() {
            return ownProfiles().collect(Collectors.toMap(ServiceProfile::key, ServiceProfile::ownerGroup));
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
    private final CurrentPerson currentPerson;

    ChangeSurroundings(Services services, Environments environments, CurrentPerson currentPerson) {
        this.services = services;
        this.environments = environments;
        this.currentPerson = currentPerson;
    }

    /** Read once in a transaction: its steps are told the same. */
    Known of(Change change) {
        return of(change.services(), change.environment());
    }

    /** The same of what is still to be raised. */
    Known of(Set<String> services, String environment) {
        Set<String> groups =
                new HashSet<>(currentPerson.find().map(Person::groups).orElse(Set.of()));
        groups.removeAll(Roles.ALL);
        return LockedChanges.surroundings(new Place(services, environment, groups), this::read);
    }

    private Known read(Place place) {
        SortedMap<String, ServiceProfile> profiles = services.ofTheSameTeams(place.services(), place.groups());
        Set<String> callers = profiles.values().stream()
                .map(ServiceProfile::ownerGroup)
                .filter(place.groups()::contains)
                .collect(Collectors.toSet());
        Set<String> owners = place.services().stream()
                .map(profiles::get)
                .filter(Objects::nonNull)
                .map(ServiceProfile::ownerGroup)
                .collect(Collectors.toSet());
        profiles.values().removeIf(profile -> !owners.contains(profile.ownerGroup()));
        return new Known(place.services(), profiles, environments.find(place.environment()), callers);
    }

    /** In one statement, for steps that ask nothing else. */
    boolean isProduction(Change change) {
        return environments.get(change.environment()).production();
    }

    /** What of a change's scope is not in the catalog. */
    List<InvalidField> unknown(Set<String> serviceKeys, String environmentKey) {
        List<InvalidField> wrong = new ArrayList<>();
        Known known = of(serviceKeys, environmentKey);
        serviceKeys.stream()
                .filter(key -> !known.services().containsKey(key))
                .forEach(key -> wrong.add(new InvalidField(
                        "services", "must be keys of services in the catalog; '" + key + "' is none")));
        if (known.where().isEmpty()) {
            wrong.add(new InvalidField("environment", "must be the key of an environment in the catalog"));
        }
        return wrong;
    }
}
