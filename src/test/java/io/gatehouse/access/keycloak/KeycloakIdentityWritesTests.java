package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.api.ProblemException;
import io.gatehouse.testing.InsideTheEngine;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where people are a Keycloak's the engine writes neither them nor permissions, whoever asks it. */
class KeycloakIdentityWritesTests extends KeycloakApplication {

    @Autowired
    private IdentityService identities;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void refusesPeopleGroupsAndPermissionsAndWritesItDown() {
        Authorization everything = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
        everything.setResource(Resources.PROCESS_DEFINITION);
        everything.setResourceId(Authorization.ANY);
        everything.addPermission(Permissions.ALL);
        List<Map<String, Object>> permissions = permissions();
        for (Runnable attempt : List.<Runnable>of(
                () -> identities.saveUser(new UserEntity("eve")),
                () -> identities.deleteUser("rita"),
                () -> identities.unlockUser("rita"),
                () -> identities.createMembership("rita", "admin"),
                () -> identities.deleteMembership("rita", "requester"),
                () -> identities.deleteGroup("requester"),
                () -> identities.setUserInfo("rita", "key", "value"),
                () -> authorizations.saveAuthorization(everything))) {
            long entries = entries();

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(attempt::run)
                    .withMessageContaining("on record");

            assertThat(entries()).isEqualTo(entries + 1);
        }
        assertThat(permissions()).isEqualTo(permissions);
    }

    @Test
    void knowsPeopleAndGroupsToReadOnlyAlsoInsideTheEngine() {
        assertThat(identities.isReadOnly()).isTrue();
        for (Runnable attempt : List.<Runnable>of(
                () -> identities.newUser("eve"),
                () -> identities.saveUser(new UserEntity("eve")),
                () -> identities.deleteUser("rita"),
                () -> identities.createMembership("rita", "admin"))) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> InsideTheEngine.run(identities, attempt));
        }
    }

    private List<Map<String, Object>> permissions() {
        return jdbc.queryForList("select * from ACT_RU_AUTHORIZATION order by ID_");
    }

    private long entries() {
        return jdbc.queryForObject(
                "select count(*) from audit_entry where action = 'engine.OperatorActionRefused'", Long.class);
    }
}
