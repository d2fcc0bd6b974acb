package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.RunningSample;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A node that is told to wait for a second at most; {@link IdleWaitsTests} know what comes of it. */
@RunningSample
class IdleNodeTests {

    @Autowired
    private ProcessEngine engine;

    @Test
    void waitsNoLongerTheFirstTimeThanItEverMay() {
        JobExecutor executor =
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();

        assertThat(executor.isActive()).isTrue();
        assertThat(executor.getMaxWait()).isEqualTo(1000);
        assertThat(executor.getWaitTimeInMillis()).isEqualTo(1000);
    }
}
