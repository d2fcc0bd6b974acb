package io.gatehouse.rollout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.secret.SecretText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a real HTTP server that tells what it was asked. */
class ToolApiTests {

    private static final String TOKEN = "s3cr3t-token";

    private final Mirror tool = new Mirror();
    private final ToolApi api = tool.api("/base", Credential.bearer(SecretText.given(TOKEN)));

    /** Answers with the path it was asked for and the credential it was shown. */
    private static final class Mirror extends ToolDouble {

        @Override
        protected Told answer(Asked request) {
            return Told.of(200, request.path() + " " + request.headers().get("authorization"))
                    .with("X-Echo", String.valueOf(request.headers().get("authorization")));
        }
    }

    @AfterEach
    void stop() {
        tool.close();
    }

    private ConnectorAnswer read() {
        return api.exchange(new HttpGet(api.address("a")), reply -> ConnectorAnswer.succeeded(reply.text()));
    }

    /** Only where the operator lets connectors call, and never without encryption if the tool is asked with it. */
    @Test
    void aPlaceToWhichTheToolSendsUsIsReadWithoutOurCredential() {
        String place = tool.url("/stored/7?sig=a%2Bb");
        ToolApi encrypted =
                ToolDouble.apiOf(tool.url("").replace("http:", "https:"), Credential.bearer(SecretText.given(TOKEN)));

        assertThat(api.mayCall(place)).isTrue();
        assertThat(api.textAt(place)).contains("/stored/7 null");
        assertThat(api.mayCall("https://elsewhere.example.com/stored/7")).isFalse();
        assertThat(api.mayCall(tool.url("@elsewhere.example.com/"))).isFalse();
        assertThat(api.mayCall("file:///etc/passwd")).isFalse();
        assertThat(encrypted.mayCall(place)).isFalse();
        assertThat(encrypted.mayCall(place.replace("http:", "https:"))).isTrue();
        assertThat(api.textAt(tool.url("/{}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "deploy, /base/deploy",
        "a b, /base/a%20b",
        "a/b, /base/a%2Fb",
        "a?b=c, /base/a%3Fb%3Dc",
        "a#b, /base/a%23b",
        "..%2f, /base/..%252f",
        "é, /base/%C3%A9",
    })
    void aSegmentStaysOne(String segment, String path) {
        api.exchange(new HttpGet(api.address(segment)), reply -> ConnectorAnswer.succeeded(""));

        assertThat(tool.asked)
                .singleElement()
                .extracting(ToolDouble.Asked::path)
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "..."})
    void aSegmentThatIsAnotherPlaceIsRefused(String segment) {
        assertThatIllegalArgumentException().isThrownBy(() -> api.address("a", segment));
    }

    @Test
    void aQueryArrivesAsItIs() {
        api.exchange(
                new HttpGet(api.address(Map.of("tree", "a[b,c]{0,5}", "q", "x&y=z+ \n"), "x")),
                reply -> ConnectorAnswer.succeeded(""));

        assertThat(tool.asked.get(0).query()).isEqualTo(Map.of("tree", "a[b,c]{0,5}", "q", "x&y=z+ \n"));
    }

    @Test
    void aFormArrivesAsItIs() {
        HttpPost order = new HttpPost(api.address("x"));
        order.setEntity(ToolApi.form(Map.of("VERSION", "2.0&KEY=other", "é", "\r\n")));

        api.exchange(order, reply -> ConnectorAnswer.succeeded(""));

        assertThat(tool.asked.get(0).form()).isEqualTo(Map.of("VERSION", "2.0&KEY=other", "é", "\r\n"));
    }

    @Test
    void theToolIsShownTheCredentialAndTheAnswerDoesNotShowIt() {
        ConnectorAnswer answer = api.exchange(
                new HttpGet(api.address("a")),
                reply -> ConnectorAnswer.succeeded(
                        reply.text() + reply.header("x-echo").orElse("")));

        assertThat(tool.asked.get(0).headers()).containsEntry("authorization", "Bearer " + TOKEN);
        assertThat(answer.detail()).contains("Bearer [secret]").doesNotContain(TOKEN);
        assertThat(api.log(new HttpGet(api.address("a")))).doesNotContain(TOKEN);
    }

    @Test
    void aNameAndPasswordAreHiddenAlsoAsTheyAreSent() {
        ToolApi basic = tool.api("/base", Credential.basic("rita", SecretText.given(TOKEN)));

        ConnectorAnswer answer =
                basic.exchange(new HttpGet(basic.address("a")), reply -> ConnectorAnswer.succeeded(reply.text()));

        // rita:s3cr3t-token
        assertThat(tool.asked.get(0).headers()).containsEntry("authorization", "Basic cml0YTpzM2NyM3QtdG9rZW4=");
        assertThat(answer.detail()).doesNotContain("cml0YTpzM2NyM3QtdG9rZW4=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "a\u0000b"})
    void aSecretThatNoHeaderCanCarryCallsNothing(String secret) {
        ToolApi unusable = tool.api("/base", Credential.header("PRIVATE-TOKEN", SecretText.given(secret)));

        ConnectorAnswer answer =
                unusable.exchange(new HttpGet(unusable.address("a")), reply -> ConnectorAnswer.succeeded(""));

        assertThat(answer.outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(tool.asked).isEmpty();
    }

    @Test
    void anAnswerThatIsTooLongLeavesItInDoubtAndALogIsCut() {
        String much = "x".repeat(100_000);
        tool.trouble.add(ToolDouble.Told.of(200, much));
        tool.trouble.add(ToolDouble.Told.of(200, much));

        assertThat(read().outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(api.log(new HttpGet(api.address("a"))))
                .hasSizeBetween(60_000, 70_000)
                .startsWith("xxx");
    }

    @Test
    void ofAnAnswerWithoutEndNoMoreIsReadThanIsKept() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch hungUp = new CountDownLatch(1);
        try (Babbler endless = new Babbler((out, open) -> {
            try (OutputStream body = out) {
                while (open.getCount() > 0) {
                    body.write("x".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                    sent.addAndGet(1000);
                }
            } finally {
                hungUp.countDown();
            }
        })) {
            ToolApi babbling = ToolDouble.apiOf(endless.url(), Credential.none());

            assertThat(babbling.log(new HttpGet(babbling.address("log"))))
                    .hasSizeBetween(60_000, 70_000)
                    .startsWith("xxx");
            assertThat(babbling.exchange(
                                    new HttpGet(babbling.address("a")), reply -> ConnectorAnswer.succeeded("all of it"))
                            .outcome())
                    .isEqualTo(Outcome.AMBIGUOUS);

            assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
            // What the connection holds on its way is a few megabytes.
            assertThat(sent).hasValueLessThan(50_000_000);
        }
    }

    @Test
    void anAnswerThatDripsIsCutOff() throws Exception {
        try (Babbler drip = new Babbler((body, open) -> {
            do {
                body.write('x');
                body.flush();
            } while (!open.await(100, TimeUnit.MILLISECONDS));
        })) {
            ToolClient client = new ToolClient(
                    new HttpLimits(Duration.ofMillis(300), Duration.ofMillis(300), DataSize.ofKilobytes(1)),
                    new ToolAddresses(
                            new OutboundProperties(List.of(), List.of("127.0.0.0/8")),
                            SystemDefaultDnsResolver.INSTANCE));
            HttpGet question = new HttpGet(drip.url());

            assertThatIOException()
                    .isThrownBy(() -> client.exchange(question))
                    .isNotInstanceOf(ToolClient.NotReached.class);
            assertThat(question.isCancelled()).isTrue();
        }
    }

    /** Answers without saying how much will come. */
    private static final class Babbler implements AutoCloseable {

        interface Talk {
            void to(OutputStream body, CountDownLatch open) throws IOException, InterruptedException;
        }

        private final CountDownLatch open = new CountDownLatch(1);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;

        Babbler(Talk talk) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 0);
                try {
                    talk.to(exchange.getResponseBody(), open);
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                } finally {
                    exchange.close();
                }
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            open.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void whereNobodyListensNothingWasSent() {
        tool.close();

        assertThat(read().outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(api.check(new HttpGet(api.address("a"))).result()).isEqualTo(ConnectorCheck.Result.FAILED);
        assertThat(api.log(new HttpGet(api.address("a")))).startsWith("The log could not be fetched");
    }

    @Test
    void anExchangeThatIsCutOffBetweenTwoStepsOfTheClientIsInDoubt() {
        CountDownLatch cutOff = new CountDownLatch(1);
        DnsResolver slow = new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                try {
                    cutOff.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.resolve(host);
            }
        };
        HttpGet question = new HttpGet(tool.url("/a")) {
            @Override
            public boolean cancel() {
                boolean cancelled = super.cancel();
                cutOff.countDown();
                return cancelled;
            }
        };
        ToolClient client = new ToolClient(
                new HttpLimits(Duration.ofMillis(200), Duration.ofMillis(200), DataSize.ofKilobytes(1)),
                new ToolAddresses(new OutboundProperties(List.of(), List.of("127.0.0.0/8")), slow));

        assertThatIOException().isThrownBy(() -> client.exchange(question));
    }

    @ParameterizedTest
    @CsvSource({
        "301, AMBIGUOUS",
        "302, AMBIGUOUS",
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "422, REFUSED",
        "408, AMBIGUOUS",
        "409, AMBIGUOUS",
        "425, NOT_REACHED",
        "429, NOT_REACHED",
        "500, AMBIGUOUS",
        "503, AMBIGUOUS"
    })
    void anOrderThatWasNotTakenSaysWhatIsKnown(int status, Outcome outcome) {
        assertThat(new ToolReply(status, Map.of(), "").notTaken().outcome()).isEqualTo(outcome);
    }

    /** The dates are those of RFC 9110. */
    @ParameterizedTest
    @CsvSource({
        "429, 120, PT2M",
        "503, 120, PT2M",
        "429, 'Sun, 06 Nov 1994 08:54:37 GMT', PT5M",
        "429, 'Sun, 06 Nov 1994 08:49:36 GMT', PT0S",
        "429, 'Mon, 07 Nov 1994 08:49:37 GMT', PT1H",
        "429, 999999999, PT1H",
        "429, 99999999999, PT0S",
        "429, -1, PT0S",
        "429, soon, PT0S",
        "429, '', PT0S"
    })
    void aToolIsLeftAloneForAsLongAsItSays(int status, String said, Duration wait) {
        Map<String, String> headers = Map.of("date", "Sun, 06 Nov 1994 08:49:37 GMT", "retry-after", said);
        ToolReply reply = new ToolReply(status, headers, "");

        assertThat(reply.notTaken().retryAfter()).isEqualTo(wait);
        assertThat(reply.unanswered().retryAfter()).isEqualTo(wait);
        assertThat(reply.notTaken().beforeTheOrder().retryAfter()).isEqualTo(wait);
    }

    @Test
    void aDateWithoutADateToCompareItWithIsNoWish() {
        Map<String, String> headers = Map.of("retry-after", "Sun, 06 Nov 1994 08:54:37 GMT");

        assertThat(new ToolReply(429, headers, "").notTaken().retryAfter()).isZero();
    }

    @Test
    void whatTheToolSaysOfItArrives() {
        tool.trouble.add(ToolDouble.Told.of(429, "").with("Retry-After", "90"));

        ConnectorAnswer answer = api.exchange(new HttpGet(api.address("a")), ToolReply::notTaken);

        assertThat(answer.outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }
}
