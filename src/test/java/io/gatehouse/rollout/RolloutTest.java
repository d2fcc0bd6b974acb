package io.gatehouse.rollout;

import io.gatehouse.access.QuickPasswords;
import io.gatehouse.testing.NoMockedBeans;
import io.gatehouse.testing.ProcessCoverage;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole application with tools that do as they are told; jobs and commands run only when a test says so. */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureMockMvc
@NoMockedBeans
@Import({
    ScriptedTools.class,
    JournaledTools.class,
    MortalNode.class,
    RolloutDriver.class,
    QuickPasswords.class,
    ProcessCoverage.Recording.class
})
@ExtendWith(ProcessCoverage.class)
@Tag("rollout")
@SpringBootTest(
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "gatehouse.rollout.dispatch=false",
            "gatehouse.rollout.retry-pause=0s",
            "gatehouse.rollout.patience=0s",
            "gatehouse.rollout.settle=0s",
            "gatehouse.api.rate.burst=1000000"
        })
@interface RolloutTest {}
