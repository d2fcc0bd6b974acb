package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has to be done for a change besides the change itself. Each step is a method here that refuses what is
 * not allowed and gives the task as it is then.
 *
 * @param version counts every write
 * @param condition the condition of a board it was opened for; absent for one that somebody added
 * @param startedAt when somebody began it; for one that was done without that, when it was done
 * @param endedAt when it was done or given up
 * @param endedBy who did it, or gave it up
 * @param note what they said
 * @param createdBy who added it; for a condition who had the vote settled
 */
public record ChangeTask(
        long id,
        long changeId,
        long version,
        State state,
        ChangeTaskContent content,
        @Nullable ConditionKey condition,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String note,
        String createdBy,
        Instant createdAt) {

    /** How far it is. */
    public enum State {
        OPEN,
        IN_PROGRESS,
        DONE,
        CANCELED;

        /** Whether nothing more will happen. */
        public boolean isFinal() {
            return this == DONE || this == CANCELED;
        }
    }

    /** Which condition: counted from 1 within the approvals of a round. */
    public record ConditionKey(int round, int position) {}

    static ChangeTask open(
            Change change, ChangeTaskContent content, @Nullable ConditionKey condition, String by, Instant now) {
        return new ChangeTask(0, change.id(), 0, State.OPEN, content, condition, null, null, null, null, by, now);
    }

    ChangeTask withId(long stored) {
        return new ChangeTask(
                stored, changeId, version, state, content, condition, startedAt, endedAt, endedBy, note, createdBy,
                createdAt);
    }

    /** Replaces what is written in it. What it is about stays where something already relies on it. */
    ChangeTask describe(ChangeTaskContent wanted, boolean reliedOn) {
        requireOpen("be edited");
        if (wanted.phase() != content.phase()) {
            throw ProblemException.invalid(
                    "phase", "must stay " + content.phase() + "; cancel the task and add another instead");
        }
        if (reliedOn && !wanted.title().equals(content.title())) {
            throw ProblemException.invalid("title", "must stay as it was when the change was submitted");
        }
        if (reliedOn && !String.valueOf(wanted.instructions()).equals(String.valueOf(content.instructions()))) {
            throw ProblemException.invalid("instructions", "must stay as they were when the change was submitted");
        }
        return next(state, wanted, startedAt, null, null, null);
    }

    /** Somebody takes it up: from now on it is theirs. */
    ChangeTask begin(String by, Instant now) {
        if (state != State.OPEN) {
            throw wrongState("be begun");
        }
        return next(State.IN_PROGRESS, content.ownedBy(by), now, null, null, null);
    }

    ChangeTask finish(String by, String said, Instant now) {
        requireOpen("be done");
        return next(State.DONE, content, startedAt == null ? now : startedAt, now, by, said);
    }

    ChangeTask cancel(String by, String reason, Instant now) {
        requireOpen("be canceled");
        return next(State.CANCELED, content, startedAt, now, by, reason);
    }

    private ChangeTask next(
            State wanted,
            ChangeTaskContent written,
            @Nullable Instant begun,
            @Nullable Instant ended,
            @Nullable String by,
            @Nullable String said) {
        return new ChangeTask(
                id, changeId, version + 1, wanted, written, condition, begun, ended, by, said, createdBy, createdAt);
    }

    void requireOpen(String toDoWhat) {
        if (!isOpen()) {
            throw wrongState(toDoWhat);
        }
    }

    private ProblemException wrongState(String toDoWhat) {
        return ProblemException.conflict(
                "change-task-state",
                "Not possible in this state",
                number() + " is " + state + " and cannot " + toDoWhat + ".");
    }

    public String number() {
        return ChangeTaskNumber.of(id);
    }

    /** The number of the change it belongs to. */
    public String change() {
        return ChangeNumber.of(changeId);
    }

    /** Whether somebody still has to do it. */
    public boolean isOpen() {
        return !state.isFinal();
    }

    /** Whether nothing may begin before it is done. */
    boolean holdsTheStart() {
        return isOpen() && content.phase() == TaskPhase.BEFORE;
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(
                id,
                changeId,
                version,
                state,
                content.phase(),
                content.title(),
                content.instructions(),
                content.owner(),
                content.ownerGroup(),
                content.plannedStart(),
                content.plannedEnd(),
                startedAt,
                endedAt,
                endedBy,
                note,
                condition == null ? null : condition.round(),
                condition == null ? null : condition.position(),
                createdBy,
                createdAt);
    }
}
