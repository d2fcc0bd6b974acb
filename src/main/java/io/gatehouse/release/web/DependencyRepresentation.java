package io.gatehouse.release.web;

import io.gatehouse.release.ReleaseDependency;
import io.gatehouse.release.ReleaseState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dependency as the API shows it. */
record DependencyRepresentation(
        long id,
        String release,
        String stage,
        String needs,
        String needsStage,
        ReleaseState needsState,
        boolean met,
        @Nullable String waits,
        String addedBy,
        Instant addedAt,
        @Nullable String addedBecause,
        @Nullable String removedBy,
        @Nullable Instant removedAt,
        @Nullable String removedBecause) {

    static DependencyRepresentation of(ReleaseDependency dependency) {
        return new DependencyRepresentation(
                dependency.id(),
                dependency.release(),
                dependency.stage(),
                dependency.needs(),
                dependency.needsStage(),
                dependency.needsState(),
                dependency.met(),
                dependency.waits().orElse(null),
                dependency.addedBy(),
                dependency.addedAt(),
                dependency.addedBecause(),
                dependency.removedBy(),
                dependency.removedAt(),
                dependency.removedBecause());
    }
}
