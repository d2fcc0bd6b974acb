package io.gatehouse.cab;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody who may says about a board; {@link Board} says what it means. */
public record BoardDescription(
        String name,
        boolean active,
        int minimumVotes,
        @Nullable BoardSchedule schedule,
        int minutesPerItem,
        int votingHours,
        List<BoardMember> members,
        List<BoardDelegate> delegates,
        Set<BoardFilter> filter) {

    public BoardDescription {
        members = List.copyOf(members);
        delegates = List.copyOf(delegates);
        filter = Set.copyOf(filter);
    }
}
