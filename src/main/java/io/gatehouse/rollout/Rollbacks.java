package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.access.Roles;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Changes;
import java.util.List;
import org.springframework.stereotype.Service;

/** People who want everything undone, while the rollout lives. */
@Service
public class Rollbacks {

    private static final List<String> MAY_ASK = List.of(Roles.RELEASE_MANAGER, Roles.CHANGE_MANAGER, Roles.OPS_LEAD);

    private final RolloutRows rows;
    private final RolloutAudit audit;
    private final RolloutProcess process;
    private final Changes changes;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Rollbacks(
            RolloutRows rows,
            RolloutAudit audit,
            RolloutProcess process,
            Changes changes,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rows = rows;
        this.audit = audit;
        this.process = process;
        this.changes = changes;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /**
     * Undoes everything. A step that is running finishes first. Asking again changes nothing.
     *
     * @throws ProblemException forbidden to anybody but the requester of the change and those who run production;
     *     conflict once the rollout has ended
     */
    public Rollout request(String number, String reason) {
        return contention.survive(() -> {
            Rollout rollout = rows.lock(number);
            String by = admit(rollout);
            if (!rollout.state().isLive()) {
                throw ProblemException.conflict(
                        "rollout-ended",
                        "The rollout has ended",
                        number + " is " + rollout.state() + ". Undo it with a new change.");
            }
            if (!rollout.rollbackRequested() && rollout.state() != RolloutState.ROLLING_BACK) {
                note(rollout, by, reason);
                process.rollbackRequested(rollout.id());
            }
            return rows.find(number);
        });
    }

    /** Notes that a person found the deployment wanting; the diagram asks for it next. Joins the caller's transaction. */
    public void verificationFailed(String number, Person person, String reason) {
        note(rows.lock(number), person.id(), "Verification failed: " + reason);
    }

    private void note(Rollout rollout, String by, String because) {
        rows.requestRollback(rollout.id(), by, because);
        audit.rollbackRequested(rollout);
    }

    private String admit(Rollout rollout) {
        return currentPerson
                .find()
                .filter(person -> MAY_ASK.stream().anyMatch(person::isIn)
                        || changes.glance(rollout.change()).requester().equals(person.id()))
                .orElseThrow(() -> ProblemException.forbidden(
                        "rollback-not-yours",
                        "Rollback refused",
                        "Only the requester of " + rollout.change() + " or somebody in " + String.join(", ", MAY_ASK)
                                + " may roll it back."))
                .id();
    }
}
