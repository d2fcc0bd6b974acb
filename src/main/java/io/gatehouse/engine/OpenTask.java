package io.gatehouse.engine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits for a person.
 *
 * @param stem the label of the task in PascalCase; names its form, its {@link TaskForm} and its activity
 * @param number what the task is about, as people say it: {@code CHG-000123}, {@code ROL-000007}
 * @param groups the roles that may do it; for an approval exactly one, the seat
 * @param people the ids of those who are asked by name, whatever their roles; mostly nobody
 * @param claimedBy the person who has taken it, if somebody has
 */
public record OpenTask(String stem, String number, Set<String> groups, Set<String> people, @Nullable String claimedBy) {

    /** A task that asks nobody by name. */
    public OpenTask(String stem, String number, Set<String> groups, @Nullable String claimedBy) {
        this(stem, number, groups, Set.of(), claimedBy);
    }

    static final String ACTIVITY_PREFIX = "Activity_";

    /** The seat of a task that is offered to exactly one role. */
    public String seat() {
        if (groups.size() != 1) {
            throw new IllegalStateException(stem + " of " + number + " must be offered to one seat, not to " + groups);
        }
        return groups.iterator().next();
    }
}
