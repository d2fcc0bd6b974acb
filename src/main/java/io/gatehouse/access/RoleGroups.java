package io.gatehouse.access;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes sure that every role is a group of the engine and that its members may open the Tasklist. Groups of a Keycloak
 * are not asked for: it may be down while Gatehouse starts.
 */
@Component
@Order(5)
class RoleGroups implements ApplicationRunner {

    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final EngineIdentities writes;

    RoleGroups(IdentityService identities, AuthorizationService authorizations, EngineIdentities writes) {
        this.identities = identities;
        this.authorizations = authorizations;
        this.writes = writes;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (!identities.isReadOnly()) {
            Roles.ALL.stream()
                    .filter(role -> identities.createGroupQuery().groupId(role).count() == 0)
                    .forEach(this::create);
        }
        Roles.ALL.stream().filter(this::lacksGrants).forEach(this::grant);
    }

    private void create(String role) {
        Group group = identities.newGroup(role);
        group.setName(role);
        group.setType("WORKFLOW");
        writes.saveGroup(group);
    }

    private boolean lacksGrants(String role) {
        return authorizations
                        .createAuthorizationQuery()
                        .groupIdIn(role)
                        .resourceType(Resources.APPLICATION)
                        .resourceId("tasklist")
                        .count()
                == 0;
    }

    /** Lets the members of a group, a team too, open the Tasklist. */
    void grant(String role) {
        grant(role, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        // The card of a task shows which change it is about, and its tab the diagram; both hold numbers and no people.
        grant(role, Resources.PROCESS_DEFINITION, Authorization.ANY, Permissions.READ, Permissions.READ_INSTANCE);
    }

    private void grant(String role, Resource resource, String id, Permission... permissions) {
        Authorization grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
        grant.setGroupId(role);
        grant.setResource(resource);
        grant.setResourceId(id);
        for (Permission permission : permissions) {
            grant.addPermission(permission);
        }
        writes.saveAuthorization(grant);
    }
}
