package io.gatehouse.engine;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** Begins processes somewhere else than at their start, which nobody can from outside. */
@Component
public class ProcessStarts {

    private final RuntimeService runtime;
    private final OnBehalfOfTheSystem system;

    ProcessStarts(RuntimeService runtime, OnBehalfOfTheSystem system) {
        this.runtime = runtime;
        this.system = system;
    }

    /** Begins the latest version of a process before one of its activities. */
    public void before(String activity, String process, String number, Map<String, Object> variables) {
        system.run(context -> runtime.createProcessInstanceByKey(process)
                .businessKey(number)
                .setVariables(variables)
                .startBeforeActivity(activity)
                .execute());
    }
}
