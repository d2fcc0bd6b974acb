package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has to be so before a release goes into production, by the word of somebody.
 *
 * @param title one line
 * @param owner id of the person who says whether it is so, unless a group does
 * @param ownerGroup the role or team of which somebody does
 * @param dueAt until when
 */
public record CriterionContent(
        String title, @Nullable String details, @Nullable String owner, @Nullable String ownerGroup, Instant dueAt) {}
