package io.gatehouse.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
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
    private final CommandRows commands;
    private final LogRows logs;
    private final CommandEnd end;
    private final Contention contention;

    CallbackInbox(
            InboxRows inbox,
            RolloutRows rollouts,
            CommandRows commands,
            LogRows logs,
            CommandEnd end,
            Contention contention) {
        this.inbox = inbox;
        this.rollouts = rollouts;
        this.commands = commands;
        this.logs = logs;
        this.end = end;
        this.contention = contention;
    }

    /** @return how many were due */
    int applyDue() {
        var due = inbox.due(MANY);
        due.forEach(this::applyOrPostpone);
        return due.size();
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
        Optional<Command> found = commands.findByKey(report.keyOrFail());
        if (found.isEmpty()) {
            return postpone(callback, "No command has this key");
        }
        rollouts.lock(found.get().rollout());
        Command command = commands.lock(found.get().id());
        if (!command.connector().equals(callback.source())) {
            return inbox.end(callback, CallbackState.DEAD, "The command was given to " + command.connector());
        }
        if (command.state().isUnsent()) {
            return postpone(callback, "The command has not been sent yet");
        }
        return apply(callback, report, command);
    }

    private boolean apply(Callback callback, CallbackReport report, Command command) {
        if (report.link() != null && !report.link().equals(command.link())) {
            commands.note(command, command.reference(), report.link());
        }
        if (report.stateOrFail() == CallbackReport.State.RUNNING) {
            return inbox.end(callback, CallbackState.APPLIED, "Still running");
        }
        boolean succeeded = report.stateOrFail() == CallbackReport.State.SUCCEEDED;
        boolean ended = end.byCallback(command, succeeded, report.detailOr("The tool called back"));
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
