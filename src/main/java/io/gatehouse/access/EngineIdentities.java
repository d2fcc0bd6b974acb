package io.gatehouse.access;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Writes people, groups and permissions where the engine keeps them, which the engine refuses to whoever begins with such
 * a command. It asks nobody whether it may: it is for whoever has asked our own rules, and for what has to be there at
 * each start. It cannot delete people or groups, because nobody does.
 */
@Component
public class EngineIdentities {

    private final ProcessEngine engine;

    EngineIdentities(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    public void saveUser(User user) {
        write(() -> engine.getIdentityService().saveUser(user));
    }

    /** Ends the pause after wrong passwords. */
    public void unlockUser(String person) {
        write(() -> engine.getIdentityService().unlockUser(person));
    }

    void saveGroup(Group group) {
        write(() -> engine.getIdentityService().saveGroup(group));
    }

    /**
     * Adds somebody to a group.
     *
     * @throws IllegalArgumentException if its members are above all rules to the engine; only {@link SetupClosed} fills it
     */
    public void createMembership(String person, String group) {
        if (Teams.isOfTheEngine(group)) {
            throw new IllegalArgumentException("Nobody becomes a member of " + group);
        }
        write(() -> engine.getIdentityService().createMembership(person, group));
    }

    /** Fills the engine's own group of administrators with somebody who cannot sign in. */
    void fillAdministrators(String nobody) {
        write(() -> engine.getIdentityService().createMembership(nobody, Groups.CAMUNDA_ADMIN));
    }

    public void deleteMembership(String person, String group) {
        write(() -> engine.getIdentityService().deleteMembership(person, group));
    }

    public void saveAuthorization(Authorization authorization) {
        write(() -> engine.getAuthorizationService().saveAuthorization(authorization));
    }

    void deleteAuthorization(String id) {
        write(() -> engine.getAuthorizationService().deleteAuthorization(id));
    }

    /** Inside a command of our own, as a step of a process would. */
    private void write(Runnable write) {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    write.run();
                    return true;
                });
    }
}
