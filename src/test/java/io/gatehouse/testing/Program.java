package io.gatehouse.testing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program of the machine to its end. */
final class Program {

    private Program() {}

    /** The executable files of that name on the {@code PATH}, in its order. */
    static Stream<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    /** A script among the test resources, by its absolute name there. */
    static Path script(String name) {
        URL location = Objects.requireNonNull(Program.class.getResource(name), name);
        return Path.of(URI.create(location.toString()));
    }

    static boolean succeeds(Duration limit, String... command) {
        return !run(limit, command).failed();
    }

    /** Runs without input; a program that does not exist or exceeds the limit counts as failed. */
    static Result run(Duration limit, String... command) {
        try {
            Path output = Files.createTempFile("gatehouse-", ".log");
            try {
                return run(limit, output, command);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new Result(false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(false, "interrupted");
        }
    }

    // Output goes through a file: a pipe nobody reads in time would block the program and defeat the limit.
    private static Result run(Duration limit, Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Result(process.exitValue() == 0, Files.readString(output));
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Result(false, "gave up after " + limit.toSeconds() + " s");
    }

    /** How a program ended and what it said, errors included. */
    record Result(boolean succeeded, String output) {

        boolean failed() {
            return !succeeded;
        }

        String lastLine() {
            String[] lines = output.strip().split("\n");
            return lines[lines.length - 1];
        }
    }
}
