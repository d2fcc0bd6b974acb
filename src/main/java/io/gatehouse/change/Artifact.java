package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/**
 * What a change brings into its environment.
 *
 * @param service one of the services of the change
 * @param version the version that will run there afterwards
 * @param digest of the package, as {@code sha256:…}, if it has one
 */
public record Artifact(String service, String version, @Nullable String digest) {}
