package io.gatehouse.change;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, when and by whom.
 *
 * @param owner the id of the person who does it; absent while it is whoever's of the group is first
 * @param ownerGroup the role or team that is asked; may be absent if there is an owner
 * @param plannedStart when somebody means to begin it
 * @param plannedEnd when it should be done
 */
public record ChangeTaskContent(
        String title,
        @Nullable String instructions,
        TaskPhase phase,
        @Nullable String owner,
        @Nullable String ownerGroup,
        @Nullable Instant plannedStart,
        @Nullable Instant plannedEnd) {

    ChangeTaskContent ownedBy(String person) {
        return new ChangeTaskContent(title, instructions, phase, person, ownerGroup, plannedStart, plannedEnd);
    }
}
