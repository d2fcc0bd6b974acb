package io.gatehouse.change;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The end of a change: what its rollout reported, and the closing. */
@Service
@Transactional
public class Completion {

    /** What a rollout reports when it is over. */
    public enum RolloutOutcome {
        /** Everything was deployed and verified. */
        DEPLOYED(CloseCode.SUCCESSFUL, false),
        /** It failed or was called back, and every step that ran was undone. */
        ROLLED_BACK(CloseCode.UNSUCCESSFUL, true),
        /** It was a rehearsal, in which everything ran, was verified and was undone. */
        REHEARSED(CloseCode.SUCCESSFUL, true),
        /** It failed, and a person decided not to undo some of the steps. */
        ROLLBACK_INCOMPLETE(CloseCode.UNSUCCESSFUL, true),
        /** People stopped it, and what had run by then was kept. */
        ABORTED(CloseCode.UNSUCCESSFUL, false);

        private final CloseCode closeCode;
        private final boolean rolledBack;

        RolloutOutcome(CloseCode closeCode, boolean rolledBack) {
            this.closeCode = closeCode;
            this.rolledBack = rolledBack;
        }
    }

    private final Changes changes;
    private final TemplateSuspensions suspensions;

    Completion(Changes changes, TemplateSuspensions suspensions) {
        this.changes = changes;
        this.suspensions = suspensions;
    }

    /** Records the outcome of the rollout that implemented the change. */
    public void takeOver(String number, RolloutOutcome outcome) {
        changes.finishImplementation(changes.lock(number), null, outcome.closeCode, outcome.rolledBack);
    }

    public void close(String number) {
        Change change = changes.lock(number);
        changes.close(change);
        suspensions.closed(change);
    }
}
