package io.gatehouse.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a service that is or was deployed in an environment.
 *
 * @param id grows with every deployment that is recorded
 * @param service key of the service
 * @param environment key of the environment
 * @param version of the service, as its team writes it
 * @param digest of the artifact, such as {@code sha256:…}
 * @param changeNumber the change that brought it there; null when it came without one
 * @param at since when
 * @param live whether it is what runs there now
 */
public record Deployment(
        long id,
        String service,
        String environment,
        String version,
        @Nullable String digest,
        @Nullable String changeNumber,
        Instant at,
        boolean live) {}
