package io.gatehouse.testing;

import com.microsoft.playwright.BrowserContext;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the browser saw last: told with a test that fails, because its pages are closed by then. */
final class BrowserLog {

    private static final int KEPT = 80;

    private final Deque<String> lines = new ArrayDeque<>();

    void listenTo(BrowserContext person) {
        person.onResponse(
                response -> add(response.status() + " " + response.request().method() + " " + response.url()));
        person.onRequestFailed(request -> add(request.failure() + " " + request.method() + " " + request.url()));
        person.onConsoleMessage(message -> add(message.type() + ": " + message.text()));
        person.onWebError(error -> add("error: " + error.error()));
    }

    private void add(String line) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    void forget() {
        lines.clear();
    }

    /** To be suppressed by what made the test fail. */
    Throwable told() {
        Throwable told = new AssertionError("The browser saw last:\n" + String.join("\n", lines));
        told.setStackTrace(new StackTraceElement[0]);
        return told;
    }
}
