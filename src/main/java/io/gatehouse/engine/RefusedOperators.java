package io.gatehouse.engine;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.util.Map;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down that somebody tried to operate the engine by hand; the entry stays, whatever becomes of their own work. */
@Component
class RefusedOperators {

    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private volatile boolean started;

    RefusedOperators(AuditTrail trail, PlatformTransactionManager transactions) {
        this.trail = trail;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Until then the engine sets itself up, and the models that ship are deployed. */
    @EventListener
    void on(ContextRefreshedEvent event) {
        started = true;
    }

    boolean isStarted() {
        return started;
    }

    ProblemException refuse(Command<?> command) {
        String action = command.getClass().getSimpleName();
        transaction.executeWithoutResult(
                status -> trail.record("engine.OperatorActionRefused", "engine", Map.of("command", action)));
        return ProblemException.forbidden(
                "operator-action",
                "Not done by hand",
                "Processes are moved, and people and permissions kept, by Gatehouse alone. Use what its API offers, or in need break-glass; this attempt ("
                        + action + ") is on record.");
    }
}
