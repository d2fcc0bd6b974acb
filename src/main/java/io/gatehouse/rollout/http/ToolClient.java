package io.gatehouse.rollout.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One exchange with a tool: no redirect, repetition, cookie or compression, bounded in time and size. */
public class ToolClient {

    /** @param headers by their name in small letters, the last one if there are several */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** The exchange ended before the first byte was sent, which proves that the tool did nothing. */
    public static class NotReached extends IOException {

        NotReached(IOException cause) {
            super(cause.toString(), cause);
        }
    }

    private final CloseableHttpClient client;
    private final Duration longest;
    private final int limit;
    private final ToolAddresses addresses;

    public ToolClient(HttpLimits limits, ToolAddresses addresses) {
        this(limits, addresses, null);
    }

    /** @param trust what the tool's certificate is verified with; null for what the Java installation trusts */
    ToolClient(HttpLimits limits, ToolAddresses addresses, @Nullable SSLContext trust) {
        this.addresses = addresses;
        this.longest = limits.longestExchange();
        this.limit = Math.toIntExact(limits.answerLimit().toBytes());
        Timeout connect = Timeout.of(limits.connectTimeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setTlsSocketStrategy(
                                trust == null
                                        ? DefaultClientTlsStrategy.createDefault()
                                        : new DefaultClientTlsStrategy(trust))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(Timeout.of(longest))
                                .build())
                        .setMaxConnPerRoute(100)
                        .setMaxConnTotal(100)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(longest))
                        .setConnectionRequestTimeout(connect)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                // A connection that died unnoticed would leave in doubt whether the command arrived.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    boolean mayCall(String place) {
        try {
            addresses.check(place);
            return true;
        } catch (IllegalArgumentException notNamed) {
            return false;
        }
    }

    /** @throws NotReached if nothing was sent; any other exception leaves in doubt what the tool did */
    public Answer exchange(HttpUriRequestBase request) throws IOException {
        Answer answer = beginning(request);
        if (answer.body().length > limit) {
            throw new IOException("The answer is larger than " + limit + " bytes");
        }
        return answer;
    }

    /** The same, but of an answer that is too large a byte more than is allowed, and no exception. */
    Answer beginning(HttpUriRequestBase request) throws IOException {
        CompletableFuture<Void> deadline =
                new CompletableFuture<Void>().completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> stop = deadline.thenRun(request::cancel);
        try {
            return client.execute(request, response -> read(request, response));
        } catch (ConnectException
                | ConnectTimeoutException
                | UnknownHostException
                | SSLHandshakeException
                | SSLPeerUnverifiedException nothingSent) {
            throw new NotReached(nothingSent);
        } catch (IllegalStateException cutOff) {
            // What the client throws if the time is up between two of its own steps.
            throw new IOException("The exchange was cut off after " + longest, cutOff);
        } finally {
            stop.cancel(false);
            deadline.cancel(false);
        }
    }

    private Answer read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        if (response.getEntity() == null) {
            return new Answer(response.getCode(), headers, new byte[0]);
        }
        byte[] body = response.getEntity().getContent().readNBytes(limit + 1);
        if (body.length > limit) {
            // The client would read whatever is still to come before it lets go of the connection.
            request.cancel();
            response.setEntity(null);
        }
        return new Answer(response.getCode(), headers, body);
    }
}
