package io.gatehouse.change;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** A change does not start while one of its relations to other changes is in the way. */
@Component
class RelationsToRespect implements Prerequisite {

    private final RelationRows rows;

    RelationsToRespect(RelationRows rows) {
        this.rows = rows;
    }

    /** Asked under the lock of the change; locks its relations, so that no other end of one starts or ends meanwhile. */
    @Override
    public Optional<String> missing(Change change) {
        return rows.lockOf(change).stream()
                .flatMap(relation -> relation.waits().stream())
                .findFirst()
                .map(sentence -> change.number() + " " + sentence + ".");
    }
}
