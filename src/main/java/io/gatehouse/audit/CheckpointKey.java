package io.gatehouse.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The Ed25519 key that checkpoints are signed with; whoever has the public half can check them. */
final class CheckpointKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String HOW = "; make one with: openssl genpkey -algorithm ed25519 -out checkpoint-key.pem";

    private final PrivateKey secret;
    private final PublicKey open;

    private CheckpointKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
    }

    /**
     * Reads a key as OpenSSL writes it: PKCS #8, as PEM or as the base64 of it alone.
     *
     * @throws IllegalArgumentException with one line that does not show the key
     */
    static CheckpointKey parse(String text) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            PrivateKey secret = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            return new CheckpointKey(secret, openHalf(secret));
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            // Not as the cause: its message may quote the key.
            throw new IllegalArgumentException("it is not a private Ed25519 key in PKCS #8" + HOW);
        }
    }

    static CheckpointKey create() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new CheckpointKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime since 15 has Ed25519", e);
        }
    }

    /** The JDK has no other way from a private key to its public half than to make the pair again from the same bytes. */
    private static PublicKey openHalf(PrivateKey secret) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) secret)
                .getBytes()
                .orElseThrow(() -> new InvalidAlgorithmParameterException("a key that cannot be read"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return generator.generateKeyPair().getPublic();
    }

    /** How checkpoints name it: the first 16 hexadecimal digits of SHA-256 of the public key as it is encoded. */
    String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(open.getEncoded());
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** The signature in base64. */
    String sign(String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing with a key that was accepted cannot fail", e);
        }
    }

    String secretPem() {
        return pem("PRIVATE KEY", secret.getEncoded());
    }

    String openPem() {
        return pem("PUBLIC KEY", open.getEncoded());
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n" + Base64.getEncoder().encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }

    @Override
    public String toString() {
        return "CheckpointKey " + id();
    }
}
