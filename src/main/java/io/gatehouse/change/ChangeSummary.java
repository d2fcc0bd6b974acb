package io.gatehouse.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A line of a list of changes.
 *
 * @param id position in the list; people and programs say the number
 */
public record ChangeSummary(
        @JsonIgnore long id,
        String number,
        ChangeType type,
        ChangeState state,
        boolean onHold,
        String title,
        SortedSet<String> services,
        String environment,
        Window window,
        String requester,
        @Nullable Risk risk,
        @Nullable CloseCode closeCode,
        boolean rolledBack,
        Instant createdAt) {}
