package io.gatehouse.testing;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** Calls the engine as code of ours inside one of its commands would: past whatever stands at its doors. */
public final class InsideTheEngine {

    private InsideTheEngine() {}

    public static void run(ProcessEngine engine, Runnable calls) {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    context.runWithoutAuthorization(() -> {
                        calls.run();
                        return null;
                    });
                    return null;
                });
    }
}
