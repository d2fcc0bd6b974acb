package io.gatehouse.rollout;

import io.gatehouse.api.InvalidField;
import io.gatehouse.change.Objection;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.rollout.connector.DeclaredParameters;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends commands to tools, on every node: takes a lease in one transaction, calls the tool in none, records the answer
 * in another one.
 */
@Component
class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /**
     * What is there right before a tool is called.
     *
     * @param objection why it must not be, if so
     * @param ours whether no other node has taken over
     */
    private record Look(StepInPlan step, @Nullable Objection objection, boolean ours) {}

    private final CommandRows commands;
    private final StepRows steps;
    private final LogRows logs;
    private final Connectors connectors;
    private final LastLook lastLook;
    private final AnswerRecorder recorder;
    private final QuarantineRows quarantines;
    private final RolloutProperties properties;
    private final Contention contention;

    /** Only for people who look at a lease; the fence decides whose it is. */
    private final String node = UUID.randomUUID().toString();

    Dispatcher(
            CommandRows commands,
            StepRows steps,
            LogRows logs,
            Connectors connectors,
            LastLook lastLook,
            AnswerRecorder recorder,
            QuarantineRows quarantines,
            RolloutProperties properties,
            Contention contention) {
        this.commands = commands;
        this.steps = steps;
        this.logs = logs;
        this.connectors = connectors;
        this.lastLook = lastLook;
        this.recorder = recorder;
        this.quarantines = quarantines;
        this.properties = properties;
        this.contention = contention;
    }

    /** Takes up to this many due commands for this node. */
    List<Lease> lease(int limit) {
        return limit == 0
                ? List.of()
                : contention.survive(
                        () -> due(limit).stream().flatMap(this::lease).toList());
    }

    /** In a quarantine tools are only asked, and people about those that cannot be; to repeat an order is to tell it. */
    private List<Command> due(int limit) {
        if (!quarantines.anyInForce()) {
            return commands.due(limit);
        }
        List<String> askable = connectors.all().stream()
                .filter(connector -> connector.afterCrash() != AfterCrash.DEDUPLICATES)
                .map(Connector::name)
                .toList();
        return commands.dueInDoubt(limit, askable);
    }

    /** Calls the tool and records its answer; does neither if another node has taken over meanwhile. */
    void send(Lease lease) {
        Command command = lease.command();
        Connector connector = connectors.find(command.connector()).orElse(null);
        Look look = contention.survive(() -> look(lease));
        if (!look.ours()) {
            log.info("Another node has taken over {} before it was sent from here", command.key());
            return;
        }
        Objection objection = look.objection();
        ConnectorAnswer answer =
                objection != null ? null : answer(connector, lease, look.step().step());
        // A call that was interrupted at shutdown still has to be recorded, and an interrupt would close an H2 file.
        boolean interrupted = Thread.interrupted();
        boolean ours = answer == null
                ? recorder.stop(command, connector, Objects.requireNonNull(objection))
                : recorder.record(command, connector, answer);
        if (!ours) {
            log.info("Another node has taken over {}; its answer here ({}) is dropped", command.key(), answer);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** In one transaction, each of whose statements sees what was committed before it: outside of one each costs more. */
    private Look look(Lease lease) {
        StepInPlan step =
                steps.withPlan(lease.command().rollout(), lease.command().seq());
        Objection objection = lastLook.objection(lease, step);
        // After the look, so that what it saw is no older than half a lease when the tool is called.
        return new Look(step, objection, isStillOurs(lease.command()));
    }

    private Stream<Lease> lease(Command due) {
        return commands.lease(due, node, properties.lease()) ? Stream.of(Lease.of(due)) : Stream.empty();
    }

    /**
     * A node may stand still for any time between taking a lease and calling the tool: a pause, a stopped or moved
     * machine. Meanwhile another node may have found that the command never ran, and it must stay so.
     */
    private boolean isStillOurs(Command command) {
        return commands.holdsFor(command, properties.lease().dividedBy(2))
                || commands.renew(command, properties.lease());
    }

    private ConnectorAnswer answer(@Nullable Connector connector, Lease lease, Step step) {
        return connector == null ? notConfigured(lease.command()) : exchange(connector, lease, step);
    }

    private ConnectorAnswer exchange(Connector connector, Lease lease, Step step) {
        if (lease.command().isByHand() && step.work(lease.command().kind()) == null) {
            return ConnectorAnswer.refused("Nobody was asked: the plan does not say what to do");
        }
        ConnectorCall call = callFor(lease.command(), step);
        List<InvalidField> wrong = DeclaredParameters.check(connector, call.parameters());
        if (!wrong.isEmpty()) {
            return ConnectorAnswer.refused("The tool was not called: parameters " + wrong);
        }
        return switch (lease.before()) {
            case NEW -> connector.call(call);
            case ACCEPTED -> ask(connector, lease.command(), call);
            default -> repeat(connector, lease.command(), call);
        };
    }

    /** After a crash or an unclear answer: what may be done depends on what the tool allows. */
    private ConnectorAnswer repeat(Connector connector, Command command, ConnectorCall call) {
        if (connector.afterCrash() != AfterCrash.NEITHER && call.stopWanted().getAsBoolean()) {
            return connector.canBeAsked()
                    ? connector.ask(call, command.reference())
                    : ConnectorAnswer.ambiguous("It is not sent again, because somebody wants it stopped.");
        }
        return switch (connector.afterCrash()) {
            case DEDUPLICATES -> connector.call(call);
            case QUERYABLE -> {
                ConnectorAnswer answer = connector.ask(call, command.reference());
                boolean mayBeSent = answer.outcome() == ConnectorAnswer.Outcome.NEVER_SEEN && !quarantines.anyInForce();
                yield mayBeSent ? connector.call(call) : answer;
            }
            case NEITHER -> ConnectorAnswer.ambiguous("The connection to the tool was lost while it was called.");
        };
    }

    private static ConnectorAnswer ask(Connector connector, Command command, ConnectorCall call) {
        return connector.canBeAsked()
                ? connector.ask(call, command.reference())
                : ConnectorAnswer.ambiguous("The tool has not called back.");
    }

    private ConnectorCall callFor(Command command, Step step) {
        return Orders.of(
                command,
                step,
                () -> commands.renew(command, properties.lease()),
                output -> logs.append(command, output),
                () -> commands.isToBeStopped(command));
    }

    private static ConnectorAnswer notConfigured(Command command) {
        return ConnectorAnswer.notReached("No connector named " + command.connector() + " is configured.");
    }
}
