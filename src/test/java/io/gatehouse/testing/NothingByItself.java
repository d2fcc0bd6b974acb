package io.gatehouse.testing;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** No sweep of the application runs beside a test. */
@TestConfiguration(proxyBeanMethods = false)
class NothingByItself {

    @Bean
    IdleScheduler taskScheduler() {
        return new IdleScheduler();
    }
}
