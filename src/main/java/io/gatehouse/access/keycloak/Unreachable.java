package io.gatehouse.access.keycloak;

import io.gatehouse.api.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** What everybody is told while Keycloak does not answer. */
final class Unreachable {

    private Unreachable() {}

    static ProblemException problem() {
        return ProblemException.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "identity-provider-unreachable",
                        "Identity provider unreachable",
                        "Keycloak does not answer, so Gatehouse cannot tell who you are or still may do. Try again in a "
                                + "moment.")
                .retryAfter(Duration.ofSeconds(10));
    }
}
