package io.gatehouse.tool;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.Services;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who may say what about tools: administrators about every one, others about tools for services their group owns. */
@Component
class ToolOwners {

    private static final String KEEP = "PUT /api/v1/tools/{name}";
    private static final String WATCH = "GET /management/prometheus";

    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final People people;
    private final Services services;

    ToolOwners(Permissions permissions, CurrentPerson currentPerson, People people, Services services) {
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.people = people;
        this.services = services;
    }

    /** Refuses whoever does not own every one of the services. */
    Person requireOwnerOfAll(Collection<String> touched) {
        Set<String> groups = groupsOwning(touched);
        return require(person -> !groups.isEmpty() && groups.stream().allMatch(person::isIn));
    }

    /** Refuses whoever owns none of the services: taking a right away needs less than giving it. */
    Person requireOwnerOfOne(Collection<String> touched) {
        Set<String> groups = groupsOwning(touched);
        return require(person -> groups.stream().anyMatch(person::isIn));
    }

    /**
     * Refuses as responsible whoever cannot be reached or, unless an administrator says so, does not own the services:
     * else anybody could keep an approver from approving.
     */
    void requireCanAnswer(Person caller, String responsible, Collection<String> touched) {
        if (!people.isActive(responsible)) {
            throw ProblemException.invalid("responsible", "must be the id of a person who may sign in");
        }
        Set<String> groups = groupsOwning(touched);
        if (!permissions.allowsAll(KEEP, caller)
                && !people.groupsOf(responsible).containsAll(groups)) {
            throw ProblemException.invalid(
                    "responsible", "must be in the groups that own the services: " + String.join(", ", groups));
        }
    }

    /** Refuses to let a tool watch the whole installation whoever may not do so themselves. */
    void requireMayWatch(Person caller) {
        if (!permissions.admits(WATCH, caller)) {
            throw ProblemException.invalid(
                    "actions", "may hold MONITOR only if you may read the metrics at the management port yourself");
        }
    }

    private Person require(Predicate<Person> owns) {
        return currentPerson
                .find()
                .filter(person -> permissions.allowsAll(KEEP, person) || owns.test(person))
                .orElseThrow(() -> ProblemException.forbidden(
                        "tool-not-yours",
                        "Not your tool",
                        "Tools and their tokens are kept by administrators and by members of the groups that own every"
                                + " service of the tool."));
    }

    private Set<String> groupsOwning(Collection<String> touched) {
        return services.findAll(touched).values().stream()
                .map(service -> service.ownerGroup())
                .collect(Collectors.toSet());
    }
}
