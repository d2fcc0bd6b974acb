package io.gatehouse.rollout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.secret.SecretText;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A tool with a certificate of its own authority is believed only by whoever was given that authority. */
class CertificateAuthorityTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Nullable
    private HttpsServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void anAuthorityThatWasGivenIsBelieved() throws Exception {
        Path tool = certificate("tool", "ip:127.0.0.1");
        serve(tool);

        assertThat(asked(CertificateAuthority.read(pem(tool))).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void noOtherIsBelieved() throws Exception {
        serve(certificate("tool", "ip:127.0.0.1"));

        assertThat(asked(null).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(asked(CertificateAuthority.read(pem(certificate("another", "ip:127.0.0.1"))))
                        .outcome())
                .isEqualTo(Outcome.NOT_REACHED);
    }

    @Test
    void aCertificateForAnotherPlaceIsNotBelieved() throws Exception {
        Path elsewhere = certificate("elsewhere", "dns:elsewhere.example.com");
        serve(elsewhere);

        assertThat(asked(CertificateAuthority.read(pem(elsewhere))).outcome()).isEqualTo(Outcome.NOT_REACHED);
    }

    @Test
    void aFileThatHasNoCertificateIsNamed() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path garbage = Files.writeString(
                directory.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        for (Path file : List.of(empty, garbage, directory.resolve("missing.pem"))) {
            assertThatThrownBy(() -> CertificateAuthority.read(file.toString()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    private ConnectorAnswer asked(@Nullable SSLContext trust) {
        String named =
                "127.0.0.1:" + Objects.requireNonNull(server).getAddress().getPort();
        HttpLimits limits = new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), DataSize.ofKilobytes(1));
        ToolAddresses addresses = new ToolAddresses(
                new OutboundProperties(List.of(named), List.of("127.0.0.0/8")), SystemDefaultDnsResolver.INSTANCE);
        ToolApi api = new ToolApi(
                "https://" + named,
                Credential.bearer(SecretText.given("token")),
                null,
                new ToolClient(limits, addresses, trust));
        return api.exchange(
                new HttpGet(api.address("version")),
                reply -> reply.isSuccess() ? ConnectorAnswer.succeeded("") : reply.notTaken());
    }

    /** A certificate that its own key has signed, so that it is its own authority. */
    private Path certificate(String name, String place) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "tool",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + place,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }

    private String pem(Path store) throws Exception {
        byte[] certificate = read(store).getCertificate("tool").getEncoded();
        String text = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(Path.of(store + ".pem"), text).toString();
    }

    private static KeyStore read(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void serve(Path store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(read(store), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(context));
        started.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        started.start();
        server = started;
    }
}
