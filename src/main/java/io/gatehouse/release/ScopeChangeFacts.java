package io.gatehouse.release;

import io.gatehouse.engine.CallableFromModels;
import java.util.List;

/** What the diagram asks about a scope change; every answer is read from our tables. */
@CallableFromModels
class ScopeChangeFacts {

    private final ScopeChanges changes;

    ScopeChangeFacts(ScopeChanges changes) {
        this.changes = changes;
    }

    /** The seats that have not decided, for "Approve scope change"; never empty. */
    public List<String> openSeats(String number) {
        List<String> seats = changes.get(number).openSeats();
        if (seats.isEmpty()) {
            throw new IllegalStateException("Nobody is asked about " + number + ", which would let it in");
        }
        return seats;
    }

    /** Whether nothing is left to be said. */
    public boolean settled(String number) {
        return changes.get(number).isSettled();
    }
}
