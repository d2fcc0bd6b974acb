package io.gatehouse.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came back, as text, until the server closed the connection. */
record WireAnswer(int status, String head, String body) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private static final int PATIENCE_MILLIS = 30_000;

    static WireAnswer to(WireRequest request, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(request, socket);
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A server that has read enough to refuse answers and closes, so the rest of a long request cannot be written. */
    private static void write(WireRequest request, Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(request.bytes());
            // A body that was announced and never comes must not be waited for.
            socket.shutdownOutput();
        } catch (SocketException closedEarly) {
            assertThat(request.bytes().length).isGreaterThan(8_000);
        }
    }

    private static WireAnswer parse(String text) {
        String answer = text.startsWith("HTTP/1.1 100") ? text.substring(text.indexOf("\r\n\r\n") + 4) : text;
        Matcher status = STATUS.matcher(answer);
        int end = answer.indexOf("\r\n\r\n");
        if (!status.lookingAt() || end < 0) {
            throw new IllegalStateException("No HTTP answer: '" + text + "'");
        }
        return new WireAnswer(Integer.parseInt(status.group(1)), answer.substring(0, end), answer.substring(end + 4));
    }

    boolean isProblem() {
        return head.toLowerCase(java.util.Locale.ROOT).contains("content-type: application/problem+json");
    }
}
