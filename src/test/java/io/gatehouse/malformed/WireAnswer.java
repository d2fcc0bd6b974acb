package io.gatehouse.malformed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
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
            socket.getOutputStream().write(request.bytes());
            // A body that was announced and never comes must not be waited for.
            socket.shutdownOutput();
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
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
