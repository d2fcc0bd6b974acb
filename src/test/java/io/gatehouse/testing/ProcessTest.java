package io.gatehouse.testing;

import io.gatehouse.access.QuickPasswords;
import io.gatehouse.change.TableFixture;
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

/**
 * The whole application without its web applications and with nothing running by itself: jobs are executed by the test,
 * time stands still until the test moves {@link TestClock}. One context and one database of either kind serve every such
 * test, who each use keys of their own.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureMockMvc
@NoMockedBeans
@SpringBootTest(
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.webapp.enabled=false",
            "gatehouse.rollout.dispatch=false",
            // The same few people ask for all of these tests.
            "gatehouse.api.rate.burst=1000000"
        })
@Import({
    ProcessTestConfiguration.class,
    NothingByItself.class,
    QuickPasswords.class,
    TableFixture.class,
    ProcessCoverage.Recording.class
})
@ExtendWith(ProcessCoverage.class)
@Tag("process")
public @interface ProcessTest {}
