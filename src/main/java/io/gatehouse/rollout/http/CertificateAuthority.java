package io.gatehouse.rollout.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose signature on a tool's certificate is believed, in place of all those that the Java installation believes. The
 * name in the certificate is verified all the same.
 */
final class CertificateAuthority {

    private CertificateAuthority() {}

    /**
     * Reads certificates of authorities.
     *
     * @param file one or more in PEM, as a cluster hands them out in {@code ca.crt}
     * @throws IllegalArgumentException in a sentence for the operator, if there are none
     */
    static SSLContext read(String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (authorities.isEmpty()) {
                throw new IllegalArgumentException("the file " + file + " has no certificate in it");
            }
            return trusting(authorities);
        } catch (IOException | InvalidPathException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("the file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static SSLContext trusting(Collection<? extends Certificate> authorities)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
