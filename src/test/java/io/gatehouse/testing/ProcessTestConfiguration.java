package io.gatehouse.testing;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What every {@link ProcessTest} gets in place of the real thing. */
@TestConfiguration(proxyBeanMethods = false)
class ProcessTestConfiguration {

    @Bean
    @Primary
    TestClock testClock() {
        return new TestClock();
    }
}
