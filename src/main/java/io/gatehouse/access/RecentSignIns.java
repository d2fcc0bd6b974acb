package io.gatehouse.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * The sign-ins that succeeded a moment ago, so that a pipeline's next call need not ask the database who it is. Holds no
 * password: an entry is found by a keyed hash, and the key never leaves this JVM.
 */
@Component
class RecentSignIns {

    /** How long a sign-in is believed. */
    static final Duration KEPT = Duration.ofSeconds(60);

    static final int MOST = 10_000;

    private static final String ALGORITHM = "HmacSHA256";

    private record SignIn(Authentication authentication, Instant until) {}

    private final ReentrantLock[] queues =
            Stream.generate(ReentrantLock::new).limit(256).toArray(ReentrantLock[]::new);
    private final Map<String, SignIn> byHash = new ConcurrentHashMap<>();
    private final SecretKeySpec key = newKey();
    private final Clock clock;

    RecentSignIns(Clock clock) {
        this.clock = clock;
    }

    Optional<Authentication> find(String id, String password) {
        return Optional.ofNullable(byHash.get(hash(id, password)))
                .filter(signIn -> clock.instant().isBefore(signIn.until))
                .map(SignIn::authentication);
    }

    void add(String id, String password, Authentication authentication) {
        Instant now = clock.instant();
        if (byHash.size() >= MOST) {
            byHash.values().removeIf(signIn -> !now.isBefore(signIn.until));
        }
        if (byHash.size() < MOST) {
            byHash.put(hash(id, password), new SignIn(authentication, now.plus(KEPT)));
        }
    }

    /**
     * Lets one caller at a time check this person's password. A slow hash is meant to be slow: when a sign-in is no longer
     * believed, a tool's calls that come together must not each pay for it, but wait for the first.
     */
    Authentication alone(String id, String password, Supplier<Authentication> check) {
        ReentrantLock queue = queues[Math.floorMod(hash(id, password).hashCode(), queues.length)];
        queue.lock();
        try {
            return check.get();
        } finally {
            queue.unlock();
        }
    }

    private static SecretKeySpec newKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private String hash(String id, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(id.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }
}
