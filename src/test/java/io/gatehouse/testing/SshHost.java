package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A host that can be reached by SSH only: a real server on another loopback address, with keys that were made for it. Its
 * file system is this machine's.
 */
public final class SshHost implements AutoCloseable {

    public static final String ADDRESS = "127.0.0.2";

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Once<Path> ROOT = new Once<>(SshHost::look);

    private final Process process;
    private final Path data;
    private final int port;

    private SshHost(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /** Starts one. */
    public static SshHost start() {
        int port = GatehouseProcess.freePort();
        try {
            Path data = Files.createTempDirectory("gatehouse-ssh-");
            Process process = new ProcessBuilder(
                            "bash",
                            Program.script("/ssh/run-sshd.sh").toString(),
                            root().toString(),
                            ADDRESS,
                            Integer.toString(port),
                            data.toString())
                    .redirectErrorStream(true)
                    .start();
            SshHost host = new SshHost(process, data, port);
            host.awaitListening();
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server is, which is looked for once. */
    static Path root() {
        return ROOT.get();
    }

    private static Path look() {
        if (Program.onPath("ssh").findFirst().isEmpty()) {
            throw new ResourceUnavailableException("No SSH to test with: this machine has no client.");
        }
        try {
            return UnpackedPackage.inCache(
                            "sshd",
                            "-",
                            "openssh-server",
                            // The C library is this machine's own, and nothing is configured here.
                            "^(libc6|libgcc-s1|gcc-.*|tar|dpkg|debconf|perl.*|libperl.*|adduser|passwd|openssh-.*"
                                    + "|init-system-helpers|ucf|procps|libpam-.*)$",
                            "test -x \"$ROOT/usr/sbin/sshd\"")
                    .root();
        } catch (ResourceUnavailableException e) {
            throw new ResourceUnavailableException("No SSH to test with: " + e.getMessage() + ".");
        }
    }

    public int port() {
        return port;
    }

    /** The private key with which whoever runs the tests may sign in as themselves. */
    public Path key() {
        return data.resolve("key");
    }

    /** The host key, as a client is told it beforehand. */
    public Path knownHosts() {
        return data.resolve("known_hosts");
    }

    private void awaitListening() throws IOException {
        Instant end = Instant.now().plus(START_LIMIT);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IllegalStateException("The SSH server did not start: "
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            pause();
        }
    }

    private void pause() {
        try {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(ADDRESS, port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException gone) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
