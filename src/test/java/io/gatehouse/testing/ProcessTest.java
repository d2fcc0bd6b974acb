package io.gatehouse.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * The whole application without its web applications and with nothing running by itself: jobs are executed by the test,
 * time stands still until the test moves {@link TestClock}. One context per database serves every such test.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.webapp.enabled=false",
            "gatehouse.rollout.dispatch=false"
        })
@Import({ProcessTestConfiguration.class, ProcessCoverage.Recording.class})
@ExtendWith(ProcessCoverage.class)
public @interface ProcessTest {}
