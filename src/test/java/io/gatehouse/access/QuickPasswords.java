package io.gatehouse.access;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.mock.env.MockEnvironment;

/**
 * Hashes passwords as the product does, with little work for each, as the sample does. How much work it is otherwise is
 * known by {@link StrongPasswordsTests} and {@link PasswordCheckTests}.
 */
@TestConfiguration(proxyBeanMethods = false)
public class QuickPasswords {

    static final int ITERATIONS = 1000;

    @Bean
    @Primary
    StrongPasswords quickPasswords() {
        MockEnvironment sample = new MockEnvironment();
        sample.setActiveProfiles("sample");
        return new StrongPasswords(ITERATIONS, sample);
    }
}
