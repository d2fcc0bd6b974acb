package io.gatehouse.catalog.web;

import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.EnvironmentKind;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What a client says about an environment. */
record EnvironmentInput(
        @NotBlank @Size(max = 200) String name,
        @NotNull EnvironmentKind kind,
        @Min(1) @Max(1000) int order,
        boolean production) {

    Environment environment(String key) {
        return new Environment(key, name, kind, order, production, 0);
    }
}
