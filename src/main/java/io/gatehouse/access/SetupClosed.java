package io.gatehouse.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fills the engine's own administrator group with one account nobody can sign in with. While that group is empty the
 * web applications send everybody to a page that creates an administrator, without asking who they are. Where people are
 * a Keycloak's, the engine creates nobody.
 */
@Component
@Profile("!keycloak")
@Order(6)
class SetupClosed implements ApplicationRunner {

    /** Whom the engine takes for its administrator, so that it does not ask for one; nobody knows their password. */
    static final String NOBODY = "nobody";

    private final IdentityService identities;
    private final EngineIdentities writes;
    private final ApplicationEventPublisher events;

    SetupClosed(IdentityService identities, EngineIdentities writes, ApplicationEventPublisher events) {
        this.identities = identities;
        this.writes = writes;
        this.events = events;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (identities.createUserQuery().memberOfGroup(Groups.CAMUNDA_ADMIN).count() > 0) {
            return;
        }
        if (identities.createGroupQuery().groupId(Groups.CAMUNDA_ADMIN).count() == 0) {
            Group group = identities.newGroup(Groups.CAMUNDA_ADMIN);
            group.setName("Engine administrators (nobody)");
            group.setType(Groups.GROUP_TYPE_SYSTEM);
            writes.saveGroup(group);
        }
        User nobody = identities.newUser(NOBODY);
        nobody.setFirstName("Nobody");
        nobody.setLastName("Nobody");
        nobody.setPassword(unknowable());
        writes.saveUser(nobody);
        writes.fillAdministrators(NOBODY);
        events.publishEvent(new PersonWritten(NOBODY, "SetupClosed"));
    }

    private static String unknowable() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
