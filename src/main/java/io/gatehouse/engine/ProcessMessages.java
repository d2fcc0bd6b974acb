package io.gatehouse.engine;

import org.camunda.bpm.engine.RuntimeService;
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

    /** Whether somebody waited for it; a message nobody waits for is dropped, so its fact must stand in our tables. */
    public boolean send(String message, String number) {
        return system.run(context -> !runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(number)
                .correlateAllWithResult()
                .isEmpty());
    }
}
