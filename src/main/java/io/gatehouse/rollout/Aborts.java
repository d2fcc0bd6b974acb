package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.DeployedModels;
import io.gatehouse.engine.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * People who want a rollout to end where it is. Nothing is undone by that: once the step under way is over, a person
 * decides whether what ran is kept or undone, and until then the services stay taken and a rollback may be asked for.
 */
@Service
public class Aborts {

    private static final String ABORT = "POST /api/v1/rollouts/{number}/abort";
    private static final String KEEP = "POST /api/v1/rollouts/{number}/keep";

    private final RolloutRows rows;
    private final StepRows steps;
    private final CommandRows commands;
    private final Ledger ledger;
    private final Settlement settlement;
    private final RolloutAudit audit;
    private final RolloutPlans plans;
    private final RolloutOwnership ownership;
    private final DeployedModels models;
    private final Tasks tasks;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Aborts(
            RolloutRows rows,
            StepRows steps,
            CommandRows commands,
            Ledger ledger,
            Settlement settlement,
            RolloutAudit audit,
            RolloutPlans plans,
            RolloutOwnership ownership,
            DeployedModels models,
            Tasks tasks,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rows = rows;
        this.steps = steps;
        this.commands = commands;
        this.ledger = ledger;
        this.settlement = settlement;
        this.audit = audit;
        this.plans = plans;
        this.ownership = ownership;
        this.models = models;
        this.tasks = tasks;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /**
     * Lets no further step begin. A step that is running finishes first, one of which nobody knows whether it ran is
     * decided about first, one that no tool was told yet is not run. Aborting again changes nothing.
     *
     * @throws ProblemException forbidden to anybody but those who may roll it back; conflict if no step is left, it is on
     *     its way back or has ended, or its process was drawn without a decision about what is left
     */
    public Rollout abort(String number, String reason) {
        return contention.survive(() -> {
            Rollout rollout = rows.lock(number);
            Person person = currentPerson.find().orElse(null);
            permissions.require(ABORT, person, () -> ownership.of(rollout));
            if (rollout.state() != RolloutState.ABORTING && rollout.state() != RolloutState.ABORTED) {
                requireStepsLeft(rollout);
                begin(rollout, Objects.requireNonNull(person).id(), reason);
            }
            return rows.find(number);
        });
    }

    private void begin(Rollout rollout, String by, String because) {
        rows.abort(rollout.id(), by, because);
        Rollout aborted = rows.lock(rollout.id());
        audit.aborted(aborted, because);
        ledger.move(aborted, RolloutState.ABORTING);
        giveUpUnsent(rollout.id());
    }

    /**
     * Aborts what a change has under way that was begun before it was approved and then was not. One whose process knows
     * no abort is paused. Joins the caller's transaction.
     */
    public void notApproved(String change) {
        rows.latestOf(change).ifPresent(rollout -> notApproved(rows.lock(rollout.id())));
    }

    /** @param rollout locked */
    void notApproved(Rollout rollout) {
        if (!rollout.state().mayBePaused() || rollout.rollbackRequested() || allHaveRun(rollout)) {
            return;
        }
        String because = rollout.change() + " was begun before it was approved, and then was not";
        if (knowsAbort(rollout)) {
            begin(rollout, rollout.change(), because);
        } else if (!rollout.isPaused()) {
            rows.pause(rollout.id(), rollout.change(), because);
            Rollout paused = rows.lock(rollout.id());
            audit.paused(paused, because);
            ledger.holdBackIfPaused(paused);
        }
    }

    private boolean knowsAbort(Rollout rollout) {
        return models.box(rollout.number(), RolloutModel.KEEP_WHAT_RAN).isPresent();
    }

    /**
     * Decides over the API that what ran is kept, in the place of the task.
     *
     * @throws ProblemException forbidden to anybody but release managers; conflict while nobody is asked
     */
    public Rollout keep(String number, String reason) {
        permissions.require(KEEP, currentPerson.find().orElse(null));
        rows.find(number);
        tasks.submit(number, "DecideOnAbort", null, Map.of("decision", "KEEP", "reason", reason));
        return rows.find(number);
    }

    /** Notes that a person decided to keep what ran; the diagram ends the rollout next. Joins the caller's transaction. */
    public void kept(String number, Person person, String reason) {
        Rollout rollout = rows.lock(number);
        if (!rollout.isAborted()) {
            throw turnedBack(rollout);
        }
        rows.keep(rollout.id(), person.id(), reason);
        audit.kept(rows.lock(number), reason);
    }

    private void giveUpUnsent(long rollout) {
        List<Command> unsent = Stream.of(CommandState.NEW, CommandState.HELD)
                .flatMap(state -> commands.runs(rollout, state).stream())
                .toList();
        unsent.stream()
                .filter(command -> commands.move(command, CommandState.FAILED, Duration.ZERO))
                .forEach(command ->
                        settlement.failed(command, "Not begun: the rollout was aborted", command.maybeSent()));
    }

    private void requireStepsLeft(Rollout rollout) {
        if (!rollout.state().isLive()) {
            throw ProblemException.conflict(
                    "rollout-ended", "The rollout has ended", rollout.number() + " is " + rollout.state() + ".");
        }
        if (rollout.rollbackRequested() || !rollout.state().mayBePaused()) {
            throw turnedBack(rollout);
        }
        if (!knowsAbort(rollout)) {
            throw ProblemException.conflict(
                    "abort-not-drawn",
                    "The process knows no abort",
                    "The process that " + rollout.number()
                            + " follows has no decision about what is left. Pause it, or roll it back.");
        }
        if (allHaveRun(rollout)) {
            throw ProblemException.conflict(
                    "nothing-to-abort",
                    "Every step has run",
                    rollout.number() + " has no step left that could be kept from beginning. Let it be accepted, or"
                            + " roll it back.");
        }
    }

    private static ProblemException turnedBack(Rollout rollout) {
        return ProblemException.conflict(
                "rollout-turned-back",
                "The rollout is on its way back",
                "Everything that " + rollout.number() + " did is to be undone; no step begins any more.");
    }

    /** Nobody knows it of a process that a team has drawn. */
    private boolean allHaveRun(Rollout rollout) {
        List<Step> begun = steps.list(rollout.id());
        return PlansToSeal.isStandard(rollout.process())
                && begun.size() == plans.planOf(rollout.change()).steps().size()
                && begun.stream().allMatch(step -> step.state().isEnded());
    }
}
