package io.gatehouse.malformed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An HTTP request as bytes that nobody corrects: whatever is wrong with it goes over the wire. */
final class WireRequest {

    String method;
    String path;
    String query = "";
    final List<String> headers = new ArrayList<>();
    byte[] body = {};

    WireRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    void set(String name, String value) {
        remove(name);
        headers.add(name + ": " + value);
    }

    void remove(String name) {
        headers.removeIf(header -> header.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"));
    }

    boolean has(String name) {
        return headers.stream()
                .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"));
    }

    byte[] bytes() {
        if (body.length > 0 && !has("Content-Length") && !has("Transfer-Encoding")) {
            set("Content-Length", Integer.toString(body.length));
        }
        String head = method + " " + path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        String text = new String(bytes(), StandardCharsets.UTF_8);
        return text.length() > 1500 ? text.substring(0, 1500) + "… (" + text.length() + " characters)" : text;
    }
}
