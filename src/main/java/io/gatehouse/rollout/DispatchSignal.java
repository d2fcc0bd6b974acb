package io.gatehouse.rollout;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes this node's dispatcher as soon as the running transaction has left it something to do. */
@Component
class DispatchSignal {

    private final Semaphore work = new Semaphore(0);

    void afterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                now();
            }
        });
    }

    void now() {
        work.release();
    }

    /** Waits for a signal, or for the pause to end; true if there was a signal. */
    boolean await(Duration pause) throws InterruptedException {
        boolean signalled = work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        if (signalled) {
            work.drainPermits();
        }
        return signalled;
    }
}
