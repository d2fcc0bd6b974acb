package io.gatehouse.change;

import io.gatehouse.engine.ProcessMessages;
import org.springframework.stereotype.Component;

/**
 * Tells changes that wait for another what has become of it, in the transaction that makes it so. The engine goes on with
 * them in transactions of their own: what is wrong with them holds up nobody else.
 */
@Component
class WaitingChanges {

    private final RelationRows rows;
    private final ProcessMessages messages;

    WaitingChanges(RelationRows rows, ProcessMessages messages) {
        this.rows = rows;
        this.messages = messages;
    }

    /**
     * Has those look again that waited for a change as it was and need not for it as it is now. Whoever looked at it
     * before has its relations locked, so it is known here that they wait.
     */
    void tell(RelatedChange before, Change change) {
        RelatedChange now = RelatedChange.of(change);
        for (Relation relation : rows.lockOf(change)) {
            RelationSide theirs = relation.side().opposite();
            if (theirs.waitsFor(before).isPresent() && theirs.waitsFor(now).isEmpty()) {
                tell(relation.change(), relation.state());
            }
        }
    }

    /** Has a change look again that may wait. */
    void tell(String number, ChangeState state) {
        if (state == ChangeState.SCHEDULED) {
            messages.send(Prerequisite.MET, number);
        }
    }
}
