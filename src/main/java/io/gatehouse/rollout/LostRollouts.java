package io.gatehouse.rollout;

import io.gatehouse.engine.RunningProcesses;
import io.gatehouse.rollout.connector.CommandKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds rollouts whose process somebody has deleted. They call no tool any more, and their services are free as soon as
 * no tool is at work and people have decided about every step that no machine can settle. Nodes that find the same one
 * meet at the lock of its row.
 */
@Component
class LostRollouts {

    private static final Set<StepState> UNSETTLED =
            EnumSet.of(StepState.RUNNING, StepState.HELD, StepState.UNDOING, StepState.UNKNOWN, StepState.UNDO_FAILED);

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final CommandRows commands;
    private final TargetRows targets;
    private final LostCommands lostCommands;
    private final Ledger ledger;
    private final RolloutAudit audit;
    private final RunningProcesses processes;
    private final Contention contention;

    LostRollouts(
            RolloutRows rollouts,
            StepRows steps,
            CommandRows commands,
            TargetRows targets,
            LostCommands lostCommands,
            Ledger ledger,
            RolloutAudit audit,
            RunningProcesses processes,
            Contention contention) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.commands = commands;
        this.targets = targets;
        this.lostCommands = lostCommands;
        this.ledger = ledger;
        this.audit = audit;
        this.processes = processes;
        this.contention = contention;
    }

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT1M")
    void find() {
        List<Long> live = rollouts.live();
        processes
                .without(live.stream().map(RolloutNumber::of).toList())
                .forEach(number -> contention.survive(() -> abandon(number)));
        List<Long> abandoned = targets.abandonedHolders();
        lostCommands.find(Stream.concat(live.stream(), abandoned.stream()).toList());
        abandoned.forEach(id -> contention.survive(() -> settle(id)));
    }

    /** Looks again under the lock, under which a process ends along with its rollout. */
    private boolean abandon(String number) {
        Rollout rollout = rollouts.lock(number);
        boolean lost = rollout.state().isLive() && !processes.exists(number);
        if (lost) {
            audit.processLost(rollout);
            ledger.move(rollout, RolloutState.ABANDONED);
        }
        return lost;
    }

    private boolean settle(long id) {
        rollouts.lock(id);
        steps.list(id).forEach(this::takeBack);
        boolean settled = steps.list(id).stream().noneMatch(step -> UNSETTLED.contains(step.state()));
        if (settled) {
            targets.release(id);
            audit.targetsReleased(id);
        }
        return settled;
    }

    /** Takes back what no tool has been told yet. */
    private void takeBack(Step step) {
        commands.list(step.rollout(), step.seq()).stream()
                .filter(command -> command.state().isUnsent())
                .filter(command -> commands.move(command, CommandState.FAILED, Duration.ZERO))
                .forEach(command -> {
                    audit.commandEnded(command, CommandState.FAILED);
                    ledger.move(step, withoutCall(command), "Not done: the process was deleted.");
                });
    }

    private static StepState withoutCall(Command command) {
        if (command.kind() == CommandKind.UNDO) {
            return StepState.UNDO_FAILED;
        }
        return command.maybeSent() ? StepState.UNKNOWN : StepState.NOT_RUN;
    }
}
