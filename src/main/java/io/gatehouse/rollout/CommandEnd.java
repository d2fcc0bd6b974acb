package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Ends a command because its tool called back; under the lock of the rollout and of the command. */
@Component
class CommandEnd {

    private final CommandRows commands;
    private final Settlement settlement;
    private final RolloutProcess process;
    private final RolloutAudit audit;

    CommandEnd(CommandRows commands, Settlement settlement, RolloutProcess process, RolloutAudit audit) {
        this.commands = commands;
        this.settlement = settlement;
        this.process = process;
        this.audit = audit;
    }

    /** False if the command had ended before. */
    boolean byCallback(CommandOfStep called, boolean succeeded, String detail) {
        Command command = called.command();
        CommandState told = succeeded ? CommandState.DONE : CommandState.FAILED;
        if (!command.state().isOpen() && !isStillAskedFor(called)) {
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
            settlement.succeeded(called, detail);
        } else {
            settlement.failed(called, detail, true);
        }
        return true;
    }

    /** Whether a person is still asked about this very attempt. */
    private boolean isStillAskedFor(CommandOfStep called) {
        Command command = called.command();
        StepState state = called.step().state();
        StepState asked = command.kind() == CommandKind.RUN ? StepState.UNKNOWN : StepState.UNDO_FAILED;
        return command.state() == CommandState.UNKNOWN && state == asked && commands.isLatestAttempt(command);
    }
}
