package io.gatehouse.people;

import io.gatehouse.access.PersonStates;
import java.util.Collection;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/** Writes people where the engine keeps them, and beside it that their name is taken for ever. */
@Component
class PersonWriter {

    private final IdentityService identities;
    private final PersonStates states;

    PersonWriter(IdentityService identities, PersonStates states) {
        this.identities = identities;
        this.states = states;
    }

    /** Whether somebody has or had this id. */
    boolean isTaken(String id) {
        return states.isKnown(id) || identities.createUserQuery().userId(id).count() > 0;
    }

    /** Adds somebody; of two with the same id the database lets one through. */
    void add(String id, FullName name, String mail, String password, Collection<String> groups) {
        states.add(id);
        User user = identities.newUser(id);
        user.setFirstName(name.first());
        user.setLastName(name.last());
        user.setEmail(mail);
        user.setPassword(password);
        identities.saveUser(user);
        groups.forEach(group -> identities.createMembership(id, group));
    }
}
