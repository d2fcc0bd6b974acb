package io.gatehouse.people;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.access.Roles;
import io.gatehouse.api.ProblemException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who keeps the people of this installation: whom the permission table lets add one. */
@Component
class Administrators {

    private static final String KEEP = "POST /api/v1/people";

    private final IdentityService identities;
    private final Permissions permissions;
    private final People people;
    private final CurrentPerson currentPerson;
    private final JdbcClient jdbc;

    Administrators(
            IdentityService identities,
            Permissions permissions,
            People people,
            CurrentPerson currentPerson,
            JdbcClient jdbc) {
        this.identities = identities;
        this.permissions = permissions;
        this.people = people;
        this.currentPerson = currentPerson;
        this.jdbc = jdbc;
    }

    /** Keeps everybody else from changing people, on every node, until the transaction ends. */
    void lock() {
        jdbc.sql("select id from people_register where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    /**
     * Locks, and then looks whether the current person still is an administrator: another one may have changed that.
     *
     * @return their id
     * @throws ProblemException forbidden
     */
    String lockAndRequireCaller() {
        lock();
        String caller = currentPerson.idOrSystem();
        permissions.require(KEEP, new Person(caller, people.isActive(caller) ? people.groupsOf(caller) : Set.of()));
        return caller;
    }

    /** The roles that make an administrator. */
    Set<String> roles() {
        return Roles.ALL.stream().filter(role -> are(Set.of(role))).collect(Collectors.toSet());
    }

    /** Whether members of all these groups are administrators: another role may forbid what one allows. */
    boolean are(Collection<String> groups) {
        return permissions.allowsAll(KEEP, new Person("", Set.copyOf(groups)));
    }

    /** Whether there is one who may come in. */
    boolean exist() {
        return roles().stream()
                .flatMap(role -> identities.createUserQuery().memberOfGroup(role).list().stream())
                .map(User::getId)
                .anyMatch(id -> people.isActive(id) && are(people.groupsOf(id)));
    }
}
