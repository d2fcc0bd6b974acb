package io.gatehouse.change.web;

import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.TaskPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task of a change as the API shows it. */
record ChangeTaskRepresentation(
        String number,
        String change,
        ChangeTask.State state,
        TaskPhase phase,
        String title,
        @Nullable String instructions,
        @Nullable String owner,
        @Nullable String ownerGroup,
        @Nullable Instant plannedStart,
        @Nullable Instant plannedEnd,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String note,
        ChangeTask.@Nullable ConditionKey condition,
        String createdBy,
        Instant createdAt) {

    static ChangeTaskRepresentation of(ChangeTask task) {
        ChangeTaskContent content = task.content();
        return new ChangeTaskRepresentation(
                task.number(),
                task.change(),
                task.state(),
                content.phase(),
                content.title(),
                content.instructions(),
                content.owner(),
                content.ownerGroup(),
                content.plannedStart(),
                content.plannedEnd(),
                task.startedAt(),
                task.endedAt(),
                task.endedBy(),
                task.note(),
                task.condition(),
                task.createdBy(),
                task.createdAt());
    }
}
