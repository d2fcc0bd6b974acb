package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.rollout.connector.Stopping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * People who want a tool to stop what it is doing for a step. That is an order of its own: what becomes of the step is
 * told by the tool as ever, so one that has done its work before it could stop has done it.
 */
@Service
public class Stops {

    private static final String STOP = "POST /api/v1/rollouts/{number}/steps/{seq}/stop";

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final CommandRows commands;
    private final StopRows stops;
    private final Settlement settlement;
    private final Connectors connectors;
    private final RolloutAudit audit;
    private final DispatchSignal signal;
    private final RolloutOwnership ownership;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Stops(
            RolloutRows rollouts,
            StepRows steps,
            CommandRows commands,
            StopRows stops,
            Settlement settlement,
            Connectors connectors,
            RolloutAudit audit,
            DispatchSignal signal,
            RolloutOwnership ownership,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.commands = commands;
        this.stops = stops;
        this.settlement = settlement;
        this.connectors = connectors;
        this.audit = audit;
        this.signal = signal;
        this.ownership = ownership;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /**
     * Has the tool told to stop. Asking again changes nothing and tells what has become of it. A tool that has not been
     * told anything yet, because it cannot be reached, is not waited for any longer: the step has not run, or its undo has
     * failed, and a person decides.
     *
     * @throws ProblemException forbidden to anybody but those who may roll it back; conflict if no tool is at work on the
     *     step, or its tool cannot be stopped
     */
    public StopOrder request(String number, int seq, String reason) {
        return contention.survive(() -> {
            Rollout rollout = rollouts.lock(number);
            String by = admit(rollout);
            Step step = steps.find(rollout.id(), seq).orElseThrow(() -> Resolutions.noSuchStep(number, seq));
            Command command = latest(rollout, step);
            Optional<StopOrder> before = stops.find(command.id());
            if (before.isPresent()) {
                return before.get();
            }
            boolean waits = isWaitedFor(command);
            if (!waits) {
                requireStoppable(step, command);
            }
            stops.insert(command, by, reason);
            audit.stopRequested(command, reason);
            if (waits) {
                giveUp(command);
            }
            signal.afterCommit();
            return stops.find(command.id()).orElseThrow();
        });
    }

    /** What was asked for in a rollout, by the number of the step. */
    @Transactional(readOnly = true)
    public Map<Integer, StopOrder> list(String number) {
        return stops.list(rollouts.find(number).id());
    }

    /** Locked, so that it cannot end or be sent meanwhile. */
    private Command latest(Rollout rollout, Step step) {
        List<Command> all = commands.list(rollout.id(), step.seq());
        return commands.lock(all.get(all.size() - 1).id());
    }

    private static boolean isWaitedFor(Command command) {
        return command.state() == CommandState.NEW && command.waiting() != null;
    }

    private void giveUp(Command command) {
        String because = Objects.requireNonNull(command.waiting()).because();
        if (commands.move(command, CommandState.FAILED, Duration.ZERO)) {
            settlement.failed(command, because + ", and somebody ended the waiting", command.maybeSent());
        }
    }

    private void requireStoppable(Step step, Command command) {
        boolean underWay = command.state() == CommandState.SENDING || command.state() == CommandState.ACCEPTED;
        if (!underWay && !isInDoubt(step, command)) {
            throw ProblemException.conflict(
                    "nothing-to-stop",
                    "Nothing to stop",
                    "No tool is at work on step " + step.seq() + ", which is " + step.state()
                            + ". Pause the rollout or roll it back to keep the next step from beginning.");
        }
        Stopping stopping =
                connectors.find(command.connector()).map(Connector::stopping).orElse(Stopping.NEVER);
        if (stopping == Stopping.NEVER
                || stopping == Stopping.DURING_THE_CALL && command.state() != CommandState.SENDING) {
            throw ProblemException.conflict(
                    "tool-cannot-stop",
                    "The tool cannot be stopped",
                    "Gatehouse cannot stop " + command.connector()
                            + " now. Stop it in the tool itself; the step tells what" + " becomes of it.");
        }
    }

    private static boolean isInDoubt(Step step, Command command) {
        StepState asked = command.kind() == CommandKind.RUN ? StepState.UNKNOWN : StepState.UNDO_FAILED;
        return command.state() == CommandState.UNKNOWN && step.state() == asked;
    }

    private String admit(Rollout rollout) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(STOP, person, () -> ownership.of(rollout));
        return Objects.requireNonNull(person).id();
    }
}
