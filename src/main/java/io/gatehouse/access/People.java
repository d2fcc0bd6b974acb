package io.gatehouse.access;

import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The people this installation knows, whether or not they are signed in. */
@Component
public class People {

    private final IdentityService identities;
    private final PersonStates states;

    People(@Lazy IdentityService identities, PersonStates states) {
        this.identities = identities;
        this.states = states;
    }

    /** Whether there is such a person and they may sign in. */
    public boolean isActive(String id) {
        return identities.createUserQuery().userId(id).count() > 0 && !states.isDisabled(id);
    }

    public Set<String> groupsOf(String id) {
        return identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
    }
}
