package io.gatehouse.engine;

import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an executor with nothing to do from asking the database without a pause, which it does if it may not wait as
 * long ({@code camunda.bpm.job-execution.max-wait}) as it waits the first time ({@code wait-time-in-millis}, 5 seconds).
 */
final class IdleWaits {

    private IdleWaits() {}

    static void shorten(@Nullable JobExecutor executor) {
        if (executor != null && executor.getMaxWait() < executor.getWaitTimeInMillis()) {
            executor.setWaitTimeInMillis(Math.toIntExact(executor.getMaxWait()));
        }
    }
}
