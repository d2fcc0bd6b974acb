package io.gatehouse.rollout;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Repeats a transaction that lost against another one at the same rows. Inside a caller's transaction nothing can be
 * repeated; there the caller gets the failure.
 */
@Component
class Contention {

    private static final int ATTEMPTS = 20;

    private final TransactionTemplate transaction;

    Contention(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    <T> T survive(Supplier<T> useCase) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return useCase.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> useCase.get());
            } catch (OptimisticLockingException | PessimisticLockingFailureException lost) {
                if (attempt == ATTEMPTS) {
                    throw lost;
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        long millis = ThreadLocalRandom.current().nextLong(5, 10L + 10L * attempt);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
