package io.gatehouse.crash;

import io.gatehouse.testing.GatehouseProcess;
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
import java.util.stream.Stream;

/** The running {@link DeployToolProgram}, which Gatehouse knows by two connectors. */
final class DeployTool implements AutoCloseable {

    /** Can be asked about a key after a crash. */
    static final String ASKED = "crash-asked";
    /** Cannot be asked; after a crash a person has to look. */
    static final String BLIND = "crash-blind";

    private final Process process;
    private final int port;
    private final Path journal;

    private DeployTool(Process process, int port, Path journal) {
        this.process = process;
        this.port = port;
        this.journal = journal;
    }

    /** @param nodes where it calls back */
    static DeployTool start(List<URI> nodes) {
        try {
            Path journal = Files.createTempFile("gatehouse-tool-", ".journal");
            int port = GatehouseProcess.freePort();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    DeployToolProgram.class.getName(),
                    Integer.toString(port),
                    journal.toString()));
            nodes.forEach(node -> command.add(node.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new DeployTool(process, port, journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connectors as an operator would configure them. */
    List<String> connectors() {
        return Stream.concat(
                        Stream.of(
                                "--gatehouse.outbound.hosts=127.0.0.1:" + port,
                                "--gatehouse.outbound.networks=127.0.0.0/8",
                                setting(ASKED, "status-url", address("/commands/" + ASKED + "/{key}")),
                                setting(ASKED, "after-crash", "QUERYABLE"),
                                setting(BLIND, "after-crash", "NEITHER")),
                        Stream.of(ASKED, BLIND)
                                .flatMap(name -> Stream.of(
                                        setting(name, "url", address("/commands/" + name)),
                                        setting(name, "secret", ToolCallbacks.SECRET),
                                        setting(name, "parameters.mode", "[a-z_]+"),
                                        setting(name, "connect-timeout", "1s"),
                                        setting(name, "read-timeout", "2s"),
                                        setting(name, "ask-every", "1s"))))
                .toList();
    }

    private static String setting(String connector, String name, String value) {
        return "--gatehouse.connectors." + connector + ".webhook." + name + "=" + value;
    }

    List<History.Request> requests() {
        return ToolJournal.requests(journal);
    }

    List<String> deliveries() {
        return ToolJournal.deliveries(journal);
    }

    /** Whether it still works on something or has a callback to deliver. */
    boolean isBusy() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address("/busy"))).build();
            return !HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .equals("0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
