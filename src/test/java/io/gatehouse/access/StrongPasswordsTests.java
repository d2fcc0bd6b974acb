package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class StrongPasswordsTests {

    private final StrongPasswords passwords =
            new StrongPasswords(StrongPasswords.LEAST_ITERATIONS, new MockEnvironment());
    private final StrongPasswords quick = new QuickPasswords().quickPasswords();

    @Test
    void hashesWithAllTheWork() {
        String hash = passwords.encrypt("correct horse battery staple");

        assertThat(hash).matches("210000\\$[0-9a-f]{160}");
        assertThat(passwords.check("correct horse battery staple", hash)).isTrue();
    }

    @Test
    void hashesWithASaltOfItsOwn() {
        String hash = quick.encrypt("correct horse battery staple");

        assertThat(quick.encrypt("correct horse battery staple")).isNotEqualTo(hash);
        assertThat(quick.check("correct horse battery staple", hash)).isTrue();
        assertThat(quick.check("correct horse battery stapler", hash)).isFalse();
    }
}
