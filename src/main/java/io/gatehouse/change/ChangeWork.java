package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the steps of a change mean for its tasks. The change must be locked; one without tasks costs nothing. */
@Component
class ChangeWork {

    private final ChangeTaskRows rows;
    private final ChangeTaskRecord record;
    private final ChangeTaskProcess process;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    ChangeWork(
            ChangeTaskRows rows,
            ChangeTaskRecord record,
            ChangeTaskProcess process,
            CurrentPerson currentPerson,
            Clock clock) {
        this.rows = rows;
        this.record = record;
        this.process = process;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /** As in {@code TASK-000007 (Look at the backup), TASK-000008 (Tell the users)}. */
    static String named(List<ChangeTask> tasks) {
        return tasks.stream()
                .map(task -> task.number() + " (" + task.content().title() + ")")
                .collect(Collectors.joining(", "));
    }

    /**
     * Refuses to let a change come to its end while something is left to do.
     *
     * @throws ProblemException conflict, naming all of it
     */
    void requireAllDone(Change change) {
        List<ChangeTask> left = left(change);
        if (!left.isEmpty()) {
            throw ProblemException.conflict(
                    "tasks-left",
                    "Tasks are left",
                    change.number() + " is closed when all of its tasks are done or canceled. Left: " + named(left)
                            + ".");
        }
    }

    /** One is over: what has waited for it looks again. */
    void over(Change change) {
        List<ChangeTask> left = left(change);
        if (change.state() == ChangeState.SCHEDULED && left.stream().noneMatch(ChangeTask::holdsTheStart)) {
            process.tell(Prerequisite.MET, change);
        }
        if (change.state() == ChangeState.REVIEW && left.isEmpty()) {
            process.tell(ChangeTaskModel.ALL_DONE, change);
        }
    }

    /** What somebody still has to do, in the order in which it was added. */
    List<ChangeTask> left(Change change) {
        return change.hasTasks()
                ? rows.of(change.id()).stream().filter(ChangeTask::isOpen).toList()
                : List.of();
    }

    /** The change has come to where more of it can be done: people are asked. */
    void goneOn(Change change) {
        each(change, task -> offer(change, task));
    }

    /** Asks people to do it if they can now. */
    void offer(Change change, ChangeTask task) {
        if (isOffered(change, task) && !process.exists(task)) {
            process.start(task);
            parkIfHeld(change, task);
        }
    }

    static boolean isOffered(Change change, ChangeTask task) {
        return task.isOpen() && task.content().phase().isReachedIn(change.state());
    }

    /** Asks whoever has it now. */
    void move(Change change, ChangeTask task) {
        process.moved(task);
        parkIfHeld(change, task);
    }

    private void parkIfHeld(Change change, ChangeTask task) {
        if (change.onHoldBecause() != null) {
            process.park(task);
        }
    }

    /** Nobody is asked while the change is on hold. */
    void park(Change change) {
        each(change, process::park);
    }

    /** The very same tasks are back in people's lists. */
    void restore(Change change) {
        each(change, process::restore);
    }

    /** The change is given up, and all that was still to be done for it. */
    void giveUp(Change change) {
        each(change, task -> cancel(task, change.number() + " was canceled."));
    }

    /** The approvals that had conditions count no longer, nor do the conditions. */
    void dropConditions(Change change) {
        each(change, task -> {
            if (task.condition() != null) {
                cancel(task, "The approval on this condition no longer counts.");
            }
        });
    }

    private void cancel(ChangeTask task, String reason) {
        end(record.save("change.TaskCanceled", task.cancel(currentPerson.idOrSystem(), reason, now())));
    }

    /** Nobody is asked any more. */
    void end(ChangeTask task) {
        process.over(task);
    }

    private void each(Change change, Consumer<ChangeTask> action) {
        left(change).forEach(action);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
