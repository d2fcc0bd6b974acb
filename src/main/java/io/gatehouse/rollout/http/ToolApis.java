package io.gatehouse.rollout.http;

import io.gatehouse.rollout.RolloutProperties;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.secret.SecretText;
import io.gatehouse.secret.StoredSecrets;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
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
     * @param credential what the tool knows us by, made of its token; not asked if there is none
     * @throws IllegalArgumentException if a setting cannot work
     */
    public ToolApi api(ToolSettings settings, Function<SecretText, Credential> credential) {
        check(settings.limits(), Map.of("url", settings.url()));
        String token = settings.token();
        Credential known = token == null
                ? Credential.none()
                : credential.apply(InvalidSetting.in("token", () -> secrets.text(token)));
        String authority = settings.caCertificate();
        SSLContext trust = authority == null
                ? null
                : InvalidSetting.in("ca-certificate", () -> CertificateAuthority.read(authority));
        String notices = settings.noticeSecret();
        SecretText proof = notices == null ? null : InvalidSetting.in("notice-secret", () -> secrets.text(notices));
        return new ToolApi(settings.url(), known, proof, new ToolClient(settings.limits(), addresses, trust));
    }

    /**
     * Where a tool may be, and how long it may take.
     *
     * @param urls by the names of their settings
     * @throws IllegalArgumentException if it may not
     */
    public ToolAddresses check(HttpLimits limits, Map<String, String> urls) {
        if (limits.longestExchange().compareTo(rollout.longestExchange()) > 0) {
            throw new IllegalArgumentException("connect-timeout and read-timeout must together be at most a third of "
                    + "gatehouse.rollout.lease, " + rollout.longestExchange());
        }
        urls.forEach((setting, url) -> InvalidSetting.in(setting, () -> {
            addresses.check(url);
            return url;
        }));
        return addresses;
    }
}
