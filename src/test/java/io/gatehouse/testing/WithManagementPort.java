package io.gatehouse.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;

/**
 * The sample organisation with its management port, both on free ports. Everything that Spring Boot could offer there is
 * there, so that what is closed is closed by us.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnH2
@ActiveProfiles({"sample", "management"})
@Tag("sample")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "management.endpoints.web.exposure.include=*",
            "gatehouse.api.refusals.per-second=1",
            "gatehouse.api.refusals.burst=60",
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.webapp.enabled=false",
            "gatehouse.sample.releases=false"
        })
public @interface WithManagementPort {}
