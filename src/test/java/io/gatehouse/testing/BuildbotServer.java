package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Buildbot on the loopback address, master and worker, that takes orders as {@code docs/buildbot/gatehouse.py} lets
 * it. Its one builder writes the property {@code version} into a journal and fails if that is {@code broken}.
 */
public final class BuildbotServer implements AutoCloseable {

    /** What orders and callbacks are signed with. */
    public static final String SECRET = "whsec_QnVpbGRib3QgYW5kIEdhdGVob3VzZSBzaGFyZSBpdA==";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Once<Path> ROOT = new Once<>(BuildbotServer::unpacked);

    private final Process process;
    private final Path data;
    private final int port;

    private BuildbotServer(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param port where it takes orders
     * @param callback where it tells how they ended
     */
    public static BuildbotServer start(int port, String callback) {
        try {
            Path data = Files.createTempDirectory("gatehouse-buildbot-");
            Process process = new ProcessBuilder(
                            "bash",
                            script("run-buildbot.sh"),
                            root().toString(),
                            Path.of("docs/buildbot").toAbsolutePath().toString(),
                            Integer.toString(port),
                            Integer.toString(GatehouseProcess.freePort()),
                            callback,
                            SECRET,
                            data.toString())
                    .redirectErrorStream(true)
                    .start();
            BuildbotServer server = new BuildbotServer(process, data, port);
            server.awaitListening();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the programs are, which are looked for once. */
    static Path root() {
        return ROOT.get();
    }

    private static Path unpacked() {
        try {
            return UnpackedPackage.inCache(
                            "buildbot",
                            "-",
                            "buildbot buildbot-worker",
                            // The C library is this machine's own, and nothing is configured here.
                            "^(libc6|libgcc-s1|gcc-.*|tar|dpkg|debconf|passwd|libpam.*|cython3|openssl)$",
                            "bash '" + script("check.sh") + "' \"$ROOT\"")
                    .root();
        } catch (ResourceUnavailableException e) {
            throw new ResourceUnavailableException("No Buildbot to test with: " + e.getMessage() + ".");
        }
    }

    private static String script(String name) {
        return Program.script("/buildbot/" + name).toString();
    }

    /** The versions that were built, in the order in which the builds began. */
    public List<String> journal() {
        Path journal = data.resolve("journal");
        try {
            return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() throws IOException {
        Instant end = Instant.now().plus(START_LIMIT);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IllegalStateException("Buildbot did not start: "
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            pause();
        }
    }

    private void pause() {
        try {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            process.destroy();
        }
    }
}
