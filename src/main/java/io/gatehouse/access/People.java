package io.gatehouse.access;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The people this installation knows, whether or not they are signed in. The engine lets whoever is at the keyboard of the
 * Tasklist find nobody but themselves; what our rules ask about others does not depend on that.
 */
@Component
public class People {

    private final ProcessEngine engine;
    private final PersonStates states;

    People(@Lazy ProcessEngine engine, PersonStates states) {
        this.engine = engine;
        this.states = states;
    }

    /** Whether there is such a person and they may sign in. */
    public boolean isActive(String id) {
        return !id.equals(SetupClosed.NOBODY)
                && ask(identities -> identities.createUserQuery().userId(id).count()) > 0
                && !states.isDisabled(id);
    }

    /** Where somebody who may sign in gets mail, if that is known. Asks whoever keeps people, so never in a transaction. */
    public Optional<String> addressOf(String id) {
        return ask(identities -> Optional.ofNullable(
                        identities.createUserQuery().userId(id).singleResult()))
                .filter(user -> !states.isDisabled(id))
                .map(User::getEmail)
                .filter(address -> !address.isBlank());
    }

    public Set<String> groupsOf(String id) {
        return ask(identities -> identities.createGroupQuery().groupMember(id).list()).stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
    }

    /** Who is in a group. Asks whoever keeps people, so never in a transaction. */
    public Set<String> membersOf(String group) {
        return ask(identities ->
                        identities.createUserQuery().memberOfGroup(group).list())
                .stream()
                .map(User::getId)
                .collect(Collectors.toSet());
    }

    private <T> T ask(Function<IdentityService, T> question) {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() -> question.apply(engine.getIdentityService())));
    }
}
