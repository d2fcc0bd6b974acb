package io.gatehouse.change;

import java.util.List;
import java.util.stream.Stream;

/** What one change may have to do with another. */
public enum RelationKind {
    /** It does not start before the other is closed successfully. */
    DEPENDS_ON,
    /** The two are never being implemented at the same time, whichever is first. */
    CONFLICTS_WITH,
    /** The other does not start once this one is submitted, and is canceled when this one is closed successfully. */
    SUPERSEDES;

    RelationSide outgoing() {
        return switch (this) {
            case DEPENDS_ON -> RelationSide.DEPENDS_ON;
            case CONFLICTS_WITH -> RelationSide.CONFLICTS_WITH;
            case SUPERSEDES -> RelationSide.SUPERSEDES;
        };
    }

    /** Of the two changes those that the relation may keep waiting: whoever adds it has a say in each of them. */
    List<Change> restricts(Change from, Change to) {
        return this == DEPENDS_ON ? List.of(from) : Stream.of(from, to).toList();
    }
}
