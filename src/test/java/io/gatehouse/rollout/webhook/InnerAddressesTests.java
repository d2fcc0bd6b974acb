package io.gatehouse.rollout.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.OutboundProperties;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.secret.SecretText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** No spelling of an inner address, no answer of a name server and no redirect makes a connector call inside. */
class InnerAddressesTests {

    private static final InetAddress CANARY = address("127.0.0.1");
    private static final InetAddress TOOL = address("127.0.0.2");

    /** Names as an attacker would register them; anything else is spelled so that the system may understand it. */
    private static final DnsResolver NAMES = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return host.endsWith(".example.com")
                    ? new InetAddress[] {CANARY}
                    : SystemDefaultDnsResolver.INSTANCE.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    private ServerSocket canary;

    @BeforeEach
    void startCanary() throws IOException {
        canary = new ServerSocket(0, 200, CANARY);
        canary.setSoTimeout(50);
    }

    @AfterEach
    void stopCanary() throws IOException {
        canary.close();
    }

    static Stream<String> hosts() {
        return Stream.of(
                "127.0.0.1",
                "127.0.0.01",
                "127.000.000.001",
                "127.1",
                "127.0.1",
                "127.00.1",
                "2130706433",
                "02130706433",
                "0x7f000001",
                "0x7F000001",
                "0x7f.0x0.0x0.0x1",
                "0x7f.1",
                "0x7f.0.1",
                "0177.0.0.1",
                "0177.1",
                "0177.0.1",
                "017700000001",
                "0x7f.0.0.01",
                "0",
                "0.0.0.0",
                "00",
                "0x0",
                "0.0",
                "127.0.0.1.",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "LocalHost",
                "localhost.localdomain",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:7f00:0001]",
                "[::127.0.0.1]",
                "[::7f00:1]",
                "[0:0:0:0:0:0:0:1]",
                "[::1%25lo]",
                "[::1%lo]",
                "[::]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "inside.example.com",
                "inside.example.com.",
                "INSIDE.example.com",
                "tool.example.com@127.0.0.1",
                "tool.example.com:443@127.0.0.1",
                "tool.example.com%40127.0.0.1",
                "tool.example.com#@127.0.0.1",
                "127.0.0.1#@tool.example.com",
                "tool.example.com\\@127.0.0.1",
                "127.0.0.1\\@tool.example.com",
                "127.0.0.1%23.tool.example.com",
                "127\u30020\u30020\u30021",
                "127\uff0e0\uff0e0\uff0e1",
                "\u2460\u2461\u2466.0.0.1",
                "127.0.0.1%00",
                "127.0.0.1%0d%0aHost:%20x",
                "127.0.0.1\r\nHost: x",
                "127.0.0.1\t",
                " 127.0.0.1",
                "%31%32%37.0.0.1",
                "127.0.0.1%2f",
                "256.256.256.256",
                "127.0.0.1,tool.example.com",
                "127.0.0.1;tool.example.com");
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void reachNothingHoweverTheyAreSpelled(String host) {
        String url = "http://" + host + ":" + canary.getLocalPort() + "/";

        // Even for an operator who pasted the host into the list.
        ToolAddresses addresses = allowed(List.of(host + ":" + canary.getLocalPort()), List.of());
        tryToReach(url, addresses);

        assertThatNothingReachedTheCanary();
        assertThatThrownBy(() ->
                        allowed(List.of("tool.example.com:443"), List.of()).check(url))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://127.0.0.1:{port}/_GET",
                "jar:http://127.0.0.1:{port}!/a",
                "ftp://127.0.0.1:{port}/",
                "//127.0.0.1:{port}/",
                "http:127.0.0.1:{port}",
                "http:/127.0.0.1:{port}",
                "http:///127.0.0.1:{port}/",
                "http://tool.example.com:443:{port}/",
                "HTTP://127.0.0.1:{port}/",
                "https://127.0.0.1:{port}/",
                "ldap://127.0.0.1:{port}/",
                "dict://127.0.0.1:{port}/",
                "http://{host}:{port}/",
                ""
            })
    void reachNothingByOtherSchemes(String template) {
        String url = template.replace("{port}", Integer.toString(canary.getLocalPort()));

        tryToReach(url, allowed(List.of("127.0.0.1:" + canary.getLocalPort()), List.of()));

        assertThatNothingReachedTheCanary();
        assertThatThrownBy(() ->
                        allowed(List.of("tool.example.com:443"), List.of()).check(url))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "0.1.2.3",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "::1",
                "::",
                "::7f00:1",
                "64:ff9b::a00:1",
                "2002:a00:1::"
            })
    void areInsideUnlessTheOperatorNamesTheirNetwork(String literal) {
        InetAddress inner = address(literal);
        ToolAddresses none = new ToolAddresses(new OutboundProperties(List.of(), List.of()), answering(inner));
        String network = literal + (literal.contains(":") ? "/128" : "/32");
        ToolAddresses named = new ToolAddresses(new OutboundProperties(List.of(), List.of(network)), answering(inner));

        assertThatThrownBy(() -> none.resolve("tool.example.com")).isInstanceOf(UnknownHostException.class);
        assertThat(resolved(named)).containsExactly(inner);
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "172.32.0.1", "11.0.0.1", "2606:2800:220:1::1", "168.63.129.17"})
    void arePublicOtherwise(String literal) {
        InetAddress outer = address(literal);

        assertThat(resolved(new ToolAddresses(new OutboundProperties(List.of(), List.of()), answering(outer))))
                .containsExactly(outer);
    }

    @Test
    void oneInnerAddressAmongOuterOnesRefusesTheName() {
        ToolAddresses addresses = new ToolAddresses(
                new OutboundProperties(List.of(), List.of()), answering(address("93.184.216.34"), CANARY));

        assertThatThrownBy(() -> addresses.resolve("tool.example.com")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndAsksOnce() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer tool = tool(requests, 200);
        Deque<InetAddress> answers = new ArrayDeque<>(List.of(TOOL, CANARY));
        ToolAddresses addresses =
                new ToolAddresses(new OutboundProperties(List.of(), List.of("127.0.0.2/32")), new Rebinding(answers));
        WebhookConnector connector =
                connector("http://tool.example.com:" + tool.getAddress().getPort() + "/", addresses);

        assertThat(connector.call(order("1")).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(answers).hasSize(1);
        assertThat(connector.call(order("1")).outcome()).isEqualTo(Outcome.NOT_REACHED);
        tool.stop(0);
        assertThat(requests).hasSize(1);
        assertThatNothingReachedTheCanary();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void areNotReachedByARedirect(int status) throws IOException {
        HttpServer tool = tool(new CopyOnWriteArrayList<>(), status);
        ToolAddresses addresses = allowed(List.of(), List.of("127.0.0.0/8"));
        WebhookConnector connector =
                connector("http://127.0.0.2:" + tool.getAddress().getPort() + "/", addresses);

        assertThat(connector.call(order("1")).outcome()).isEqualTo(Outcome.FAILED);
        tool.stop(0);
        assertThatNothingReachedTheCanary();
    }

    @Test
    void parametersAndReferencesAddNoLineToARequest() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer tool = tool(requests, 200);
        ToolAddresses addresses = allowed(List.of(), List.of("127.0.0.2/32"));
        String url = "http://127.0.0.2:" + tool.getAddress().getPort() + "/{reference}";
        String attack = "x\r\nHost: 127.0.0.1:" + canary.getLocalPort() + "\r\n\r\nGET /inside HTTP/1.1\r\n";

        connector(url.replace("{reference}", ""), addresses).call(order(attack));
        connector(url, addresses).ask(order("1"), attack);
        connector(url, addresses).ask(order("1"), "@127.0.0.1:" + canary.getLocalPort() + "/#?\\");
        tool.stop(0);

        assertThat(requests).hasSize(3).noneMatch(request -> request.contains("inside "));
        assertThatNothingReachedTheCanary();
    }

    private HttpServer tool(List<String> requests, int status) throws IOException {
        HttpServer tool = HttpServer.create(new InetSocketAddress(TOOL, 0), 0);
        tool.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + canary.getLocalPort() + "/");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        tool.start();
        return tool;
    }

    /** Past the check at start-up too, so that the second wall is tried by itself. */
    private static void tryToReach(String url, ToolAddresses addresses) {
        try {
            connector(url, addresses).call(order("1"));
        } catch (IllegalArgumentException noAddress) {
            assertThat(noAddress).isNotNull();
        }
    }

    private void assertThatNothingReachedTheCanary() {
        assertThatThrownBy(() -> canary.accept()).isInstanceOf(SocketTimeoutException.class);
    }

    private static ToolAddresses allowed(List<String> hosts, List<String> networks) {
        return new ToolAddresses(new OutboundProperties(hosts, networks), NAMES);
    }

    private static WebhookConnector connector(String url, ToolAddresses addresses) {
        return new WebhookConnector(
                "tool",
                new WebhookSettings(
                        url,
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        Map.of(),
                        Map.of(),
                        url,
                        url,
                        Duration.ofMillis(500),
                        Duration.ofMillis(1000),
                        DataSize.ofBytes(1000),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        AfterCrash.QUERYABLE),
                SecretText::given,
                addresses,
                Clock.systemUTC());
    }

    private static ConnectorCall order(String version) {
        return new ConnectorCall(
                "key-1",
                "ROL-000001",
                2,
                CommandKind.RUN,
                1,
                Instant.EPOCH,
                "web",
                Map.of("version", version),
                () -> true,
                text -> {});
    }

    private static DnsResolver answering(InetAddress... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return addresses;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static InetAddress[] resolved(ToolAddresses addresses) {
        try {
            return addresses.resolve("tool.example.com");
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Gives another answer each time it is asked. */
    private record Rebinding(Deque<InetAddress> answers) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) {
            return new InetAddress[] {answers.removeFirst()};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
