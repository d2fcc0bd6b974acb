package io.gatehouse.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The product in a JVM of its own, as an operator starts it, on a free loopback port. Tests that need its real web
 * applications use it, because those keep one static context per JVM; so do tests that kill it.
 */
public final class GatehouseProcess implements AutoCloseable {

    private static final String PROFILES = "--spring.profiles.active=";
    private static final Duration READY_WITHIN = Duration.ofSeconds(300);

    private final Process process;
    private final int port;
    private final Path log;

    private GatehouseProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it, with the sample organisation unless the arguments name other profiles, and waits until it is ready.
     *
     * @param arguments further command line arguments, as {@code --gatehouse.x=y}
     */
    public static GatehouseProcess start(MySqlDatabase database, String... arguments) {
        GatehouseProcess started = launch(database, freePort(), arguments);
        started.awaitReady();
        return started;
    }

    /** Starts it with these settings and no others in this working directory and waits until it is ready. */
    public static GatehouseProcess startIn(Path directory, String... arguments) {
        try {
            GatehouseProcess started = launch(directory, freePort(), List.of(arguments), classPath());
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it without waiting. */
    public static GatehouseProcess launch(MySqlDatabase database, int port, String... arguments) {
        try {
            List<String> all = new ArrayList<>(List.of(
                    "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=" + database.username(),
                    "--spring.datasource.password=" + database.password()));
            if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith(PROFILES))) {
                all.add(PROFILES + "sample");
            }
            all.addAll(List.of(arguments));
            return launch(port, all, classPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How it ended.
     *
     * @param log everything it printed
     */
    public record End(int exitCode, String log) {}

    /** Starts it as somebody has built it who put this directory on the class path, and waits until it has ended. */
    public static End refusedWith(Path directory, String... arguments) {
        return ended(directory + File.pathSeparator + classPath(), arguments);
    }

    private static End ended(String classPath, String... arguments) {
        try (GatehouseProcess started = launch(freePort(), List.of(arguments), classPath)) {
            if (!started.process.waitFor(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Gatehouse goes on:\n" + started.log());
            }
            return new End(started.process.exitValue(), started.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static GatehouseProcess launch(int port, List<String> arguments, String classPath) throws IOException {
        return launch(Path.of(""), port, arguments, classPath);
    }

    private static GatehouseProcess launch(Path directory, int port, List<String> arguments, String classPath)
            throws IOException {
        Path log = Files.createTempFile("gatehouse-", ".log");
        List<String> command = java(classPath, "io.gatehouse.GatehouseApplication");
        command.addAll(List.of("--server.address=127.0.0.1", "--server.port=" + port));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Also when the tests end badly: nobody else would stop it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new GatehouseProcess(process, port, log);
    }

    static List<String> java(String classPath, String main) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=240m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                main));
    }

    /** The product's own class path, each entry once and no test's: the engine refuses a model it finds twice. */
    static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.contains("surefirebooter"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public void awaitReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(address().resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Gatehouse ended while starting:\n" + log());
            }
            try {
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
                process.waitFor(200, TimeUnit.MILLISECONDS);
            } catch (IOException notYet) {
                pause();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        throw new IllegalStateException("Gatehouse is not ready after " + READY_WITHIN + ":\n" + log());
    }

    /** How long the processors have worked for it so far, whatever else they had to do. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ofDays(1));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Lets it stand still as a machine does that is moved or has no time for it, until {@link #goOn}. */
    public void standStill() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void pause() {
        try {
            process.waitFor(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted", e);
    }
}
