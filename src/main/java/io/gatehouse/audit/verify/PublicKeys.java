package io.gatehouse.audit.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public Ed25519 keys an auditor has, by the first 16 hexadecimal digits of SHA-256 of each as it is encoded. */
final class PublicKeys {

    private final Map<String, PublicKey> byId = new HashMap<>();

    /** Reads PEM files. */
    PublicKeys(Collection<Path> files) throws IOException {
        for (Path file : files) {
            String text = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
            try {
                byte[] der = Base64.getMimeDecoder().decode(text);
                byId.put(
                        Sha256.hex(der).substring(0, 16),
                        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(file + " is not a public Ed25519 key: " + e.getMessage());
            }
        }
    }

    @Nullable
    PublicKey find(String id) {
        return byId.get(id);
    }
}
