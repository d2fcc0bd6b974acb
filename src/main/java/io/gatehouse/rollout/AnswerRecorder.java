package io.gatehouse.rollout;

import io.gatehouse.change.Objection;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Records what a tool answered. A node whose lease another node has taken over in the meantime records nothing: the
 * command no longer carries its fence.
 */
@Component
class AnswerRecorder {

    private final RolloutRows rollouts;
    private final CommandRows commands;
    private final Ledger ledger;
    private final Settlement settlement;
    private final RolloutProcess process;
    private final RolloutProperties properties;
    private final Aborts aborts;
    private final RolloutAudit audit;
    private final Contention contention;
    private final Clock clock;

    AnswerRecorder(
            RolloutRows rollouts,
            CommandRows commands,
            Ledger ledger,
            Settlement settlement,
            RolloutProcess process,
            RolloutProperties properties,
            Aborts aborts,
            RolloutAudit audit,
            Contention contention,
            Clock clock) {
        this.rollouts = rollouts;
        this.commands = commands;
        this.ledger = ledger;
        this.settlement = settlement;
        this.process = process;
        this.properties = properties;
        this.aborts = aborts;
        this.audit = audit;
        this.contention = contention;
        this.clock = clock;
    }

    /** @return false if this node was too late */
    boolean record(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        return contention.survive(() -> {
            rollouts.lock(command.rollout());
            return apply(command, connector, answer);
        });
    }

    /**
     * Records that the tool was not called, because the change may no longer be put into production. If an earlier try
     * may have reached the tool, that is settled like any unclear answer, without another call. What was begun before it
     * was approved is aborted with that: a person decides about what ran by then, instead of all of it being undone.
     *
     * @return false if this node was too late
     */
    boolean stop(Command command, @Nullable Connector connector, Objection objection) {
        return contention.survive(() -> {
            Rollout rollout = rollouts.lock(command.rollout());
            if (objection.reason() == Objection.Reason.NOT_APPROVED_AFTERWARDS) {
                aborts.notApproved(rollout);
            }
            ConnectorAnswer answer = ConnectorAnswer.refused("The tool was not called. " + objection.sentence());
            boolean ours = command.maybeSent() ? ambiguous(command, connector, answer) : fail(command, answer, false);
            if (ours) {
                audit.stopped(command, objection);
            }
            return ours;
        });
    }

    private boolean apply(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        boolean ours = move(command, connector, answer);
        if (ours && (answer.outcome() != Outcome.ACCEPTED || command.state() == CommandState.ACCEPTED)) {
            noteWhatChanged(command, answer);
        }
        return ours;
    }

    /** A tool may call a command by another name once it has begun, as a queue's entry becomes a build. */
    private void noteWhatChanged(Command command, ConnectorAnswer answer) {
        String reference = answer.reference() == null ? command.reference() : answer.reference();
        String link = answer.link() == null ? command.link() : answer.link();
        if (!Objects.equals(reference, command.reference()) || !Objects.equals(link, command.link())) {
            commands.note(command, reference, link);
        }
    }

    private boolean move(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        return switch (answer.outcome()) {
            case SUCCEEDED -> succeed(command, answer);
            case FAILED -> fail(command, answer, true);
            case REFUSED -> fail(command, answer, command.maybeSent());
            case NOT_REACHED -> notReached(command, connector, answer);
            case ACCEPTED -> accepted(command, connector, answer);
            case AMBIGUOUS -> ambiguous(command, connector, answer);
            case NEVER_SEEN -> neverSeen(command, connector, answer);
        };
    }

    private boolean succeed(Command command, ConnectorAnswer answer) {
        boolean ours = commands.move(command, CommandState.DONE, Duration.ZERO);
        if (ours) {
            settlement.succeeded(command, answer.detail());
        }
        return ours;
    }

    private boolean fail(Command command, ConnectorAnswer answer, boolean began) {
        boolean ours = commands.move(command, CommandState.FAILED, Duration.ZERO);
        if (ours) {
            takeBackTask(command);
            settlement.failed(command, answer.detail(), began);
        }
        return ours;
    }

    private boolean unknown(Command command, ConnectorAnswer answer) {
        boolean ours = commands.move(command, CommandState.UNKNOWN, Duration.ZERO);
        if (ours) {
            takeBackTask(command);
            settlement.unknown(command, answer.detail());
        }
        return ours;
    }

    /** First, because what follows may end the process that holds the task. */
    private void takeBackTask(Command command) {
        if (command.isByHand() && command.state() == CommandState.ACCEPTED) {
            process.workEnded(command.rollout());
        }
    }

    /** Told of one that is not sent again, for a stop or a quarantine: it is proven not to have begun. */
    private boolean neverSeen(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        if (command.state() != CommandState.SENDING) {
            return ambiguous(command, connector, answer);
        }
        return commands.isToBeStopped(command)
                ? fail(command, ConnectorAnswer.refused("Stopped before the tool had seen it"), false)
                : neverSent(command);
    }

