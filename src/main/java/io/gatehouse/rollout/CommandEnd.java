package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Ends a command because its tool called back; under the lock of the rollout and of the command. */
@Component
class CommandEnd {

    private final CommandRows commands;
    private final StepRows steps;
    private final Settlement settlement;
    private final RolloutProcess process;
    private final RolloutAudit audit;

    CommandEnd(
            CommandRows commands, StepRows steps, Settlement settlement, RolloutProcess process, RolloutAudit audit) {
        this.commands = commands;
        this.steps = steps;
        this.settlement = settlement;
        this.process = process;
        this.audit = audit;
    }

    /** False if the command had ended before. */
    boolean byCallback(Command command, boolean succeeded, String detail) {
        CommandState told = succeeded ? CommandState.DONE : CommandState.FAILED;
        if (!command.state().isOpen() && !isStillAskedFor(command)) {
            if (command.state() != told) {
                audit.callbackContradicted(command, told);
            }
            return false;
        }
        if (command.state() == CommandState.UNKNOWN) {
            process.stepResolved(command.rollout());
        }
        commands.move(command, told, Duration.ZERO);
        if (succeeded) {
            settlement.succeeded(command, detail);
        } else {
            settlement.failed(command, detail, true);
        }
        return true;
    }

    /** Whether a person is still asked about this very attempt. */
    private boolean isStillAskedFor(Command command) {
        StepState state = steps.get(command.rollout(), command.seq()).state();
        StepState asked = command.kind() == CommandKind.RUN ? StepState.UNKNOWN : StepState.UNDO_FAILED;
        return command.state() == CommandState.UNKNOWN && state == asked && commands.isLatestAttempt(command);
    }
}
