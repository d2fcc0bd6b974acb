package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A host that can be reached by SSH only: a real server in a network namespace of its own, at the other end of a virtual
 * cable, with keys that were made for it. Its file system is this machine's. Where no namespace can be had the server runs
 * on another loopback address, which is said in one sentence.
 */
public final class SshHost implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.2";

    /** Does and undoes what a namespace with a cable needs. */
    private static final String TRY =
            """
            set -e; n=gh-try-$$; trap 'ip netns delete $n' EXIT
            ip netns add $n; ip link add $n type veth peer name cable netns $n; ip netns exec $n true""";

    private static final Once<Path> ROOT = new Once<>(SshHost::look);
    private static final Once<Boolean> NAMESPACES = new Once<>(SshHost::namespacesCanBeHad);

    private final ScriptedServer server;
    private final String address;
    private final Path data;
    private final int port;

    private SshHost(ScriptedServer server, String address, Path data, int port) {
        this.server = server;
        this.address = address;
        this.data = data;
        this.port = port;
    }

    /** Starts one. */
    public static SshHost start() {
        int port = GatehouseProcess.freePort();
        boolean itsOwnNetwork = NAMESPACES.get();
        String address = itsOwnNetwork ? inCable(port, 2) : LOOPBACK;
        try {
            Path data = Files.createTempDirectory("gatehouse-ssh-");
            return new SshHost(
                    ScriptedServer.start(
                            "The SSH server",
                            address,
                            port,
                            "/ssh/run-sshd.sh",
                            root().toString(),
                            address,
                            Integer.toString(port),
                            data.toString(),
                            itsOwnNetwork ? inCable(port, 1) : ""),
                    address,
                    data,
                    port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address in 198.18.0.0/15, which is for tests (RFC 2544). A free port gives two that nobody else uses. */
    private static String inCable(int port, int end) {
        int host = port * 4 + end;
        return "198.%d.%d.%d".formatted(18 + (host >> 16 & 1), host >> 8 & 255, host & 255);
    }

    private static boolean namespacesCanBeHad() {
        Program.Result tried = Program.run(Duration.ofSeconds(30), "bash", "-c", TRY);
        if (tried.failed()) {
            System.out.println("The SSH server of the tests runs on " + LOOPBACK
                    + ", because no network namespace can be had here: " + tried.lastLine());
        }
        return tried.succeeded();
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

    /** Whether only the cable leads to it. */
    public boolean hasItsOwnNetwork() {
        return !address.equals(LOOPBACK);
    }

    public String address() {
        return address;
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
