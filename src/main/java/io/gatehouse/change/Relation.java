package io.gatehouse.change;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change has to do with another, as seen from the change.
 *
 * @param id tells it from all other relations, of all changes
 * @param side what it is to the change
 * @param ahead whether the change has still to start
 * @param addedBecause absent if whoever added it said nothing
 * @param removedBy absent while it is in force
 */
public record Relation(
        long id,
        RelationSide side,
        boolean ahead,
        RelatedChange other,
        String addedBy,
        Instant addedAt,
        @Nullable String addedBecause,
        @Nullable String removedBy,
        @Nullable Instant removedAt,
        @Nullable String removedBecause) {

    public boolean isInForce() {
        return removedBy == null;
    }

    /** The number of the other change. */
    public String change() {
        return other.number();
    }

    public String title() {
        return other.title();
    }

    public ChangeState state() {
        return other.state();
    }

    public @Nullable CloseCode closeCode() {
        return other.closeCode();
    }

    /** Why the change must not start now: {@code waits for CHG-000012 (SCHEDULED), on which it depends}. */
    public Optional<String> waits() {
        return isInForce() && ahead ? side.waitsFor(other) : Optional.empty();
    }

    boolean supersedesForGood() {
        return side == RelationSide.SUPERSEDED_BY && other.succeeded();
    }

    /** As a line for people who look at the change. */
    public String line() {
        return waits().orElseGet(() -> side.words(other)) + ": " + title();
    }
}
