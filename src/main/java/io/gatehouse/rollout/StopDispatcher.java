package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.rollout.connector.Stopping;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tells tools to stop, on every node: a lease in one transaction, the tool in none, its answer in another one. A tool may
 * be told twice, which does no harm.
 */
@Component
class StopDispatcher {

    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(2);

    private final StopRows stops;
    private final CommandRows commands;
    private final StepRows steps;
    private final Connectors connectors;
    private final QuarantineRows quarantines;
    private final RolloutAudit audit;
    private final DispatchSignal signal;
    private final RolloutProperties properties;
    private final Contention contention;

    StopDispatcher(
            StopRows stops,
            CommandRows commands,
            StepRows steps,
            Connectors connectors,
            QuarantineRows quarantines,
            RolloutAudit audit,
            DispatchSignal signal,
            RolloutProperties properties,
            Contention contention) {
        this.stops = stops;
        this.commands = commands;
        this.steps = steps;
        this.connectors = connectors;
        this.quarantines = quarantines;
        this.audit = audit;
        this.signal = signal;
        this.properties = properties;
        this.contention = contention;
    }

    /** Takes up to this many for this node; none in a quarantine, in which tools are told nothing. */
    List<StopOrder> lease(int limit) {
        return limit == 0 ? List.of() : contention.survive(() -> due(limit));
    }

    private List<StopOrder> due(int limit) {
        return quarantines.anyInForce()
                ? List.of()
                : stops.due(limit).stream()
                        .filter(order -> stops.lease(order, properties.lease()))
                        .map(StopOrder::leased)
                        .toList();
    }

    /** Tells the tool, if it has the command, and records what it says to that. */
    void send(StopOrder order) {
        Command command = commands.get(order.command());
        Connector connector = connectors.find(command.connector()).orElse(null);
        if (!command.state().isOpen() && command.state() != CommandState.UNKNOWN) {
            end(order, command, StopState.TAKEN, "It has ended.");
        } else if (connector == null || connector.stopping() == Stopping.NEVER) {
            end(order, command, StopState.REFUSED, command.connector() + " cannot be stopped.");
        } else if (connector.stopping() == Stopping.DURING_THE_CALL) {
            waitForTheCall(order, command);
        } else if (command.state() == CommandState.ACCEPTED || command.state() == CommandState.UNKNOWN) {
            record(order, command, connector.stop(callFor(order, command), command.reference()));
        } else {
            stops.later(order, UNTIL_TAKEN);
        }
    }

    /** The node that makes the call looks for itself whether it is to end it. */
    private void waitForTheCall(StopOrder order, Command command) {
        if (command.state() == CommandState.SENDING) {
            stops.later(order, UNTIL_TAKEN);
        } else {
            end(order, command, StopState.REFUSED, "No node makes the call any more.");
        }
    }

    private void record(StopOrder order, Command command, ConnectorAnswer answer) {
        switch (answer.outcome()) {
            case SUCCEEDED -> end(order, command, StopState.TAKEN, answer.detail());
            case REFUSED -> end(order, command, StopState.REFUSED, answer.detail());
            default -> {
                if (order.tries() + 1 >= properties.maxTries()) {
                    end(order, command, StopState.NOT_TOLD, answer.detail());
                } else {
                    stops.again(order, answer.pause(properties.pauseAfter(order.tries() + 1)), answer.detail());
                }
            }
        }
    }

    /** The tool is then asked at once what became of the command. */
    private void end(StopOrder order, Command command, StopState state, String detail) {
        contention.survive(() -> {
            if (stops.end(order, state, detail)) {
                audit.stopAnswered(command, state);
                commands.lookNow(command.id());
                signal.afterCommit();
            }
            return state;
        });
    }

    private ConnectorCall callFor(StopOrder order, Command command) {
        return Orders.of(
                command,
                steps.get(command.rollout(), command.seq()),
                () -> stops.renew(order, properties.lease()),
                output -> {},
                () -> true);
    }
}
