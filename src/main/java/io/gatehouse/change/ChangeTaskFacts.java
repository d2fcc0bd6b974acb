package io.gatehouse.change;

import io.gatehouse.engine.CallableFromModels;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** What the diagrams ask about tasks of changes; every answer is read from our tables. */
@CallableFromModels
class ChangeTaskFacts {

    /** For whoever does something when the window is over and has not said until when. */
    private static final Duration AFTERWARDS = Duration.ofDays(5);

    private final ChangeTasks tasks;
    private final Changes changes;
    private final ChangeWork work;

    ChangeTaskFacts(ChangeTasks tasks, Changes changes, ChangeWork work) {
        this.tasks = tasks;
        this.changes = changes;
        this.work = work;
    }

    /** The role or team that is asked, for "Do change task"; none if a person is asked by name. */
    public List<String> groups(String number) {
        ChangeTaskContent content = tasks.get(number).content();
        String group = content.ownerGroup();
        return content.owner() != null || group == null ? List.of() : List.of(group);
    }

    /** The person who is asked by name, if it is one's. */
    public List<String> owners(String number) {
        String owner = tasks.get(number).content().owner();
        return owner == null ? List.of() : List.of(owner);
    }

    /** When it should be done: as planned, or else before, in or some days after the window of the change. */
    public Date dueAt(String number) {
        ChangeTask task = tasks.get(number);
        Instant planned = task.content().plannedEnd();
        if (planned != null) {
            return Date.from(planned);
        }
        Window window = changes.glance(task.change()).window();
        return Date.from(
                switch (task.content().phase()) {
                    case BEFORE -> window.startsAt();
                    case DURING -> window.endsAt();
                    case AFTER -> window.endsAt().plus(AFTERWARDS);
                });
    }

    /** Whether something is left to do for a change, for "Review required?". */
    public boolean left(String change) {
        return !work.left(changes.glance(change)).isEmpty();
    }

    /** Whether somebody has begun it and it is not done yet. */
    public boolean begun(String number) {
        return tasks.get(number).state() == ChangeTask.State.IN_PROGRESS;
    }
}
