package io.gatehouse.catalog.web;

import io.gatehouse.catalog.Deployment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deployment as the API shows it. */
record DeploymentRepresentation(
        String service,
        String environment,
        String version,
        @Nullable String digest,
        @Nullable String change,
        Instant since,
        boolean live) {

    static DeploymentRepresentation of(Deployment deployment) {
        return new DeploymentRepresentation(
                deployment.service(),
                deployment.environment(),
                deployment.version(),
                deployment.digest(),
                deployment.changeNumber(),
                deployment.at(),
                deployment.live());
    }
}
