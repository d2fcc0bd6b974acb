package io.gatehouse.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.api.ProblemException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts values with AES-256-GCM. Name and version of a secret are part of what the tag proves, so a value neither
 * works in another row nor as an older or newer version of its own.
 */
class SecretCipher {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeys keys;

    SecretCipher(SecretKeys keys) {
        this.keys = keys;
    }

    SecretKeys keys() {
        return keys;
    }

    /**
     * Encrypts with the first key.
     *
     * @throws ProblemException {@code no-secret-key} if there is none
     */
    Sealed seal(String name, long version, String value) {
        String id = keys.first().orElseThrow(SecretCipher::noKey);
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, id, name, version, nonce).doFinal(value.getBytes(UTF_8));
            return new Sealed(id, nonce, ciphertext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
        }
    }

    /** @throws SecretUnreadable if its key is missing, or anything of it is not as it was sealed */
    String open(String name, long version, Sealed sealed) {
        if (keys.find(sealed.keyId()).isEmpty()) {
            throw SecretUnreadable.withoutKey(name, sealed.keyId());
        }
        try {
            return new String(
                    cipher(Cipher.DECRYPT_MODE, sealed.keyId(), name, version, sealed.nonce())
                            .doFinal(sealed.ciphertext()),
                    UTF_8);
        } catch (GeneralSecurityException altered) {
            throw SecretUnreadable.altered(name);
        }
    }

    private Cipher cipher(int mode, String keyId, String name, long version, byte[] nonce)
            throws GeneralSecurityException {
        SecretKey key = keys.find(keyId).orElseThrow();
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        // No name holds a space, so no two pairs make the same text.
        cipher.updateAAD(("gatehouse secret " + name + " " + version).getBytes(UTF_8));
        return cipher;
    }

    private static ProblemException noKey() {
        return ProblemException.conflict(
                "no-secret-key",
                "No key to store secrets with",
                "Set GATEHOUSE_SECRET_KEYS to <id>:<key>, where 'openssl rand -base64 32' makes a key and the id is a word of"
                        + " yours such as k1, on every node, and start again. Keep a copy outside the database.");
    }
}
