package io.gatehouse.rollout.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Lets connectors reach only what the operator has named. It is the resolver of the HTTP client: what it has checked is
 * what is connected to, so a name that changes its mind in between gains nothing.
 */
public class ToolAddresses implements DnsResolver {

    /** One spelling for each address, so that no two readers can understand it differently. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(https?)://([a-z0-9-]+(?:\\.[a-z0-9-]+)*|\\[[0-9a-f:]+])(?::([1-9][0-9]{0,4}))?(/[!-~&&[^\\\\#\"<>^`|]]*)?");

    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");

    /** What is not the public network (RFC 6890 and its registries), and an address of a cloud that looks as if. */
    private static final List<Network> INSIDE = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3",
                    "::/16",
                    "64:ff9b::/32",
                    "100::/64",
                    "2001::/23",
                    "2002::/16",
                    "fc00::/7",
                    "fe80::/9",
                    "ff00::/8")
            .map(Network::parse)
            .toList();

    private final List<String> hosts;
    private final List<Network> networks;
    private final DnsResolver names;

    public ToolAddresses(OutboundProperties allowed, DnsResolver names) {
        this.hosts = allowed.hosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        this.networks = allowed.networks().stream().map(Network::parse).toList();
        this.names = names;
    }

    /**
     * Refuses an address in the settings of a connector that is not in the operator's list.
     *
     * @throws IllegalArgumentException in a sentence for the operator
     */
    public void check(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "write its address as https://host:port/path, in small letters, without a "
                            + "name and password, '#' or '\\'");
        }
        String host = parts.group(2);
        if (NUMERIC.matcher(host).matches() && !IPV4.matcher(host).matches()) {
            throw new IllegalArgumentException("write an IPv4 address as four decimal numbers");
        }
        String standardPort = "https".equals(parts.group(1)) ? "443" : "80";
        String named = host + ":" + (parts.group(3) == null ? standardPort : parts.group(3));
        if (!hosts.contains(named)) {
            throw new IllegalArgumentException("add " + named + " to gatehouse.outbound.hosts if it may be called");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (isInside(address) && networks.stream().noneMatch(network -> network.contains(address))) {
                throw new UnknownHostException(host + " is at " + address.getHostAddress()
                        + ", which is in no network of " + "gatehouse.outbound.networks");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static boolean isInside(InetAddress address) {
        return INSIDE.stream().anyMatch(network -> network.contains(address));
    }
}
