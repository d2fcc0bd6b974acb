package io.gatehouse.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which services a list shows; what is null does not restrict it.
 *
 * @param ownerGroup only those owned by this group
 * @param tier only those of this tier
 * @param complianceScope only those under this regulation
 * @param dependsOn only those that need this service directly
 */
public record ServiceFilter(
        @Nullable String ownerGroup,
        @Nullable Integer tier,
        @Nullable String complianceScope,
        @Nullable String dependsOn) {}
