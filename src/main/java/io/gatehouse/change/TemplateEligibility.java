package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.access.Roles;
import io.gatehouse.catalog.Services;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks {@code EligibleForTemplate} whether a standard change may be made by its template. */
@Component
class TemplateEligibility {

    /** Who submits the change; of several that fit the first counts. */
    enum Requester {
        /** Somebody of the team that owns the service. */
        TEAM,
        CHANGE_MANAGER,
        RELEASE_MANAGER,
        TOOL,
        OTHER
    }

    private final PolicyDecisions policy;
    private final ChangeSurroundings surroundings;
    private final Services services;
    private final CurrentPerson currentPerson;
    private final TemplateVersionRows versions;
    private final TemplateUses uses;
    private final Clock clock;

    TemplateEligibility(
            PolicyDecisions policy,
            ChangeSurroundings surroundings,
            Services services,
            CurrentPerson currentPerson,
            TemplateVersionRows versions,
            TemplateUses uses,
            Clock clock) {
        this.policy = policy;
        this.surroundings = surroundings;
        this.services = services;
        this.currentPerson = currentPerson;
        this.versions = versions;
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * Why not, if so; where two versions are asked, each must let it.
     *
     * @param change with its details
     */
    Optional<String> refusal(Change change) {
        return policy.ask(change, PolicyVersions.ELIGIBLE_FOR_TEMPLATE, inputs(change)).stream()
                .map(fired -> fired.get(0))
                .filter(rule -> !Boolean.TRUE.equals(rule.get("eligible")))
                .map(rule -> String.valueOf(rule.get("reason")))
                .findFirst();
    }

    private Map<String, Object> inputs(Change change) {
        String template = Objects.requireNonNull(change.template());
        String team = services.ownerGroups(List.copyOf(change.services())).values().stream()
                .findFirst()
                .orElse("");
        return Map.of(
                "template",
                template,
                "tier",
                surroundings.of(change).mostCriticalTier(),
                "production",
                surroundings.isProduction(change),
                "ownerGroup",
                team,
                "requester",
                currentPerson
                        .find()
                        .map(person -> requester(person, team))
                        .orElse(Requester.OTHER)
                        .name(),
                "failures",
                versions.active(template)
                        .map(version -> uses.of(version).failures().size())
                        .orElse(0),
                "templateScore",
                uses.scoreOf(template, clock.instant()));
    }

    private static Requester requester(Person person, String team) {
        if (person.isTool()) {
            return Requester.TOOL;
        }
        if (person.isIn(team) && !Roles.ALL.contains(team)) {
            return Requester.TEAM;
        }
        if (person.isIn(Roles.CHANGE_MANAGER)) {
            return Requester.CHANGE_MANAGER;
        }
        return person.isIn(Roles.RELEASE_MANAGER) ? Requester.RELEASE_MANAGER : Requester.OTHER;
    }
}
