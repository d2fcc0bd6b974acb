package io.gatehouse.testing;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.ServiceImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;

/** Calls the engine as code of ours inside one of its commands would: past whatever stands at its doors. */
public final class InsideTheEngine {

    private InsideTheEngine() {}

    public static void run(ProcessEngine engine, Runnable calls) {
        run(
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                        .getCommandExecutorTxRequired(),
                calls);
    }

    /** The same, where a test has no more of the engine than this. */
    public static void run(IdentityService identities, Runnable calls) {
        run(((ServiceImpl) identities).getCommandExecutor(), calls);
    }

    private static void run(CommandExecutor commands, Runnable calls) {
        commands.execute(context -> {
            context.runWithoutAuthorization(() -> {
                calls.run();
                return null;
            });
            return null;
        });
    }
}
