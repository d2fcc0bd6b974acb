package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real Buildbot on the loopback address, master and worker, that takes orders as {@code docs/buildbot/gatehouse.py} lets
 * it. Its one builder writes the property {@code version} into a journal and fails if that is {@code broken}.
 */
public final class BuildbotServer implements AutoCloseable {

    /** What orders and callbacks are signed with. */
    public static final String SECRET = "whsec_QnVpbGRib3QgYW5kIEdhdGVob3VzZSBzaGFyZSBpdA==";

    private static final Once<Path> ROOT = new Once<>(BuildbotServer::unpacked);

    private final ScriptedServer server;
    private final Path data;

    private BuildbotServer(ScriptedServer server, Path data) {
        this.server = server;
        this.data = data;
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
            return new BuildbotServer(
                    ScriptedServer.start(
                            "Buildbot",
                            "127.0.0.1",
                            port,
                            "/buildbot/run-buildbot.sh",
                            root().toString(),
                            Path.of("docs/buildbot").toAbsolutePath().toString(),
                            Integer.toString(port),
                            Integer.toString(GatehouseProcess.freePort()),
                            callback,
                            SECRET,
                            data.toString()),
                    data);
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
                            "bash '" + Program.script("/buildbot/check.sh") + "' \"$ROOT\"")
                    .root();
        } catch (ResourceUnavailableException e) {
            throw new ResourceUnavailableException("No Buildbot to test with: " + e.getMessage() + ".");
        }
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

    @Override
    public void close() {
        server.close();
    }
}
