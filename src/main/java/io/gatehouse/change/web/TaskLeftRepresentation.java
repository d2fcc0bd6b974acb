package io.gatehouse.change.web;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.TaskPhase;
import org.jspecify.annotations.Nullable;

/** A task that still has to be done for a change, as the API shows it with the change. */
record TaskLeftRepresentation(
        String number,
        String title,
        TaskPhase phase,
        ChangeTask.State state,
        Holds holds,
        @Nullable String owner,
        @Nullable String ownerGroup) {

    /** What of the change waits for it. */
    enum Holds {
        START,
        CLOSING
    }

    static TaskLeftRepresentation of(ChangeTask task, Change change) {
        boolean start =
                task.content().phase() == TaskPhase.BEFORE && change.state().isBeforeImplement();
        return new TaskLeftRepresentation(
                task.number(),
                task.content().title(),
                task.content().phase(),
                task.state(),
                start ? Holds.START : Holds.CLOSING,
                task.content().owner(),
                task.content().ownerGroup());
    }
}
