package io.gatehouse.people;

import io.gatehouse.access.EngineIdentities;
import io.gatehouse.access.PersonStates;
import io.gatehouse.access.Teams;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/** Writes people where the engine keeps them, and beside it that their name is taken for ever. */
@Component
class PersonWriter {

    private final IdentityService identities;
    private final EngineIdentities writes;
    private final PersonStates states;
    private final PersonRows rows;
    private final Teams teams;

    PersonWriter(
            IdentityService identities, EngineIdentities writes, PersonStates states, PersonRows rows, Teams teams) {
        this.identities = identities;
        this.writes = writes;
        this.states = states;
        this.rows = rows;
        this.teams = teams;
    }

    /** Whether somebody has or had this id. */
    boolean isTaken(String id) {
        return states.isKnown(id) || identities.createUserQuery().userId(id).count() > 0;
    }

    /** Adds somebody whose password nobody knows; of two with the same id the database lets one through. */
    void add(String id, PersonDescription description) {
        add(id, description, LinkSecret.random().text());
    }

    void add(String id, PersonDescription description, String password) {
        states.add(id);
        User user = identities.newUser(id);
        describe(user, description);
        user.setPassword(password);
        writes.saveUser(user);
        description.teams().forEach(teams::ensure);
        description.groups().forEach(group -> writes.createMembership(id, group));
    }

    void change(RegisteredPerson old, PersonDescription wanted) {
        User user = locked(old.id());
        describe(user, wanted);
        writes.saveUser(user);
        wanted.teams().forEach(teams::ensure);
        minus(old.groups(), wanted.groups()).forEach(group -> writes.deleteMembership(old.id(), group));
        minus(wanted.groups(), old.groups()).forEach(group -> writes.createMembership(old.id(), group));
    }

    /** Gives somebody another password, ends what they are signed in to by the old one, and its pauses. */
    void setPassword(String id, String password) {
        User user = locked(id);
        user.setPassword(password);
        writes.saveUser(user);
        writes.unlockUser(id);
        states.endSignIns(id);
    }

    /** Leaves nothing of somebody but their id, and a name that says so with the number that the trail calls them by. */
    void erase(RegisteredPerson person, long number) {
        User user = locked(person.id());
        user.setFirstName("Erased");
        user.setLastName("person " + number);
        user.setEmail(null);
        user.setPassword(LinkSecret.random().text());
        writes.saveUser(user);
        person.groups().forEach(group -> writes.deleteMembership(person.id(), group));
        states.endSignIns(person.id());
    }

    private User locked(String id) {
        rows.lock(id);
        return identities.createUserQuery().userId(id).singleResult();
    }

    private static void describe(User user, PersonDescription description) {
        FullName name = FullName.of(description.name());
        user.setFirstName(name.first());
        user.setLastName(name.last());
        user.setEmail(description.email());
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
