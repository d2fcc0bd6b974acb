package io.gatehouse.access;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Holds a password against what is stored, at a growing price for whoever guesses. */
@Component
@Profile("!keycloak")
public class PasswordCheck {

    private final ReentrantLock[] queues =
            Stream.generate(ReentrantLock::new).limit(256).toArray(ReentrantLock[]::new);
    private final IdentityService identities;
    private final EngineIdentities writes;
    private final PersonStates states;
    private final StrongPasswords passwords;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PasswordCheck(
            @Lazy IdentityService identities,
            EngineIdentities writes,
            PersonStates states,
            StrongPasswords passwords,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.identities = identities;
        this.writes = writes;
        this.states = states;
        this.passwords = passwords;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whether that is the person's password and they may come in; takes about as long for every answer, but for an empty
     * name or password, which are nobody's.
     */
    public boolean passes(String id, String password) {
        if (id.isEmpty() || password.isEmpty()) {
            return false;
        }
        if (find(id).filter(this::isAwaited).isEmpty()) {
            passwords.pretendToCheck(password);
            return false;
        }
        // One after the other for each person, or a hundred guesses at once would all come before the first pause.
        ReentrantLock queue = queues[Math.floorMod(id.hashCode(), queues.length)];
        queue.lock();
        try {
            return Boolean.TRUE.equals(transactions.execute(status -> check(id, password)));
        } catch (OptimisticLockingException e) {
            return false; // another node has counted a wrong one at this moment
        } finally {
            queue.unlock();
        }
    }

    private boolean check(String id, String password) {
        if (find(id).filter(this::isAwaited).isEmpty()) {
            return false; // paused by whoever was before us in the queue
        }
        if (!identities.checkPassword(id, password)) {
            find(id).ifPresent(this::tell);
            return false;
        }
        renewHash(id, password);
        return true;
    }

    /** MySQL takes {@code "rita "} for {@code "rita"}; records would take them for two people. */
    private Optional<UserEntity> find(String id) {
        User user = identities.createUserQuery().userId(id).singleResult();
        return Optional.ofNullable((UserEntity) user)
                .filter(found -> found.getId().equals(id));
    }

    private boolean isAwaited(UserEntity person) {
        Date until = person.getLockExpirationTime();
        return (until == null || !clock.instant().isBefore(until.toInstant())) && !states.isDisabled(person.getId());
    }

    private void tell(UserEntity person) {
        Date until = person.getLockExpirationTime();
        Instant pausedUntil = until == null ? clock.instant() : until.toInstant();
        events.publishEvent(new SignInFailed(
                person.getId(), person.getAttempts(), pausedUntil, person.getAttempts() == BuiltInPeople.LOCKED_AFTER));
    }

    private void renewHash(String id, String password) {
        find(id).filter(person -> passwords.isOutdated(person.getPassword())).ifPresent(person -> {
            person.setPassword(password);
            writes.saveUser(person);
            events.publishEvent(new PersonWritten(id, "PasswordHashRenewed"));
        });
    }
}
