package io.gatehouse.calendar.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a client says about a freeze; without a service it is about all of them, and likewise the environment. */
record FreezeInput(
        @NotBlank @Size(max = 200) String name,
        @NotBlank @Size(max = 1000) String reason,
        @NotNull Instant startsAt,
        @NotNull Instant endsAt,
        @Nullable String service,
        @Nullable String environment) {}
