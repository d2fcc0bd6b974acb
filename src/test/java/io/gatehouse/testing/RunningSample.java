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
import org.springframework.test.context.ActiveProfiles;

/**
 * The product as {@code mvn spring-boot:run} starts it, on a free port, a database in memory and without a rate limit. Its
 * timers are looked at each second, so that nobody waits up to ten for a window that is open.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("sample")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "gatehouse.api.rate.per-second=1000000",
            "gatehouse.api.rate.burst=1000000",
            "camunda.bpm.job-execution.max-wait=1000"
        })
@ActiveProfiles("sample")
@OnH2
public @interface RunningSample {}
