package io.gatehouse.change;

import io.gatehouse.api.InvalidField;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the catalog knows about the services and the environment of a change. */
@Component
class ChangeSurroundings {

    private final Services services;
    private final Environments environments;

    ChangeSurroundings(Services services, Environments environments) {
        this.services = services;
        this.environments = environments;
    }

    /** The tier of the most critical of its services: 1 is the most critical, 4 the least. */
    int mostCriticalTier(Change change) {
        return services.tiers(change.services()).values().stream()
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("A change touches at least one known service"));
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
