package io.gatehouse.change;

import java.util.Optional;

/** What a relation is to one of its two changes, and when it has that one wait for the other. */
public enum RelationSide {
    DEPENDS_ON {
        @Override
        Optional<String> waitsFor(RelatedChange other) {
            if (other.succeeded()) {
                return Optional.empty();
            }
            return Optional.of("waits for " + other.standing() + ", on which it depends"
                    + (other.failed()
                            ? " and which ended without success: remove the relation, or revise the change"
                            : ""));
        }

        @Override
        String words(RelatedChange other) {
            return "depends on " + other.standing();
        }
    },
    NEEDED_BY {
        @Override
        String words(RelatedChange other) {
            return "is needed by " + other.standing();
        }
    },
    CONFLICTS_WITH {
        @Override
        Optional<String> waitsFor(RelatedChange other) {
            return other.isBeingImplemented()
                    ? Optional.of("waits for " + other.standing() + ", with which it conflicts")
                    : Optional.empty();
        }

        @Override
        String words(RelatedChange other) {
            return "conflicts with " + other.standing();
        }
    },
    SUPERSEDES {
        @Override
        Optional<String> waitsFor(RelatedChange other) {
            return other.isBeingImplemented()
                    ? Optional.of("waits for " + other.standing() + ", which it supersedes and which is under way")
                    : Optional.empty();
        }

        @Override
        String words(RelatedChange other) {
            return "supersedes " + other.standing();
        }
    },
    SUPERSEDED_BY {
        @Override
        Optional<String> waitsFor(RelatedChange other) {
            return other.isSubmitted()
                    ? Optional.of("waits for " + other.standing() + ", which supersedes it")
                    : Optional.empty();
        }

        @Override
        String words(RelatedChange other) {
            return "is superseded by " + other.standing();
        }
    };

    /** Why a change that has not started yet must not start now, so far as the other goes. */
    Optional<String> waitsFor(RelatedChange other) {
        return Optional.empty();
    }

    /** What it has to do with the other. */
    abstract String words(RelatedChange other);

    /** What the relation is to the other change. */
    RelationSide opposite() {
        return switch (this) {
            case DEPENDS_ON -> NEEDED_BY;
            case NEEDED_BY -> DEPENDS_ON;
            case CONFLICTS_WITH -> CONFLICTS_WITH;
            case SUPERSEDES -> SUPERSEDED_BY;
            case SUPERSEDED_BY -> SUPERSEDES;
        };
    }
}
