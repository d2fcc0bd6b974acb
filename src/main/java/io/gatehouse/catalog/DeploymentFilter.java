package io.gatehouse.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which deployments a list shows; what is null does not restrict it.
 *
 * @param service only those of this service
 * @param environment only those in this environment
 * @param live true for what runs now only
 */
public record DeploymentFilter(@Nullable String service, @Nullable String environment, boolean live) {}
