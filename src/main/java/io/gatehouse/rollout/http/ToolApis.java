package io.gatehouse.rollout.http;

import io.gatehouse.api.StartRefused;
import io.gatehouse.rollout.RolloutProperties;
import io.gatehouse.secret.SecretText;
import io.gatehouse.secret.StoredSecrets;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Reaches tools as their operator has configured them; what may not be keeps the product from starting. */
@Component
@EnableConfigurationProperties(OutboundProperties.class)
public class ToolApis {

    private final ToolAddresses addresses;
    private final RolloutProperties rollout;
    private final StoredSecrets secrets;

    ToolApis(OutboundProperties allowed, RolloutProperties rollout, StoredSecrets secrets) {
        this.addresses = new ToolAddresses(allowed, SystemDefaultDnsResolver.INSTANCE);
        this.rollout = rollout;
        this.secrets = secrets;
    }

    /**
     * The interface of one tool.
     *
     * @param connector its name, for the operator who has to mend the settings
     * @param url the base address, without a query
     * @param credential what the tool knows us by; it gets what a setting stands for
     * @throws StartRefused naming what is wrong
     */
    public ToolApi api(
            String connector,
            String url,
            HttpLimits limits,
            Function<Function<String, SecretText>, Credential> credential) {
        return api(connector, url, limits, null, credential);
    }

    /**
     * The interface of one tool that has a certificate of its own authority.
     *
     * @param caCertificate a file with the authority's certificates in PEM; null for those the Java installation trusts
     * @throws StartRefused naming what is wrong
     */
    public ToolApi api(
            String connector,
            String url,
            HttpLimits limits,
            @Nullable String caCertificate,
            Function<Function<String, SecretText>, Credential> credential) {
        check(connector, limits, Stream.of(url));
        try {
            SSLContext trust = caCertificate == null ? null : CertificateAuthority.read(caCertificate);
            return new ToolApi(url, credential.apply(secrets::text), new ToolClient(limits, addresses, trust));
        } catch (IllegalArgumentException refused) {
            throw refused(connector, refused);
        }
    }

    /** Where a tool may be, and how long it may take. */
    public ToolAddresses check(String connector, HttpLimits limits, Stream<String> urls) {
        if (limits.longestExchange().compareTo(rollout.longestExchange()) > 0) {
            throw new StartRefused("gatehouse.connectors." + connector + ": connect-timeout and read-timeout must "
                    + "together be at most a third of gatehouse.rollout.lease, " + rollout.longestExchange());
        }
        try {
            urls.forEach(addresses::check);
            return addresses;
        } catch (IllegalArgumentException refused) {
            throw refused(connector, refused);
        }
    }

    private static StartRefused refused(String connector, IllegalArgumentException reason) {
        return new StartRefused("gatehouse.connectors." + connector + ": " + reason.getMessage());
    }
}