    private boolean notReached(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        if (command.state() == CommandState.ACCEPTED || command.maybeSent()) {
            return ambiguous(command, connector, answer);
        }
        if (isNoLongerWanted(command) || isGivenUp(command, answer)) {
            return fail(command, answer, false);
        }
        boolean ours = tryLater(command, CommandState.NEW, pause(command), answer);
        if (ours) {
            ledger.holdBackIfPaused(rollouts.lock(command.rollout()));
        }
        return ours;
    }

    private boolean isNoLongerWanted(Command command) {
        Rollout rollout = rollouts.lock(command.rollout());
        boolean turnedBack = rollout.isAborted() || rollout.rollbackRequested();
        return turnedBack && command.kind() == CommandKind.RUN || commands.isToBeStopped(command);
    }

    /** Both, so that neither a long outage of the tool nor one of ours is taken for the end. */
    private boolean isGivenUp(Command command, ConnectorAnswer answer) {
        Waiting waiting = command.waiting();
        // What keeps us from calling a tool does not pass as an outage does.
        Duration patience = answer.outcome() == Outcome.REFUSED ? Duration.ZERO : properties.patience();
        Instant since = waiting == null ? clock.instant() : waiting.since();
        return command.tries() >= properties.maxTries() && !clock.instant().isBefore(since.plus(patience));
    }

    /** The pause after one more try in vain. */
    private Duration pause(Command command) {
        return properties.pauseAfter(Waiting.triesOf(command.waiting()) + 1);
    }

    private boolean tryLater(Command command, CommandState state, Duration atLeast, ConnectorAnswer answer) {
        Duration pause = answer.pause(atLeast);
        boolean ours = commands.move(command, state, pause);
        if (ours) {
            commands.waits(command, Waiting.again(command.waiting(), answer.detail(), clock.instant(), pause));
        }
        return ours;
    }

    /** Only in a quarantine; else it has been sent by now. */
    private boolean neverSent(Command command) {
        boolean ours = commands.unsend(command);
        if (ours) {
            ledger.holdBackIfPaused(rollouts.lock(command.rollout()));
        }
        return ours;
    }

    private boolean accepted(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        if (connector == null || command.state() == CommandState.ACCEPTED) {
            return ambiguous(command, connector, answer);
        }
        boolean ours = commands.accept(
                command,
                answer,
                connector.canBeAsked() ? answer.pause(connector.askEvery()) : connector.giveUpAfter(),
                clock.instant().plus(connector.giveUpAfter()));
        if (ours && command.isByHand()) {
            process.workBegun(command.rollout());
        }
        return ours;
    }

    private boolean ambiguous(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        if (command.state() == CommandState.ACCEPTED) {
            return stillRunning(command, connector, answer);
        }
        if (connector == null || connector.afterCrash() == AfterCrash.NEITHER || isGivenUp(command, answer)) {
            return unknown(command, answer);
        }
        return tryLater(command, CommandState.SENDING, pauseBeforeAsking(command, connector), answer);
    }

    /** After a crash the lease has given the tool this time. */
    private Duration pauseBeforeAsking(Command command, Connector connector) {
        Duration pause = pause(command);
        boolean tooEarly = connector.afterCrash() == AfterCrash.QUERYABLE && pause.compareTo(properties.settle()) < 0;
        return tooEarly ? properties.settle() : pause;
    }

    private boolean stillRunning(Command command, @Nullable Connector connector, ConnectorAnswer answer) {
        Rollout rollout = rollouts.lock(command.rollout());
        if (rollout.rollbackRequested() && settlement.isCheck(command)) {
            return fail(command, ConnectorAnswer.failed("Not waited for: everything is to be undone"), true);
        }
        if (rollout.isAborted() && settlement.isCheck(command)) {
            return fail(command, ConnectorAnswer.failed("Not waited for: the rollout was aborted"), true);
        }
        boolean over = command.giveUpAt() == null || !clock.instant().isBefore(command.giveUpAt());
        if (over || connector == null || !connector.canBeAsked()) {
            String why = answer.outcome() == Outcome.ACCEPTED ? "The tool was still running it" : answer.detail();
            return unknown(command, ConnectorAnswer.ambiguous("No result in time. " + why));
        }
        if (answer.outcome() != Outcome.ACCEPTED) {
            return tryLater(command, CommandState.ACCEPTED, pauseBetweenQuestions(command, connector), answer);
        }
        boolean ours = commands.move(command, CommandState.ACCEPTED, answer.pause(connector.askEvery()));
        if (ours && command.waiting() != null) {
            commands.waits(command, null);
        }
        return ours;
    }

    /** Grows once it has become longer than the pause that is made anyway. */
    private Duration pauseBetweenQuestions(Command command, Connector connector) {
        Duration pause = pause(command);
        return pause.compareTo(connector.askEvery()) < 0 ? connector.askEvery() : pause;
    }
}
