package io.gatehouse.engine;

import org.jspecify.annotations.Nullable;

/**
 * Which waiting tasks are wanted; what is absent does not matter.
 *
 * @param number what the task is about, as {@code CHG-000123}
 * @param task which task it is, as {@code ApproveChange}
 * @param group a role that may do it
 * @param mine whether only tasks that the current person may take or has taken are wanted
 */
public record TaskFilter(@Nullable String number, @Nullable String task, @Nullable String group, boolean mine) {}
