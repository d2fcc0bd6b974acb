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
import java.util.List;

/**
 * A place to deploy to with Ansible: a directory per version, a link to the current one, and a running HTTP service that
 * answers its version. The playbooks of {@code src/test/resources/ansible} work on it.
 */
public final class AnsibleSite implements AutoCloseable {

    private static final List<String> PLAYBOOKS =
            List.of("remember", "forget", "unpack", "remove", "switch", "switch-back", "verify");

    private final Path root;
    private final int port;
    private final Process service;

    private AnsibleSite(Path root, int port, Process service) {
        this.root = root;
        this.port = port;
        this.service = service;
    }

    /** A site on which version 1.0.0 runs. */
    public static AnsibleSite create() {
        try {
            Path root = Files.createTempDirectory("gatehouse-site-");
            int port = GatehouseProcess.freePort();
            Path first = Files.createDirectories(root.resolve("releases/1.0.0"));
            Files.writeString(first.resolve("version.txt"), "1.0.0\n");
            Files.createSymbolicLink(root.resolve("current"), first);
            Process service = new ProcessBuilder(
                            "python3",
                            "-m",
                            "http.server",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--directory",
                            root.resolve("current").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(service::destroyForcibly));
            return new AnsibleSite(root, port, service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a package; what it answers as its version is its own affair, and that is how a release is broken. */
    public void publish(String version, String answers) {
        try {
            Path directory = Files.createDirectories(root.resolve("packages").resolve(version));
            Files.writeString(directory.resolve("version.txt"), answers + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The arguments with which Gatehouse knows one connector per playbook and a health check, as its operator would
     * configure them.
     */
    public String[] connectors() {
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
                    "root=" + root + " port=" + port + " version={version}");
            for (int i = 0; i < command.size(); i++) {
                arguments.add(prefix + "arguments[" + i + "]=" + command.get(i));
            }
            arguments.add(prefix + "parameters.version=[0-9]+(\\.[0-9]+)*");
        }
        String health = "--gatehouse.connectors.site-answers.health.";
        arguments.addAll(List.of(
                "--gatehouse.outbound.hosts=127.0.0.1:" + port,
                "--gatehouse.outbound.networks=127.0.0.0/8",
                health + "url=http://127.0.0.1:" + port + "/version.txt",
                health + "version-pattern=^(\\S+)",
                health + "parameters.version=[0-9]+(\\.[0-9]+)*",
                health + "stable-for=2s",
                health + "ask-every=1s"));
        return arguments.toArray(String[]::new);
    }

    /** What the running service answers. */
    public String version() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/version.txt"))
                    .build();
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

    /** What the playbooks did to this version, in the order in which they did it. */
    public List<String> journalOf(String version) {
        try (var lines = Files.lines(root.resolve("journal"))) {
            return lines.filter(line -> line.contains(" " + version)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        service.destroyForcibly();
    }
}
