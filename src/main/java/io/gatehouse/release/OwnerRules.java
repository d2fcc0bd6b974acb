package io.gatehouse.release;

import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may be given something to see to: a person by name, or a role or team, of which each could do it. */
@Component
class OwnerRules {

    private final People people;
    private final Permissions permissions;

    OwnerRules(People people, Permissions permissions) {
        this.people = people;
        this.permissions = permissions;
    }

    /**
     * Refuses whoever could not do it.
     *
     * @param task in which they do
     * @param field where they are named, up to {@code owner}
     */
    void check(String task, String field, @Nullable String owner, @Nullable String ownerGroup) {
        if ((owner == null) == (ownerGroup == null)) {
            throw ProblemException.invalid(field + "owner", "must be given, or ownerGroup, but not both");
        }
        if (owner != null) {
            checkOwner(task, field + "owner", owner);
        }
        if (ownerGroup != null && !permissions.mayBeAsked(task, ownerGroup)) {
            throw ProblemException.invalid(field + "ownerGroup", "must be a role that may see to it");
        }
    }

    /** Of whom no group is known, as of somebody who has not signed in yet, nothing can be said about roles. */
    private void checkOwner(String task, String field, String owner) {
        if (!people.isActive(owner)) {
            throw ProblemException.invalid(field, "must be somebody who can sign in");
        }
        Set<String> groups = people.groupsOf(owner);
        if (!groups.isEmpty()) {
            permissions.unanswerable(task, owner, groups).ifPresent(why -> {
                throw ProblemException.invalid(field, "must be somebody who may see to it: " + why);
            });
        }
    }
}
