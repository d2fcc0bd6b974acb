package io.gatehouse.breakglass.web;

import io.gatehouse.engine.Repair;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** What somebody asks for who has to do by hand what nobody may. */
record BreakGlassInput(
        @NotNull @Pattern(regexp = "[A-Z]{3}-[0-9]{6,15}") String target,
        @NotNull @Size(min = 1, max = 7) List<@NotNull @Valid BreakGlassActionInput> actions,
        @NotBlank @Size(max = 1000) String reason,
        @NotBlank @Size(max = 100) String incident,
        @NotNull Instant expiresAt) {

    List<Repair> repairs() {
        return actions.stream().map(BreakGlassActionInput::toRepair).toList();
    }
}
