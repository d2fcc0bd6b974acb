package io.gatehouse.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has been done about an open task that is late.
 *
 * @param remindedAt when its groups were reminded
 * @param escalatedAt when others were made aware of it
 * @param escalatedTo the roles of those others, or the id of the one person it was
 */
record TaskAttention(@Nullable Instant remindedAt, @Nullable Instant escalatedAt, SortedSet<String> escalatedTo) {

    static final TaskAttention NONE = new TaskAttention(null, null, Collections.unmodifiableSortedSet(new TreeSet<>()));

    /** When somebody must look at the task again; null if everything was done that can be. */
    @Nullable
    Date nextLook(@Nullable ReminderRule rule, Date created, @Nullable Date due) {
        if (rule == null || due == null || escalatedAt != null) {
            return null;
        }
        return Date.from(remindedAt == null ? rule.remindAt(created, due) : rule.escalateAt(due));
    }
}
