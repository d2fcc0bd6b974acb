package io.gatehouse.rollout;

/** The names that the models of rollouts and this module share. */
final class RolloutModel {

    static final String TOPIC_RUN = "rollout.run";
    static final String TOPIC_UNDO = "rollout.undo";

    /** The box by which a model ends an aborted rollout; one without it cannot be aborted. */
    static final String KEEP_WHAT_RAN = "Activity_KeepWhatRan";

    /** The box by which a model undoes a rehearsal; one without it would leave everything in place. */
    static final String CALL_REHEARSAL_BACK = "Activity_CallRehearsalBack";

    static final String MESSAGE_ROLLBACK_REQUESTED = "rollout.RollbackRequested";
    static final String MESSAGE_UNDO_FAILED = "rollout.UndoFailed";
    static final String MESSAGE_STEP_UNKNOWN = "rollout.StepUnknown";
    static final String MESSAGE_STEP_RESOLVED = "rollout.StepResolved";
    static final String MESSAGE_WORK_BEGUN = "rollout.WorkBegun";
    static final String MESSAGE_WORK_ENDED = "rollout.WorkEnded";

    private RolloutModel() {}
}
