package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections from a loopback port of its own on to another; closing it is what a cut cable looks like. */
final class Relay {

    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    private Relay(int target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    static Relay to(int target) {
        Relay relay = new Relay(target, listen(0));
        relay.acceptInBackground(relay.listener);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    synchronized void open() {
        if (listener.isClosed()) {
            listener = listen(port());
            acceptInBackground(listener);
        }
    }

    synchronized void close() {
        quietly(listener::close);
        sockets.forEach(socket -> quietly(socket::close));
        sockets.clear();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptInBackground(ServerSocket from) {
        inBackground(() -> {
            while (true) {
                Socket caller = from.accept();
                sockets.add(caller);
                inBackground(() -> connect(caller));
            }
        });
    }

    private void connect(Socket caller) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            inBackground(() -> pump(server, caller));
            pump(caller, server);
        } catch (IOException e) {
            caller.close();
            throw e;
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } finally {
            sockets.remove(from);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void inBackground(Step step) {
        Thread thread = new Thread(() -> quietly(step), "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException closed) {
            // Connections end; that is all there is to say about it.
        }
    }
}
