package io.gatehouse.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Applies callbacks under the lock of their rollout: the first result of a command counts, whatever comes later or again
 * changes nothing.
 */
@Component
class CallbackInbox {

    private static final Logger log = LoggerFactory.getLogger(CallbackInbox.class);

    private static final int MANY = 100;
    /** With pauses that double from a second, an unknown key is looked for during more than ten minutes. */
    private static final int MAX_TRIES = 10;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final InboxRows inbox;
    private final RolloutRows rollouts;
    private final StepRows steps;
    private final CommandRows commands;
    private final LogRows logs;
    private final CommandEnd end;
    private final Contention contention;

    CallbackInbox(
            InboxRows inbox,
            RolloutRows rollouts,
            StepRows steps,
            CommandRows commands,
            LogRows logs,
            CommandEnd end,
            Contention contention) {
        this.inbox = inbox;
        this.rollouts = rollouts;
        this.steps = steps;
        this.commands = commands;
        this.logs = logs;
        this.end = end;
        this.contention = contention;
    }

    /** @return how many were due */
    int applyDue() {
        List<Callback> due;
        try {
            due = contention.survive(this::dueWithTheFirstApplied);
        } catch (RuntimeException e) {
            due = inbox.due(MANY);
            due.stream().limit(1).forEach(this::applyOrPostpone);
        }
        due.stream().skip(1).forEach(this::applyOrPostpone);
        return due.size();
    }

    /** In one transaction, because most often there is one, and a commit costs more than what it does. */
    private List<Callback> dueWithTheFirstApplied() {
        List<Callback> due = inbox.due(MANY);
        due.stream().limit(1).forEach(this::apply);
        return due;
    }

    /** One that cannot be applied must not keep the others waiting. */
    private void applyOrPostpone(Callback callback) {
        try {
            contention.survive(() -> apply(callback));
        } catch (RuntimeException e) {
            log.warn("Callback {} of {} is looked at again later", callback.id(), callback.source(), e);
            contention.survive(() -> postpone(callback, "It cannot be applied"));
        }
    }

    private boolean apply(Callback callback) {
        CallbackReport report = CallbackReport.parse(callback.body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("Only reports are kept"));
        if (!rollouts.lockOfKey(report.keyOrFail())) {
            return postpone(callback, "No command has this key");
        }
        CommandOfStep called = steps.lock(report.keyOrFail());
        Command command = called.command();
        if (!command.connector().equals(callback.source())) {
            return inbox.end(callback, CallbackState.DEAD, "The command was given to " + command.connector());
        }
        if (command.state().isUnsent()) {
            return postpone(callback, "The command has not been sent yet");
        }
        return apply(callback, report, called);
    }

    private boolean apply(Callback callback, CallbackReport report, CommandOfStep called) {
        Command command = called.command();
        if (report.link() != null && !report.link().equals(command.link())) {
            commands.note(command, command.reference(), report.link());
        }
        if (report.stateOrFail() == CallbackReport.State.RUNNING) {
            return inbox.end(callback, CallbackState.APPLIED, "Still running");
        }
        boolean succeeded = report.stateOrFail() == CallbackReport.State.SUCCEEDED;
        boolean ended = end.byCallback(called, succeeded, report.detailOr("The tool called back"));
        if (ended && report.log() != null && !report.log().isBlank()) {
            logs.append(command, report.log());
        }
        return inbox.end(
                callback,
                ended ? CallbackState.APPLIED : CallbackState.IGNORED,
                ended ? "Ended the command" : "The command had ended before");
    }

    private boolean postpone(Callback callback, String note) {
        if (callback.tries() >= MAX_TRIES) {
            return inbox.end(callback, CallbackState.DEAD, note);
        }
        inbox.postpone(callback, PAUSE.multipliedBy(1L << callback.tries()), note);
        return false;
    }
}
