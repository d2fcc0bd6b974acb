package io.gatehouse.release;

import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether somebody wants another package. */
@Component
@Order(3)
class ScopeReadiness implements ReadinessCheck {

    private final ScopeChangeRows rows;

    ScopeReadiness(ScopeChangeRows rows) {
        this.rows = rows;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        return List.of(rows.openOf(release.stored())
                .map(change -> ReadinessItem.missing(
                                "scope-settled",
                                change.number() + " would change the package, and is not decided",
                                String.join(", ", change.openSeats()))
                        .missingSince(change.requestedAt()))
                .orElseGet(() -> ReadinessItem.met("scope-settled", "nobody wants another package")));
    }
}
