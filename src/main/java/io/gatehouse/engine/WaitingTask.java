package io.gatehouse.engine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task as the engine keeps it.
 *
 * @param engineId the engine's own id, which never leaves this module
 * @param groups the roles that may do it
 * @param people those who are asked by name
 * @param claimedBy the person who has taken it, if somebody has
 */
record WaitingTask(String engineId, Set<String> groups, Set<String> people, @Nullable String claimedBy) {}
