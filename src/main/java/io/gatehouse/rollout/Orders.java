package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorCall;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a tool is told of a command, the same each time. */
final class Orders {

    private Orders() {}

    static ConnectorCall of(
            Command command, Step step, BooleanSupplier renewLease, Consumer<String> log, BooleanSupplier stopWanted) {
        return new ConnectorCall(
                command.key(),
                RolloutNumber.of(command.rollout()),
                command.seq(),
                command.kind(),
                command.attempt(),
                step.startedAt(),
                step.target(),
                parametersOf(step, command.kind()),
                renewLease,
                log,
                stopWanted);
    }

    private static Map<String, String> parametersOf(Step step, CommandKind kind) {
        Undo undo = step.undo();
        return kind == CommandKind.RUN || undo == null ? step.parameters() : undo.parameters();
    }
}
