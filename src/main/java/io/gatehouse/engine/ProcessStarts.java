package io.gatehouse.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
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

    /** Begins the latest version of a process at its start; whoever has it begin need not know of the process. */
    public void start(String process, String number, Map<String, Object> variables) {
        system.run(context -> runtime.startProcessInstanceByKey(process, number, variables));
    }

    /** Begins the latest version of a process before one of its activities. */
    public void before(String activity, String process, String number, Map<String, Object> variables) {
        before(List.of(activity), process, number, variables);
    }

    /** Begins the latest version of a process before some of its activities or gateways, with a token for each. */
    public void before(List<String> places, String process, String number, Map<String, Object> variables) {
        system.run(context -> {
            ProcessInstantiationBuilder start = runtime.createProcessInstanceByKey(process)
                    .businessKey(number)
                    .setVariables(variables);
            places.forEach(start::startBeforeActivity);
            return start.execute();
        });
    }
}
