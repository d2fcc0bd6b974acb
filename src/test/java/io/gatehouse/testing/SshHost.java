package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A host that can be reached by SSH only: a real server on another loopback address, with keys that were made for it. Its
 * file system is this machine's.
 */
public final class SshHost implements AutoCloseable {

    public static final String ADDRESS = "127.0.0.2";

    private static final Once<Path> ROOT = new Once<>(SshHost::look);

    private final ScriptedServer server;
    private final Path data;
    private final int port;

    private SshHost(ScriptedServer server, Path data, int port) {
        this.server = server;
        this.data = data;
        this.port = port;
    }

    /** Starts one. */
    public static SshHost start() {
        int port = GatehouseProcess.freePort();
        try {
            Path data = Files.createTempDirectory("gatehouse-ssh-");
            return new SshHost(
                    ScriptedServer.start(
                            "The SSH server",
                            ADDRESS,
                            port,
                            "/ssh/run-sshd.sh",
                            root().toString(),
                            ADDRESS,
                            Integer.toString(port),
                            data.toString()),
                    data,
                    port);
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

    @Override
    public void close() {
        server.close();
    }
}
