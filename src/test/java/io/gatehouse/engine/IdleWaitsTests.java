package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.BackoffJobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An executor with nothing to do waits, however seldom or often it is told to ask. */
class IdleWaitsTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 500, 1_000, 4_999, 5_000, 5_001, 10_000, 60_000})
    void areNeverNothingNorLongerThanAllowed(long longest) {
        DefaultJobExecutor executor = new DefaultJobExecutor();
        executor.setMaxWait(longest);

        IdleWaits.shorten(executor);

        BackoffJobAcquisitionStrategy strategy = new BackoffJobAcquisitionStrategy(executor);
        for (int round = 0; round < 20; round++) {
            JobAcquisitionContext nothing = new JobAcquisitionContext();
            nothing.submitAcquiredJobs("engine", new AcquiredJobs(20));
            strategy.reconfigure(nothing);

            assertThat(strategy.getWaitTime()).isBetween(1L, longest);
        }
        assertThat(strategy.getWaitTime()).isEqualTo(longest);
    }
}
