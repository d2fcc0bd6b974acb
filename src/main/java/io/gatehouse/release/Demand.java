package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a seat demands before a release goes into production.
 *
 * @param owner id of the person who sees to it, unless a group does
 * @param ownerGroup the role or team of which somebody does
 * @param dueAt until when; then the go is none any more
 */
public record Demand(String demanded, @Nullable String owner, @Nullable String ownerGroup, Instant dueAt) {}
