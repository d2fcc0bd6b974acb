package io.gatehouse.engine;

import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.springframework.stereotype.Component;

/** Sends messages to running processes by their business key. */
@Component
public class ProcessMessages {

    private final RuntimeService runtime;
    private final OnBehalfOfTheSystem system;

    ProcessMessages(RuntimeService runtime, OnBehalfOfTheSystem system) {
        this.runtime = runtime;
        this.system = system;
    }

    /**
     * Whether somebody waited for it; a message nobody waits for is dropped, so its fact must stand in our tables.
     *
     * @throws OptimisticLockingException if whoever waited went on in this moment
     */
    public boolean send(String message, String number) {
        try {
            return system.run(context -> !runtime.createMessageCorrelation(message)
                    .processInstanceBusinessKey(number)
                    .correlateAllWithResult()
                    .isEmpty());
        } catch (NullValueException subscriptionGone) {
            // The engine finds who waits and then reads what for; between the two another transaction may commit.
            throw new OptimisticLockingException("Whoever waited for " + message + " in " + number + " has gone on");
        }
    }
}
