package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.util.Objects;
import org.springframework.stereotype.Service;

/**
 * People who want a rollout to stand still between two steps, and to go on later. Only calls that run a step are held
 * back: what a tool has been told already is seen through, and undoing never waits.
 */
@Service
public class Pauses {

    private static final String PAUSE = "POST /api/v1/rollouts/{number}/pause";
    private static final String RESUME = "POST /api/v1/rollouts/{number}/resume";

    private final RolloutRows rows;
    private final Ledger ledger;
    private final RolloutAudit audit;
    private final RolloutOwnership ownership;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Pauses(
            RolloutRows rows,
            Ledger ledger,
            RolloutAudit audit,
            RolloutOwnership ownership,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rows = rows;
        this.ledger = ledger;
        this.audit = audit;
        this.ownership = ownership;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /**
     * Lets no further step begin. Pausing again changes nothing.
     *
     * @throws ProblemException forbidden to anybody but those who may roll it back; conflict once it turns back or has
     *     ended
     */
    public Rollout pause(String number, String reason) {
        return contention.survive(() -> {
            Rollout rollout = rows.lock(number);
            String by = admit(PAUSE, rollout);
            requireSteps(rollout);
            if (!rollout.isPaused()) {
                rows.pause(rollout.id(), by, reason);
                Rollout paused = rows.lock(number);
                audit.paused(paused, reason);
                ledger.holdBackIfPaused(paused);
            }
            return rows.find(number);
        });
    }

    /**
     * Lets it go on. Resuming again changes nothing.
     *
     * @throws ProblemException as {@link #pause}
     */
    public Rollout resume(String number, String reason) {
        return contention.survive(() -> {
            Rollout rollout = rows.lock(number);
            admit(RESUME, rollout);
            requireSteps(rollout);
            if (rollout.isPaused()) {
                rows.resume(rollout.id());
                audit.resumed(rows.lock(number), reason);
                ledger.letGo(rollout);
            }
            return rows.find(number);
        });
    }

    private String admit(String operation, Rollout rollout) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person, () -> ownership.of(rollout));
        return Objects.requireNonNull(person).id();
    }

    private static void requireSteps(Rollout rollout) {
        if (!rollout.state().isLive()) {
            throw ProblemException.conflict(
                    "rollout-ended", "The rollout has ended", rollout.number() + " is " + rollout.state() + ".");
        }
        if (rollout.isAborted()) {
            throw ProblemException.conflict(
                    "rollout-aborted",
                    "The rollout was aborted",
                    "No step of " + rollout.number() + " begins any more, so there is nothing to hold back.");
        }
        if (rollout.rollbackRequested() || !rollout.state().mayBePaused()) {
            throw ProblemException.conflict(
                    "rollout-turned-back",
                    "The rollout is on its way back",
                    "Everything that " + rollout.number() + " did is to be undone, and undoing is never held back.");
        }
    }
}
