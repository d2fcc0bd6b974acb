package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Places to deploy to with Ansible, as {@code production/heat}: each has a directory per version and a link to the current
 * one, and a running HTTP service answers its version. The playbooks of {@code src/test/resources/ansible} work on it.
 */
public final class AnsibleSite implements AutoCloseable {

    private static final List<String> PLAYBOOKS =
            List.of("remember", "forget", "unpack", "remove", "switch", "switch-back", "deploy", "take-back", "verify");

    private final Path root;
    private final int port;
    private final Process service;

    private AnsibleSite(Path root, int port, Process service) {
        this.root = root;
        this.port = port;
        this.service = service;
    }

    /** A site without a place. */
    public static AnsibleSite create() {
        try {
            Path root = Files.createTempDirectory("gatehouse-site-");
            int port = GatehouseProcess.freePort();
            Process service = new ProcessBuilder(
                            "python3",
                            "-m",
                            "http.server",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--directory",
                            root.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(service::destroyForcibly));
            return new AnsibleSite(root, port, service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a place on which version 1.0.0 runs. */
    public void open(String place) {
        Path first = write(root.resolve(place).resolve("releases/1.0.0"), "1.0.0");
        try {
            Files.createSymbolicLink(root.resolve(place).resolve("current"), first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a package; what it answers in a place as its version is its own affair, and that is how it is broken. */
    public void publish(String place, String version, String answers) {
        write(root.resolve("packages").resolve(place).resolve(version), answers);
    }

    private static Path write(Path directory, String version) {
        try {
            Files.writeString(Files.createDirectories(directory).resolve("version.txt"), version + "\n");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The arguments with which Gatehouse knows one connector per playbook and a health check, as its operator would
     * configure them.
     *
     * @param healthOf the place whose health is looked at
     */
    public Stream<String> connectors(String healthOf) {
        List<String> arguments = new ArrayList<>();
        for (String playbook : PLAYBOOKS) {
            String prefix = "--gatehouse.connectors.ansible-" + playbook + ".command.";
            List<String> command = List.of(
                    "ansible-playbook",
                    "-i",
                    "localhost,",
                    "-c",
                    "local",
                    Path.of("src/test/resources/ansible", playbook + ".yml")
                            .toAbsolutePath()
                            .toString(),
                    "-e",
                    "site=" + root + " address=" + address() + " place={place} version={version}");
            for (int i = 0; i < command.size(); i++) {
                arguments.add(prefix + "arguments[" + i + "]=" + command.get(i));
            }
            arguments.add(prefix + "parameters.place=[a-z]+/[a-z-]+");
            arguments.add(prefix + "parameters.version=[0-9]+(\\.[0-9]+)*");
        }
        String health = "--gatehouse.connectors.site-answers.health.";
        arguments.addAll(List.of(
                "--gatehouse.outbound.hosts=127.0.0.1:" + port,
                "--gatehouse.outbound.networks=127.0.0.0/8",
                health + "url=" + current(healthOf),
                health + "version-pattern=^(\\S+)",
                health + "parameters.version=[0-9]+(\\.[0-9]+)*",
                health + "stable-for=2s",
                health + "ask-every=1s"));
        return arguments.stream();
    }

    /** A step of a rollout plan that runs a playbook, and its undo another, as the API takes it. */
    public static Map<String, Object> step(
            String stage, String name, String run, @Nullable String undo, String place, String version) {
        Map<String, String> parameters = Map.of("place", place, "version", version);
        Map<String, Object> step = new HashMap<>(Map.of(
                "stage",
                stage,
                "name",
                name,
                "connector",
                "ansible-" + run,
                "target",
                place,
                "parameters",
                parameters));
        if (undo != null) {
            step.put("undo", Map.of("connector", "ansible-" + undo, "parameters", parameters));
        }
        return step;
    }

    /** What the running service of a place answers. */
    public String version(String place) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(current(place))).build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String current(String place) {
        return address() + "/" + place + "/current/version.txt";
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    /** What the playbooks did, in the order in which they did it, in every place that begins like this. */
    public List<String> journal(String places) {
        try (var lines = Files.lines(root.resolve("journal"))) {
            return lines.filter(line -> line.contains(" " + places)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        service.destroyForcibly();
    }
}
