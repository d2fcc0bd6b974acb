package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class StrongPasswordsTests {

    private final StrongPasswords passwords =
            new StrongPasswords(StrongPasswords.LEAST_ITERATIONS, new MockEnvironment());

    @Test
    void hashesWithAllTheWorkAndASaltOfItsOwn() {
        String hash = passwords.encrypt("correct horse battery staple");

        assertThat(hash).matches("210000\\$[0-9a-f]{160}");
        assertThat(passwords.encrypt("correct horse battery staple")).isNotEqualTo(hash);
        assertThat(passwords.check("correct horse battery staple", hash)).isTrue();
        assertThat(passwords.check("correct horse battery stapler", hash)).isFalse();
    }
}
