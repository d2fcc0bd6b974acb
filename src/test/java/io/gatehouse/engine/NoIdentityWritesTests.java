package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.access.EngineIdentities;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Picture;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nobody writes people, groups or permissions through the engine's own interface, and whoever tries is on record. */
@OnH2
@ProcessTest
class NoIdentityWritesTests {

    private static final SignedIn ADAM = new SignedIn("adam", "admin");

    private static final List<String> TABLES = List.of(
            "ACT_ID_USER",
            "ACT_ID_GROUP",
            "ACT_ID_MEMBERSHIP",
            "ACT_ID_INFO",
            "ACT_ID_TENANT",
            "ACT_ID_TENANT_MEMBER",
            "ACT_RU_AUTHORIZATION");

    private final String person = "victim-" + UUID.randomUUID();
    private final String group = "group-" + UUID.randomUUID();
    private final String tenant = "tenant-" + UUID.randomUUID();

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private IdentityService identities;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private EngineIdentities writes;

    @Autowired
    private JdbcTemplate jdbc;

    @TestFactory
    Stream<DynamicTest> refusesAndWritesDown() {
        InsideTheEngine.run(engine, this::somethingToWriteTo);
        Map<String, Runnable> attempts = new TreeMap<>(ofPeople());
        attempts.putAll(ofGroupsAndTenants());
        attempts.putAll(ofPermissions());
        return attempts.entrySet().stream()
                .map(attempt -> dynamicTest(attempt.getKey(), () -> {
                    List<String> before = stored();
                    long entries = entries();

                    assertThatThrownBy(() -> ADAM.runs(attempt.getValue()))
                            .isInstanceOf(ProblemException.class)
                            .hasMessageContaining("on record");

                    assertThat(entries()).isEqualTo(entries + 1);
                    assertThat(lastActor()).isEqualTo("adam");
                    assertThat(stored()).isEqualTo(before);
                }));
    }

    private void somethingToWriteTo() {
        User user = identities.newUser(person);
        user.setPassword("the-old-password");
        identities.saveUser(user);
        identities.saveGroup(identities.newGroup(group));
        identities.createMembership(person, group);
        identities.saveTenant(identities.newTenant(tenant));
        identities.createTenantUserMembership(tenant, person);
        identities.createTenantGroupMembership(tenant, group);
        identities.setUserInfo(person, "key", "value");
    }

    private Map<String, Runnable> ofPeople() {
        Map<String, Runnable> attempts = new TreeMap<>();
        attempts.put("add a person", () -> identities.saveUser(identities.newUser("eve")));
        attempts.put("set a password", () -> {
            User user = identities.createUserQuery().userId(person).singleResult();
            user.setPassword("another-password");
            identities.saveUser(user);
        });
        attempts.put("delete a person", () -> identities.deleteUser(person));
        attempts.put("end a pause", () -> identities.unlockUser(person));
        attempts.put("set something about a person", () -> identities.setUserInfo(person, "key", "other"));
        attempts.put("delete something about a person", () -> identities.deleteUserInfo(person, "key"));
        attempts.put(
                "set a picture", () -> identities.setUserPicture(person, new Picture(new byte[] {1}, "image/png")));
        attempts.put("delete a picture", () -> identities.deleteUserPicture(person));
        return attempts;
    }

    private Map<String, Runnable> ofGroupsAndTenants() {
        Map<String, Runnable> attempts = new TreeMap<>();
        attempts.put("add a group", () -> identities.saveGroup(identities.newGroup("eves")));
        attempts.put("delete a group", () -> identities.deleteGroup(group));
        attempts.put("become an administrator", () -> identities.createMembership(person, "admin"));
        attempts.put("become the engine's administrator", () -> identities.createMembership(person, "camunda-admin"));
        attempts.put("leave a group", () -> identities.deleteMembership(person, group));
        attempts.put("add a tenant", () -> identities.saveTenant(identities.newTenant("eves")));
        attempts.put("rename a tenant", () -> {
            Tenant known = identities.createTenantQuery().tenantId(tenant).singleResult();
            known.setName("another");
            identities.saveTenant(known);
        });
        attempts.put("delete a tenant", () -> identities.deleteTenant(tenant));
        attempts.put("add a person to a tenant", () -> identities.createTenantUserMembership(tenant, "nobody"));
        attempts.put("add a group to a tenant", () -> identities.createTenantGroupMembership(tenant, "admin"));
        attempts.put("take a person from a tenant", () -> identities.deleteTenantUserMembership(tenant, person));
        attempts.put("take a group from a tenant", () -> identities.deleteTenantGroupMembership(tenant, group));
        return attempts;
    }

    private Map<String, Runnable> ofPermissions() {
        Map<String, Runnable> attempts = new TreeMap<>();
        attempts.put("give a person everything", () -> authorizations.saveAuthorization(everything(grant())));
        attempts.put(
                "give everybody everything",
                () -> authorizations.saveAuthorization(
                        everything(authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL))));
        attempts.put("revoke", () -> authorizations.saveAuthorization(revoked()));
        attempts.put("widen a permission", () -> authorizations.saveAuthorization(everything(known())));
        attempts.put("delete a permission", () -> authorizations.deleteAuthorization(known().getId()));
        return attempts;
    }

    private Authorization grant() {
        Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setUserId(person);
        return grant;
    }

    private Authorization revoked() {
        Authorization revoke = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_REVOKE);
        revoke.setUserId(person);
        return everything(revoke);
    }

    private static Authorization everything(Authorization authorization) {
        authorization.setResource(Resources.PROCESS_DEFINITION);
        authorization.setResourceId(Authorization.ANY);
        authorization.addPermission(Permissions.ALL);
        return authorization;
    }

    /** One that each start gives. */
    private Authorization known() {
        return authorizations
                .createAuthorizationQuery()
                .groupIdIn("requester")
                .resourceType(Resources.APPLICATION)
                .singleResult();
    }

    @Test
    void nobodyBecomesTheEnginesAdministratorByTheWayOfOurs() {
        assertThatIllegalArgumentException().isThrownBy(() -> writes.createMembership("rita", "camunda-admin"));
    }

    /** Everything an attempt could have left behind. */
    private List<String> stored() {
        List<String> rows = new ArrayList<>();
        for (String table : TABLES) {
            jdbc.queryForList("select * from " + table).forEach(row -> rows.add(table + " " + new TreeMap<>(row)));
        }
        jdbc.queryForList("select ID_ from ACT_GE_BYTEARRAY", String.class).forEach(rows::add);
        rows.sort(Comparator.naturalOrder());
        return rows;
    }

    private long entries() {
        return jdbc.queryForObject(
                "select count(*) from audit_entry where action = 'engine.OperatorActionRefused'", Long.class);
    }

    private String lastActor() {
        return jdbc.queryForObject(
                "select " + TrailNames.ACTOR
                        + " from audit_entry where action = 'engine.OperatorActionRefused' order by n desc limit 1",
                String.class);
    }
}
