package io.gatehouse.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A real Keycloak for tests with the realm of {@code docker/keycloak}, started once per JVM when first asked for, about
 * 10 s of processor time. It listens on the loopback address only and ends, data included, with this JVM even if that is
 * killed.
 *
 * <p>People reach it through a relay of ours, so that a test can take it away and give it back.
 */
public final class KeycloakServer {

    /** The version that is tested and that {@code docker/compose.yaml} runs. */
    public static final String VERSION = "26.7.3";

    /** The realm that comes with the product. */
    public static final Path REALM = Path.of("docker/keycloak/realm.json").toAbsolutePath();

    private static final Path CONF = Path.of("docker/keycloak/keycloak.conf").toAbsolutePath();
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Once<KeycloakServer> SHARED = new Once<>(KeycloakServer::start);

    private final Process process; // kept, because a collected one could take its pipe, and with it the server, along
    private final Relay relay;
    private final Secrets secrets;
    private final URI gatehouse;

    /** What an operator sets when the realm is imported. */
    record Secrets(String administrator, String client, String identity) {

        static Secrets random() {
            return new Secrets(
                    UUID.randomUUID().toString(),
                    UUID.randomUUID().toString(),
                    UUID.randomUUID().toString());
        }
    }

    private KeycloakServer(Process process, Relay relay, Secrets secrets, URI gatehouse) {
        this.process = process;
        this.relay = relay;
        this.secrets = secrets;
        this.gatehouse = gatehouse;
    }

    /** @throws ResourceUnavailableException if this machine has no way to one */
    public static KeycloakServer shared() {
        return SHARED.get();
    }

    private static KeycloakServer start() {
        Path home = unpack();
        int port = GatehouseProcess.freePort();
        Relay relay = Relay.to(port);
        URI gatehouse = URI.create("http://localhost:" + GatehouseProcess.freePort());
        Secrets secrets = Secrets.random();
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        Program.script("/keycloak/run-keycloak.sh").toString(),
                        "" + port,
                        address(relay).toString(),
                        home.toString(),
                        REALM.toString())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakRealm.ADMINISTRATOR,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.administrator(),
                        "GATEHOUSE_URL", gatehouse.toString(),
                        "GATEHOUSE_CLIENT_SECRET", secrets.client(),
                        "GATEHOUSE_IDENTITY_SECRET", secrets.identity()));
        try {
            Process process = builder.start();
            awaitReady(process, address(relay).resolve("/realms/gatehouse"));
            return new KeycloakServer(process, relay, secrets, gatehouse);
        } catch (IOException e) {
            throw new ResourceUnavailableException("No Keycloak to test with: " + e.getMessage() + ".");
        }
    }

    private static Path unpack() {
        String home =
                Path.of(System.getProperty("user.home"), ".cache", "gatehouse").toString();
        Path cache = Path.of(System.getProperty("gatehouse.test.cache", home), "keycloak");
        Program.Result unpacked = Program.run(
                Duration.ofMinutes(10),
                "bash",
                Program.script("/keycloak/unpack-keycloak.sh").toString(),
                cache.toString(),
                VERSION,
                CONF.toString());
        if (unpacked.failed()) {
            throw new ResourceUnavailableException("No Keycloak to test with: " + unpacked.lastLine() + ".");
        }
        return cache.resolve(VERSION);
    }

    private static void awaitReady(Process process, URI realm) throws IOException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(realm).timeout(Duration.ofSeconds(10)).build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        try {
            while (!answers(client, request)) {
                if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    throw new IOException("it did not start (" + said.strip().replace("\n", "; ") + ")");
                }
                if (System.nanoTime() > deadline) {
                    process.getOutputStream().close();
                    throw new IOException("it was not ready after " + START_LIMIT.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak was starting", e);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static URI address(Relay relay) {
        return URI.create("http://localhost:" + relay.port());
    }

    public URI address() {
        return address(relay);
    }

    public URI issuer() {
        return address().resolve("/realms/gatehouse");
    }

    /** Where the realm expects Gatehouse: the one address people are sent back to. */
    public URI gatehouse() {
        return gatehouse;
    }

    /** Opens the administration of the realm. */
    public KeycloakRealm realm() {
        return new KeycloakRealm(address(), secrets.administrator());
    }

    /** The settings with which Gatehouse uses this server, as {@code name=value}. */
    public List<String> settings() {
        return List.of(
                "gatehouse.keycloak.issuer=" + issuer(),
                "gatehouse.keycloak.client-secret=" + secrets.client(),
                "gatehouse.keycloak.identity-secret=" + secrets.identity());
    }

    /** Makes it unreachable: connections end, new ones are refused. */
    public void goAway() {
        relay.close();
    }

    /** Makes it reachable again. */
    public void comeBack() {
        relay.open();
    }
}
