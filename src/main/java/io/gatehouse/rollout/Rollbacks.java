package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** People who want everything undone, while the rollout lives. */
@Service
public class Rollbacks {

    private static final String ROLL_BACK = "POST /api/v1/rollouts/{number}/rollback";

    private final RolloutRows rows;
    private final RolloutAudit audit;
    private final RolloutProcess process;
    private final RolloutOwnership ownership;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Rollbacks(
            RolloutRows rows,
            RolloutAudit audit,
            RolloutProcess process,
            RolloutOwnership ownership,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rows = rows;
        this.audit = audit;
        this.process = process;
        this.ownership = ownership;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /**
     * Undoes everything. A step that is running finishes first, a check that is repeated or waited for is given up at its
     * next look. Asking again changes nothing.
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
        audit.rollbackRequested(rollout.rolledBackBy(by, because));
    }

    private String admit(Rollout rollout) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(ROLL_BACK, person, () -> ownership.of(rollout));
        return Objects.requireNonNull(person).id();
    }
}
