package io.gatehouse.breakglass.web;

import io.gatehouse.engine.Repair;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** One thing somebody wants to do by hand, said exactly. */
record BreakGlassActionInput(
        @NotNull Repair.Kind kind,
        @Pattern(regexp = PLACE + "|[1-9][0-9]{0,17}") @Nullable String at,
        @Pattern(regexp = PLACE + "|[1-9][0-9]{0,8}") @Nullable String to,
        @Size(max = 100) @Nullable String variable,
        @Size(max = 400) @Nullable String value) {

    private static final String PLACE = "[A-Za-z]{1,20}_[A-Za-z0-9]{1,70}";

    Repair toRepair() {
        return new Repair(kind, at, to, variable, value);
    }
}
