package io.gatehouse.access.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Holds readiness back until Keycloak has answered once: the last of the runners, and Gatehouse is ready when they are
 * through. What happens later is for the health of the component {@code keycloak} to tell; the addresses stay open then,
 * because who is refused should be told why.
 */
@Component("keycloakHealthIndicator")
@Profile("keycloak")
@Order(Ordered.LOWEST_PRECEDENCE)
class KeycloakReached implements ApplicationRunner, HealthIndicator, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(KeycloakReached.class);
    private static final int SECONDS_BETWEEN = 3;

    private static final Duration TROUBLE_REMEMBERED = Duration.ofSeconds(2);

    private final KeycloakProperties keycloak;
    private final Clock clock;
    private final RestClient client;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Instant troubledAt;

    KeycloakReached(KeycloakProperties keycloak, Clock clock) {
        this.keycloak = keycloak;
        this.clock = clock;
        this.client =
                RestClient.builder().requestFactory(KeycloakRequests.factory()).build();
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        String said = "";
        for (Optional<String> trouble = trouble(); trouble.isPresent(); trouble = trouble()) {
            if (!said.equals(trouble.get())) {
                said = trouble.get();
                LOG.warn(
                        "Waiting for Keycloak at {}: {}. Until it answers nobody can sign in.",
                        keycloak.issuer(),
                        said);
            }
            if (stopped.await(SECONDS_BETWEEN, TimeUnit.SECONDS)) {
                return;
            }
        }
        LOG.info("Keycloak answers at {}: people can sign in.", keycloak.issuer());
    }

    /**
     * Asks before somebody is sent there. Trouble is remembered for a moment, so that a crowd does not wait for it one
     * time-out each.
     *
     * @throws io.gatehouse.api.ProblemException if Keycloak does not answer
     */
    synchronized void require() {
        if (!isRemembered(clock.instant())) {
            if (trouble().isEmpty()) {
                troubledAt = null;
                return;
            }
            troubledAt = clock.instant();
        }
        throw Unreachable.problem();
    }

    /** A clock that was put back does not make trouble last. */
    private boolean isRemembered(Instant now) {
        return troubledAt != null && !now.isBefore(troubledAt) && now.isBefore(troubledAt.plus(TROUBLE_REMEMBERED));
    }

    @Override
    public Health health() {
        return trouble()
                .map(trouble -> Health.down().withDetail("trouble", trouble))
                .orElseGet(Health::up)
                .build();
    }

    /** Why nobody could sign in now, if so. */
    private Optional<String> trouble() {
        try {
            JsonNode answer = client.get()
                    .uri(keycloak.issuer() + "/.well-known/openid-configuration")
                    .retrieve()
                    .body(JsonNode.class);
            String issuer = answer == null ? "" : answer.path("issuer").asText();
            return issuer.equals(keycloak.issuer().toString())
                    ? Optional.empty()
                    : Optional.of("what answers there calls itself '" + issuer + "'");
        } catch (RestClientException e) {
            return Optional.of(deepest(e));
        }
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        for (@Nullable Throwable next = failure; next != null; next = next.getCause()) {
            cause = next;
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void destroy() {
        stopped.countDown();
    }
}
