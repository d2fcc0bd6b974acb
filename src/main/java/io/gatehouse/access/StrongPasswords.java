package io.gatehouse.access;

import io.gatehouse.api.StartRefused;
import java.text.Normalizer;
import org.camunda.bpm.engine.impl.digest.PasswordEncryptor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with PBKDF2-HMAC-SHA512 and a salt of its own for each. Not with bcrypt: the engine appends a salt to
 * what a person chose, and bcrypt looks at the first 72 bytes only. What looks the same on two keyboards is the same
 * password (NFKC); the engine's salt is ASCII and stays as it is.
 */
@Component
@Profile("!keycloak")
class StrongPasswords implements PasswordEncryptor {

    /** The least work that OWASP's Password Storage Cheat Sheet asks for with this algorithm. */
    static final int LEAST_ITERATIONS = 210_000;

    private static final String NAME = "PBKDF2-SHA512";
    private static final int SALT_BYTES = 16;

    private final int iterations;

    StrongPasswords(
            @Value("${gatehouse.passwords.iterations:" + LEAST_ITERATIONS + "}") int iterations,
            Environment environment) {
        if (iterations < LEAST_ITERATIONS && !environment.acceptsProfiles(Profiles.of("sample"))) {
            throw new StartRefused("gatehouse.passwords.iterations is " + iterations + "; it must be at least "
                    + LEAST_ITERATIONS + ", or a stolen database gives its passwords away.");
        }
        this.iterations = iterations;
    }

    @Override
    public String encrypt(String password) {
        return iterations + "$" + encoder(iterations).encode(normal(password));
    }

    @Override
    public boolean check(String password, String encrypted) {
        String[] parts = encrypted.split("\\$", 2);
        return encoder(Integer.parseInt(parts[0])).matches(normal(password), parts[1]);
    }

    @Override
    public String hashAlgorithmName() {
        return NAME;
    }

    /** Whether a hash, as the engine stores it, was made in another way than hashes are made now. */
    boolean isOutdated(String stored) {
        return !stored.startsWith("{" + NAME + "}" + iterations + "$");
    }

    /** Takes as long as a check, so that nobody can tell by the time who exists. */
    void pretendToCheck(String password) {
        encoder(iterations).encode(password);
    }

    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static Pbkdf2PasswordEncoder encoder(int iterations) {
        return new Pbkdf2PasswordEncoder("", SALT_BYTES, iterations, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA512);
    }
}
