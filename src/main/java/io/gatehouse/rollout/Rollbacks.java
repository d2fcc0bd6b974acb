package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.time.Duration;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** People who want everything undone, while the rollout lives. */
@Service
public class Rollbacks {

    private static final String ROLL_BACK = "POST /api/v1/rollouts/{number}/rollback";

    private final RolloutRows rows;
    private final CommandRows commands;
    private final Settlement settlement;
    private final RolloutAudit audit;
    private final RolloutProcess process;
    private final RolloutOwnership ownership;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Rollbacks(
            RolloutRows rows,
            CommandRows commands,
            Settlement settlement,
            RolloutAudit audit,
            RolloutProcess process,
            RolloutOwnership ownership,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rows = rows;
        this.commands = commands;
        this.settlement = settlement;
        this.audit = audit;
        this.process = process;
        this.ownership = ownership;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /**
     * Undoes everything. A step that is running finishes first, a check that is repeated or waited for is given up at its
     * next look, a step that a pause holds back or whose tool cannot be reached is not run. Asking again changes nothing.
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
            if (rollout.abort() != null && rollout.abort().keptBy() != null) {
                throw ProblemException.conflict(
                        "rollout-kept",
                        "What ran is kept",
                        rollout.abort().keptBy() + " decided that what " + number
                                + " did is kept. Undo it with a new change.");
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

    /** Notes that a person wants an aborted rollout undone; the diagram asks for it next. Joins the caller's transaction. */
    public void afterAbort(String number, Person person, String reason) {
        note(rows.lock(number), person.id(), reason);
    }

    /**
     * Notes that a rehearsal has run through; the diagram undoes it next. Joins the caller's transaction. Whoever asked
     * for its rollback before is the one who did.
     */
    public void afterRehearsal(String number) {
        Rollout rollout = rows.lock(number);
        if (!rollout.rollbackRequested()) {
            note(rollout, Rollout.rehearsalOf(rollout.change()), "Everything ran and was verified, so it is undone");
        }
    }

    private void note(Rollout rollout, String by, String because) {
        rows.requestRollback(rollout.id(), by, because);
        rows.resume(rollout.id());
        audit.rollbackRequested(rows.lock(rollout.id()));
        commands.runs(rollout.id(), CommandState.HELD).forEach(held -> giveUp(held, "Held back by a pause"));
        commands.runs(rollout.id(), CommandState.NEW).forEach(unsent -> {
            if (unsent.waiting() != null) {
                giveUp(unsent, unsent.waiting().because());
            }
        });
    }

    private void giveUp(Command command, String why) {
        if (commands.move(command, CommandState.FAILED, Duration.ZERO)) {
            settlement.failed(command, why + ", then everything was to be undone", false);
        }
    }

    private String admit(Rollout rollout) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(ROLL_BACK, person, () -> ownership.of(rollout));
        return Objects.requireNonNull(person).id();
    }
}
