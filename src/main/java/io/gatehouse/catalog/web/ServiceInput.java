package io.gatehouse.catalog.web;

import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.catalog.ServiceDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says about a service. */
record ServiceInput(
        @NotBlank @Size(max = 200) String name,
        @Min(1) @Max(4) int tier,
        @NotBlank @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String ownerGroup,
        @Nullable @Size(max = 20)
                Set<@NotNull @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String>
                        complianceScopes,
        @Nullable @Size(max = 200)
                Set<@NotNull @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String> dependencies) {

    ServiceDescription description() {
        return new ServiceDescription(
                name,
                tier,
                ownerGroup,
                complianceScopes == null ? Set.of() : complianceScopes,
                dependencies == null ? Set.of() : dependencies);
    }
}
