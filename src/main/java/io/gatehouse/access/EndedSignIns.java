package io.gatehouse.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The people whose sign-ins this node has ended, each with the first era that is still good; other nodes ask the database. */
@Component
class EndedSignIns {

    private final Map<String, Long> firstGood = new ConcurrentHashMap<>();

    /** Takes effect with the commit: an era that is never written would keep the person out. */
    void endBefore(String person, long era) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                firstGood.merge(person, era, Math::max);
            }
        });
    }

    boolean cover(Authentication signedIn) {
        return signedIn.getDetails() instanceof SignInEra era
                && era.number() < firstGood.getOrDefault(signedIn.getName(), 0L);
    }
}
