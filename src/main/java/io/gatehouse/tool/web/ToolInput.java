package io.gatehouse.tool.web;

import io.gatehouse.access.ToolAction;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.tool.ToolDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says about a tool. */
record ToolInput(
        @NotBlank @Size(max = 1000) String description,
        @NotEmpty Set<@NotNull ToolAction> actions,
        @NotEmpty @Size(max = 100)
                Set<@NotNull @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String> services,
        @Nullable @Size(max = 100)
                Set<@NotNull @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String> environments,
        @NotBlank @Size(max = 64) String responsible,
        @Nullable Boolean enabled) {

    ToolDescription toDescription() {
        return new ToolDescription(
                description,
                actions,
                services,
                environments == null ? Set.of() : environments,
                responsible,
                !Boolean.FALSE.equals(enabled));
    }
}
