package io.gatehouse.access;

import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.stereotype.Component;

/** The groups that are no role: each may own services, and be asked about them. */
@Component
public class Teams {

    /** Regular expression of the name of a team; the same as of a service's owner group. */
    public static final String PATTERN = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";

    private static final String TYPE = "TEAM";

    private final IdentityService identities;
    private final EngineIdentities writes;
    private final RoleGroups groups;

    Teams(IdentityService identities, EngineIdentities writes, RoleGroups groups) {
        this.identities = identities;
        this.writes = writes;
        this.groups = groups;
    }

    /** Why this is no name of a team, in words that follow the name of a field; empty if it is one. */
    public static Optional<String> objection(String team) {
        if (!team.matches(PATTERN)) {
            return Optional.of("must be 1 to 63 lower-case letters, digits, dots and hyphens each, beginning and ending"
                    + " with a letter or digit");
        }
        if (isOfTheEngine(team)) {
            return Optional.of("must not hold a group of the engine itself");
        }
        return Roles.ALL.contains(team) ? Optional.of("must not hold a role; name roles in 'roles'") : Optional.empty();
    }

    /** To the engine the members of this group are above all rules. */
    public static boolean isOfTheEngine(String group) {
        return group.equals(Groups.CAMUNDA_ADMIN);
    }

    /** Makes sure that a team can have members, who may open the Tasklist. */
    public void ensure(String team) {
        if (identities.createGroupQuery().groupId(team).count() == 0) {
            Group group = identities.newGroup(team);
            group.setName(team);
            group.setType(TYPE);
            writes.saveGroup(group);
            groups.grant(team);
        }
    }
}
