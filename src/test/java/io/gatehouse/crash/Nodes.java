package io.gatehouse.crash;

import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.MySqlDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The nodes of one installation, each of which comes back at its old address after it was killed. */
final class Nodes implements AutoCloseable {

    /** What an operator may set: a dead node's work is found again after seconds, not after a minute. */
    static final List<String> QUICK_RECOVERY = List.of(
            "--gatehouse.rollout.lease=9s",
            "--gatehouse.rollout.retry-pause=500ms",
            "--gatehouse.rollout.patience=0s",
            "--camunda.bpm.job-execution.lock-time-in-millis=8000",
            "--camunda.bpm.job-execution.max-wait=1000");

    /** Its people and services are enough; what they have done would only be done and looked at again. */
    private static final List<String> NOTHING_DONE_BEFORE =
            List.of("--gatehouse.sample.requests=false", "--gatehouse.sample.releases=false");

    private final MySqlDatabase database;
    private final List<Integer> ports;
    private final List<String> arguments;
    private final List<GatehouseProcess> running = new ArrayList<>();

    private Nodes(MySqlDatabase database, List<Integer> ports, List<String> connectors) {
        this.database = database;
        this.ports = ports;
        this.arguments = Stream.of(QUICK_RECOVERY, NOTHING_DONE_BEFORE, connectors)
                .flatMap(List::stream)
                .toList();
    }

    /** Starts as many nodes as there are ports and waits for the first, which creates the tables if need be. */
    static Nodes start(MySqlDatabase database, List<Integer> ports, List<String> connectors) {
        return start(database, ports, connectors, List.of());
    }

    /** @param first arguments that the first one gets besides, until it is started again */
    static Nodes start(MySqlDatabase database, List<Integer> ports, List<String> connectors, List<String> first) {
        Nodes nodes = new Nodes(database, ports, connectors);
        nodes.running.add(nodes.launch(ports.get(0), first));
        nodes.awaitReady(0);
        ports.stream().skip(1).forEach(port -> nodes.running.add(nodes.launch(port, List.of())));
        return nodes;
    }

    /** Below those that the system gives to outgoing connections, or one of these could take it while a node is down. */
    static int choosePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one then.
            }
        }
    }

    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    int count() {
        return ports.size();
    }

    List<URI> addresses() {
        return ports.stream().map(Nodes::address).toList();
    }

    void awaitReady(int node) {
        running.get(node).awaitReady();
    }

    void awaitAllReady() {
        running.forEach(GatehouseProcess::awaitReady);
    }

    GatehouseProcess node(int node) {
        return running.get(node);
    }

    /** Kills these nodes as they are, one right after the other. */
    void kill(List<Integer> victims) {
        victims.forEach(node -> running.get(node).kill());
    }

    /** Starts nodes that were killed again, without waiting for them. */
    void restart(List<Integer> victims) {
        victims.forEach(node -> running.set(node, launch(ports.get(node), List.of())));
    }

    private GatehouseProcess launch(int port, List<String> more) {
        return GatehouseProcess.launch(
                database, port, Stream.concat(arguments.stream(), more.stream()).toArray(String[]::new));
    }

    /** What the running nodes have written since they were started last. */
    String logs() {
        return running.stream().map(GatehouseProcess::log).reduce("", (one, other) -> one + "\n=====\n" + other);
    }

    @Override
    public void close() {
        running.forEach(GatehouseProcess::close);
    }
}
