package io.gatehouse.rollout.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.secret.SecretText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Stands for a deploy tool that cannot run here. A subclass answers as the vendor documents it and refuses everything
 * that the documentation does not allow; what it refused is in {@link #refused}.
 */
public abstract class ToolDouble implements AutoCloseable {

    /**
     * What came in.
     *
     * @param path without the query, still encoded
     * @param query decoded
     * @param headers by name in small letters
     */
    public record Asked(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

        /** The fields of a form. */
        public Map<String, String> form() {
            return "application/x-www-form-urlencoded"
                            .equals(headers.getOrDefault("content-type", "").split(";")[0])
                    ? fields(body)
                    : Map.of();
        }

        /** As in {@code GET /job/deploy/5/api/json}. */
        public String line() {
            return method + " " + path;
        }
    }

    /** What goes out. */
    public record Told(int status, String body, Map<String, String> headers) {

        public static Told of(int status, String body) {
            return new Told(status, body, Map.of());
        }

        public Told with(String header, String value) {
            Map<String, String> all = new HashMap<>(headers);
            all.put(header, value);
            return new Told(status, body, all);
        }
    }

    /** What the tool's own notices are proven by. */
    public static final String NOTICE_SECRET = "It's a Secret to Everybody";

    /** What was asked, in order. */
    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** What the documentation does not allow, with the reason; a test that expects none says so. */
    public final List<String> refused = new CopyOnWriteArrayList<>();

    /** The next answers in place of the documented ones: trouble on the way. */
    public final List<Told> trouble = new ArrayList<>();

    /** What an order is answered with, in place of taking it. */
    public @Nullable Told beforeTheOrder;

    /** What a request to stop is answered with, in place of taking it. */
    public @Nullable Told beforeTheStop;

    /** What was stopped, by the tool's own numbers. */
    public final List<String> stopped = new CopyOnWriteArrayList<>();

    /** Whose answers are larger than is read; what was ordered is taken all the same. */
    public Predicate<Asked> padded = request -> false;

    /** What the connector wrote to the log of the step. */
    public final StringBuffer log = new StringBuffer();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    protected ToolDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Answers as documented. */
    protected abstract Told answer(Asked request);

    /** For what the documentation does not allow. */
    protected final Told refuse(int status, String why) {
        refused.add(why);
        return Told.of(status, "");
    }

    /** Where it is, with the path the product is told. */
    public final String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What a connector reaches it by. */
    public final ToolApi api(String path, Credential credential) {
        return apiOf(url(path), credential);
    }

    /** What a connector reaches something on the loopback address by. */
    public static ToolApi apiOf(String url, Credential credential) {
        HttpLimits limits = new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64));
        ToolAddresses addresses = new ToolAddresses(
                new OutboundProperties(List.of(URI.create(url).getAuthority()), List.of("127.0.0.0/8")),
                SystemDefaultDnsResolver.INSTANCE);
        addresses.check(url);
        return new ToolApi(url, credential, SecretText.given(NOTICE_SECRET), new ToolClient(limits, addresses));
    }

    /** An order to run step 2 of a rollout with the key {@code key-1}. */
    public final ConnectorCall run(Map<String, String> parameters) {
        return call("key-1", CommandKind.RUN, parameters, Instant.now());
    }

    public final ConnectorCall call(String key, CommandKind kind, Map<String, String> parameters, Instant notBefore) {
        return new ConnectorCall(key, "ROL-000001", 2, kind, 1, notBefore, "web", parameters, () -> true, log::append);
    }

    /** The same, which another node takes over after so many renewals of its lease. */
    public static ConnectorCall takenOverAfter(int renewals, ConnectorCall call) {
        AtomicInteger left = new AtomicInteger(renewals);
        return leased(call, () -> left.getAndDecrement() > 0);
    }

    /** The same with another lease. */
    public static ConnectorCall leased(ConnectorCall call, BooleanSupplier lease) {
        return new ConnectorCall(
                call.key(),
                call.rollout(),
                call.seq(),
                call.kind(),
                call.attempt(),
                call.notBefore(),
                call.target(),
                call.parameters(),
                lease,
                call.log());
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                fields(exchange.getRequestURI().getRawQuery()),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(request);
        Told told = trouble.isEmpty() ? answer(request) : trouble.remove(0);
        told.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        String padding = padded.test(request) ? " ".repeat(70_000) : "";
        byte[] body = (padding + told.body()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> fields(@Nullable String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            int end = pair.indexOf('=');
            fields.put(decoded(pair.substring(0, end)), decoded(pair.substring(end + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
