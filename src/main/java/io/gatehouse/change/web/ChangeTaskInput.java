package io.gatehouse.change.web;

import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.TaskPhase;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What is to be done, as somebody writes it. */
record ChangeTaskInput(
        @NotBlank @Size(max = 200) String title,
        @Size(max = 20_000) @Nullable String instructions,
        @NotNull TaskPhase phase,
        @Size(min = 1, max = 64) @Nullable String owner,
        @Size(min = 1, max = 64) @Nullable String ownerGroup,
        @Nullable Instant plannedStart,
        @Nullable Instant plannedEnd) {

    ChangeTaskContent toContent() {
        return new ChangeTaskContent(
                title, instructions, phase, owner, ownerGroup, stored(plannedStart), stored(plannedEnd));
    }

    private static @Nullable Instant stored(@Nullable Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
    }
}
