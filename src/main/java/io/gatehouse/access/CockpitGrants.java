package io.gatehouse.access;

import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the engine which roles the permission table lets open Cockpit: it asks its own permissions besides. */
@Component
@Order(7)
class CockpitGrants implements ApplicationRunner {

    private static final String PAGE = "GET /camunda/app/cockpit/**";
    private static final String COCKPIT = "cockpit";

    private final AuthorizationService authorizations;
    private final PermissionTable table;

    CockpitGrants(AuthorizationService authorizations, PermissionTable table) {
        this.authorizations = authorizations;
        this.table = table;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        PermissionRow row = table.rows().get(PAGE);
        Roles.ALL.forEach(role -> settle(role, row != null && row.roles().get(role) == Grant.ALL));
    }

    private void settle(String role, boolean mayOpen) {
        Authorization given = authorizations
                .createAuthorizationQuery()
                .groupIdIn(role)
                .resourceType(Resources.APPLICATION)
                .resourceId(COCKPIT)
                .singleResult();
        if (mayOpen && given == null) {
            Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            grant.setGroupId(role);
            grant.setResource(Resources.APPLICATION);
            grant.setResourceId(COCKPIT);
            grant.addPermission(org.camunda.bpm.engine.authorization.Permissions.ACCESS);
            authorizations.saveAuthorization(grant);
        } else if (!mayOpen && given != null) {
            authorizations.deleteAuthorization(given.getId());
        }
    }
}
