package io.gatehouse.people;

import io.gatehouse.access.PersonStates;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;

/** A database in which nobody administrates for a while, whatever other tests left in it. */
class NoAdministrators {

    private final IdentityService identities;
    private final PersonStates states;
    private final Administrators administrators;
    private final List<String> disabled = new ArrayList<>();

    NoAdministrators(IdentityService identities, PersonStates states, Administrators administrators) {
        this.identities = identities;
        this.states = states;
        this.administrators = administrators;
    }

    void begin() {
        everybody().filter(id -> !states.isDisabled(id)).forEach(id -> {
            states.save(id, states.version(id), true);
            disabled.add(id);
        });
    }

    /** Lets the administrators of other tests in again, and nobody who came meanwhile. */
    void end() {
        everybody().filter(id -> !states.isDisabled(id)).forEach(id -> states.save(id, states.version(id), true));
        disabled.forEach(id -> states.save(id, states.version(id), false));
    }

    private java.util.stream.Stream<String> everybody() {
        return administrators.roles().stream()
                .flatMap(role -> identities.createUserQuery().memberOfGroup(role).list().stream())
                .map(User::getId)
                .distinct();
    }
}
