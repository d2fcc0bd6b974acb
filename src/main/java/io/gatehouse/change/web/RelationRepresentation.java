package io.gatehouse.change.web;

import io.gatehouse.change.ChangeState;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Relation;
import io.gatehouse.change.RelationSide;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A relation of a change to another as the API shows it. */
record RelationRepresentation(
        long id,
        RelationSide kind,
        String change,
        String title,
        ChangeState state,
        @Nullable CloseCode closeCode,
        @Nullable String waits,
        String addedBy,
        Instant addedAt,
        @Nullable String addedBecause,
        @Nullable String removedBy,
        @Nullable Instant removedAt,
        @Nullable String removedBecause) {

    static RelationRepresentation of(Relation relation) {
        return new RelationRepresentation(
                relation.id(),
                relation.side(),
                relation.change(),
                relation.title(),
                relation.state(),
                relation.closeCode(),
                relation.waits().orElse(null),
                relation.addedBy(),
                relation.addedAt(),
                relation.addedBecause(),
                relation.removedBy(),
                relation.removedAt(),
                relation.removedBecause());
    }
}
