package io.gatehouse.access;

import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_HISTORY;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.SystemPermissions;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the engine which roles the permission table lets open Cockpit and Admin, and lets them read there what these show:
 * it asks its own permissions besides. Nothing here changes anything.
 */
@Component
@Order(7)
class WebappGrants implements ApplicationRunner {

    private record Right(Resource resource, String id, List<Permission> permissions) {

        static Right to(Resource resource, Permission... permissions) {
            return new Right(resource, Authorization.ANY, List.of(permissions));
        }

        static Right open(String application) {
            return new Right(Resources.APPLICATION, application, List.of(ACCESS));
        }
    }

    /** What the pages of an application show; no two applications share a right. */
    private static final Map<String, List<Right>> APPLICATIONS = Map.of(
            "cockpit",
            List.of(
                    Right.open("cockpit"),
                    Right.to(Resources.PROCESS_DEFINITION, READ_HISTORY),
                    Right.to(Resources.DECISION_DEFINITION, READ, READ_HISTORY),
                    Right.to(Resources.DECISION_REQUIREMENTS_DEFINITION, READ),
                    Right.to(Resources.DEPLOYMENT, READ),
                    Right.to(Resources.BATCH, READ, READ_HISTORY)),
            "admin",
            List.of(
                    Right.open("admin"),
                    Right.to(Resources.USER, READ),
                    Right.to(Resources.GROUP, READ),
                    Right.to(Resources.TENANT, READ),
                    Right.to(Resources.AUTHORIZATION, READ),
                    Right.to(Resources.SYSTEM, SystemPermissions.READ)));

    private final AuthorizationService authorizations;
    private final EngineIdentities writes;
    private final PermissionTable table;

    WebappGrants(AuthorizationService authorizations, EngineIdentities writes, PermissionTable table) {
        this.authorizations = authorizations;
        this.writes = writes;
        this.table = table;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        APPLICATIONS.forEach((application, rights) -> {
            PermissionRow page = table.rows().get("GET /camunda/app/" + application + "/**");
            for (String role : Roles.ALL) {
                boolean mayOpen = page != null && page.roles().get(role) == Grant.ALL;
                rights.forEach(right -> settle(role, right, mayOpen));
            }
        });
    }

    private void settle(String role, Right right, boolean mayOpen) {
        Authorization given = authorizations
                .createAuthorizationQuery()
                .groupIdIn(role)
                .resourceType(right.resource())
                .resourceId(right.id())
                .singleResult();
        if (mayOpen) {
            give(right, given == null ? empty(role, right) : given);
        } else if (given != null) {
            take(right, given);
        }
    }

    private Authorization empty(String role, Right right) {
        Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId(role);
        grant.setResource(right.resource());
        grant.setResourceId(right.id());
        return grant;
    }

    private void give(Right right, Authorization grant) {
        if (!right.permissions().stream().allMatch(grant::isPermissionGranted)) {
            right.permissions().forEach(grant::addPermission);
            writes.saveAuthorization(grant);
        }
    }

    /** What else the role may do to the same things stays. */
    private void take(Right right, Authorization given) {
        List<Permission> taken =
                right.permissions().stream().filter(given::isPermissionGranted).toList();
        taken.forEach(given::removePermission);
        if (((AuthorizationEntity) given).getPermissions() == 0) {
            writes.deleteAuthorization(given.getId());
        } else if (!taken.isEmpty()) {
            writes.saveAuthorization(given);
        }
    }
}
