package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.People;
import io.gatehouse.access.Person;
import io.gatehouse.access.Roles;
import io.gatehouse.catalog.Services;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private final People people;
    private final TemplateVersionRows versions;
    private final TemplateUses uses;
    private final Clock clock;

    TemplateEligibility(
            PolicyDecisions policy,
            ChangeSurroundings surroundings,
            Services services,
            CurrentPerson currentPerson,
            People people,
            TemplateVersionRows versions,
            TemplateUses uses,
            Clock clock) {
        this.policy = policy;
        this.surroundings = surroundings;
        this.services = services;
        this.currentPerson = currentPerson;
        this.people = people;
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
        ChangeSurroundings.Known known = surroundings.of(change);
        Map<String, Object> inputs = inputs(
                Objects.requireNonNull(change.template()),
                change.services(),
                known.mostCriticalTier(),
                known.environment().production(),
                change.requester());
        return refusal(policy.ask(change, PolicyVersions.ELIGIBLE_FOR_TEMPLATE, inputs).stream()
                .map(fired -> fired.get(0))
                .toList());
    }

    /**
     * Asks about a change that is going to be raised from the template of a package.
     *
     * @param concerned whoever will have written it
     */
    PolicyDecisions.Ahead ahead(CarriedPackage wanted, int tier, boolean production, Set<String> concerned) {
        return policy.askAhead(
                PolicyVersions.ELIGIBLE_FOR_TEMPLATE,
                concerned,
                inputs(
                        Objects.requireNonNull(wanted.template()),
                        wanted.services(),
                        tier,
                        production,
                        wanted.requester()));
    }

    /** @param rules what each version says */
    static Optional<String> refusal(List<Map<String, Object>> rules) {
        return rules.stream()
                .filter(rule -> !Boolean.TRUE.equals(rule.get("eligible")))
                .map(rule -> String.valueOf(rule.get("reason")))
                .findFirst();
    }

    private Map<String, Object> inputs(
            String template, Set<String> changed, int tier, boolean production, String requester) {
        String team = services.ownerGroups(List.copyOf(changed)).values().stream()
                .findFirst()
                .orElse("");
        return Map.of(
                "template",
                template,
                "tier",
                tier,
                "production",
                production,
                "ownerGroup",
                team,
                "requester",
                requester(submitter(requester), team).name(),
                "failures",
                versions.active(template)
                        .map(version -> uses.of(version).failures().size())
                        .orElse(0),
                "templateScore",
                uses.scoreOf(template, clock.instant()));
    }

    /** What nobody submits in person, as the change of a release, is submitted for whoever requested it. */
    private Person submitter(String requester) {
        return currentPerson.find().orElseGet(() -> new Person(requester, people.groupsOf(requester)));
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
