package io.gatehouse.rollout;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** The cable between a node and its MySQL, unencrypted, which breaks at a commit. */
final class CommitCutter implements AutoCloseable {

    enum Cut {
        /** The database never hears of the commit. */
        BEFORE,
        /** The database has committed and nobody is told. */
        AFTER
    }

    private static final int HEADER = 4;
    private static final int COM_QUERY = 3;
    private static final int COM_STMT_PREPARE = 0x16;
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int BEGINNING = 100;
    private static final Pattern WRITES = Pattern.compile("insert|update|delete");

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private Cut cut = Cut.BEFORE;
    private int commitsToGo;

    private CommitCutter(ServerSocket listener, String host, int port) {
        this.listener = listener;
        this.host = host;
        this.port = port;
    }

    static CommitCutter to(String host, int port) {
        try {
            CommitCutter cutter =
                    new CommitCutter(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), host, port);
            inBackground(cutter::accept);
            return cutter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** @param number 1 for the next commit of a transaction that has written something */
    synchronized void cutAt(Cut wanted, int number) {
        cut = wanted;
        commitsToGo = number;
    }

    /** Whether it has been cut since; it does not break any more. */
    synchronized boolean hasCut() {
        boolean done = commitsToGo <= 0;
        commitsToGo = 0;
        return done;
    }

    private synchronized boolean isTheOne() {
        return commitsToGo > 0 && --commitsToGo == 0;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            inBackground(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(host, port)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            AtomicBoolean silenced = new AtomicBoolean();
            inBackground(() -> answers(server, client, silenced));
            requests(client, server, silenced);
        }
    }

    /** Every packet of the client begins with its length, and a statement with the code of the command. */
    private void requests(Socket client, Socket server, AtomicBoolean silenced) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        Said said = new Said();
        while (true) {
            byte[] header = in.readNBytes(HEADER);
            if (header.length < HEADER) {
                return;
            }
            byte[] payload = in.readNBytes((header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16);
            boolean cuts = said.endsWhatWrites(payload) && isTheOne();
            if (cuts && cut == Cut.BEFORE) {
                return;
            }
            silenced.set(cuts);
            byte[] packet = new byte[HEADER + payload.length];
            System.arraycopy(header, 0, packet, 0, HEADER);
            System.arraycopy(payload, 0, packet, HEADER, payload.length);
            server.getOutputStream().write(packet);
        }
    }

    /** What a client has said since its last commit; statements it has prepared are numbered from 1. */
    private static final class Said {

        private final List<Boolean> prepared = new ArrayList<>();
        private boolean written;

        boolean endsWhatWrites(byte[] payload) {
            int command = payload.length == 0 ? 0 : payload[0];
            String text = command == COM_STMT_EXECUTE ? "" : text(payload);
            boolean writes = WRITES.matcher(text).lookingAt();
            if (command == COM_STMT_PREPARE) {
                prepared.add(writes);
            } else if (command == COM_STMT_EXECUTE) {
                int number = (payload[1] & 0xff) | (payload[2] & 0xff) << 8;
                written |= number <= prepared.size() && prepared.get(number - 1);
            } else if (command == COM_QUERY && text.equals("commit")) {
                boolean ends = written;
                written = false;
                return ends;
            } else if (command == COM_QUERY) {
                written |= writes;
            }
            return false;
        }

        /** The beginning of a statement in small letters; what comes before it are no letters. */
        private static String text(byte[] payload) {
            return new String(payload, 0, Math.min(payload.length, BEGINNING), StandardCharsets.ISO_8859_1)
                    .replaceFirst("^[^A-Za-z]+", "")
                    .toLowerCase(Locale.ROOT);
        }
    }

    private static void answers(Socket server, Socket client, AtomicBoolean silenced) throws IOException {
        try (server;
                client) {
            byte[] buffer = new byte[8192];
            int read = server.getInputStream().read(buffer);
            while (read >= 0 && !silenced.get()) {
                client.getOutputStream().write(buffer, 0, read);
                read = server.getInputStream().read(buffer);
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // Connections end; that is all there is to say about it.
                    }
                },
                "commit-cutter");
        thread.setDaemon(true);
        thread.start();
    }
}
