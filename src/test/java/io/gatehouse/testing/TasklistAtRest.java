package io.gatehouse.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * As {@link SampleAtRest}, with the engine's web applications behind a real door. They know one engine in a JVM, the last
 * that was started, so it has a JVM of its own.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("webapps-at-rest")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "gatehouse.rollout.dispatch=false",
            "gatehouse.api.rate.burst=1000000",
            "gatehouse.api.refusals.burst=100000"
        })
@ActiveProfiles("sample")
@Import(NothingByItself.class)
public @interface TasklistAtRest {}
