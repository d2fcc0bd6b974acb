package io.gatehouse.release;

import java.util.List;
import org.springframework.stereotype.Component;

/** Looks how ready a release is. */
@Component
class ReadinessChecks {

    private final List<ReadinessCheck> checks;

    ReadinessChecks(List<ReadinessCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    Readiness of(Release release) {
        return new Readiness(
                checks.stream().flatMap(check -> check.of(release).stream()).toList());
    }
}
