package io.gatehouse.change;

import io.gatehouse.api.ProblemException;

/** Until when changes can still be related: as long as it would have one of them wait, and could be met. */
final class RelationTiming {

    private RelationTiming() {}

    /** @throws ProblemException a conflict that says which change is too far on */
    static void require(RelationKind kind, Change from, Change to) {
        switch (kind) {
            case DEPENDS_ON -> {
                requireNotStarted(from);
                if (RelatedChange.of(to).failed()) {
                    throw late(to, "ended without success, so nothing can depend on it");
                }
            }
            case CONFLICTS_WITH -> {
                requireNotOver(from);
                requireNotOver(to);
                if (!from.state().isBeforeImplement() && !to.state().isBeforeImplement()) {
                    throw late(to, "and " + from.number() + " are both being implemented already");
                }
            }
            case SUPERSEDES -> {
                requireNotStarted(from);
                requireNotOver(to);
            }
        }
    }

    private static void requireNotStarted(Change change) {
        if (!change.state().isBeforeImplement()) {
            throw late(change, "has started, so it can wait for nothing more");
        }
    }

    private static void requireNotOver(Change change) {
        if (!change.state().isBeforeImplement() && change.state() != ChangeState.IMPLEMENT) {
            throw late(change, "has been implemented or given up, so there is nothing left to keep apart from it");
        }
    }

    private static ProblemException late(Change change, String why) {
        return ProblemException.conflict(
                "relation-too-late",
                "Too late for that relation",
                change.number() + " (" + change.state() + ") " + why + ".");
    }
}
