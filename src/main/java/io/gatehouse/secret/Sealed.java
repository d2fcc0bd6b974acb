package io.gatehouse.secret;

/**
 * A value as it is stored.
 *
 * @param nonce 96 bits, never used twice
 * @param ciphertext with the authentication tag at its end
 */
record Sealed(String keyId, byte[] nonce, byte[] ciphertext) {}
