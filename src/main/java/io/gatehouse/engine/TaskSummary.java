package io.gatehouse.engine;

import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A line of a list of waiting tasks.
 *
 * @param task which task it is: the label of the diagram in PascalCase, as {@code ApproveChange}
 * @param title the label as people read it
 * @param number what the task is about, as {@code CHG-000123}
 * @param groups the roles that may do it
 * @param claimedBy the person who has taken it, if somebody has
 * @param since when it began to wait, to the second
 * @param dueAt when it should be done
 * @param remindedAt when its groups were reminded that it is nearly due, if they were
 * @param escalatedTo the roles, or the id of the person, that were made aware of it because it is overdue; empty if it
 *     is not that late
 */
public record TaskSummary(
        String task,
        String title,
        String number,
        SortedSet<String> groups,
        @Nullable String claimedBy,
        Instant since,
        @Nullable Instant dueAt,
        @Nullable Instant remindedAt,
        SortedSet<String> escalatedTo) {}
