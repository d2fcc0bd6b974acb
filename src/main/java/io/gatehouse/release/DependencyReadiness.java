package io.gatehouse.release;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether the other releases that a release needs are where they must be. */
@Component
@Order(3)
class DependencyReadiness implements ReadinessCheck {

    private final DependencyRows rows;

    DependencyReadiness(DependencyRows rows) {
        this.rows = rows;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        List<ReleaseDependency> needs = rows.of(release.stored()).stream()
                .filter(ReleaseDependency::isInForce)
                .toList();
        if (needs.isEmpty()) {
            return List.of();
        }
        String waits = needs.stream()
                .flatMap(dependency -> dependency.waits().stream())
                .collect(Collectors.joining("; "));
        return List.of(new ReadinessItem(
                "dependencies", waits.isEmpty(), waits.isEmpty() ? "the releases that it needs are through" : waits));
    }
}
