package io.gatehouse.change.process;

/** The names that the processes of changes share with the code. */
public final class ChangeModel {

    public static final String NORMAL_CHANGE = "NormalChange";
    public static final String STANDARD_CHANGE = "StandardChange";
    public static final String EMERGENCY_CHANGE = "EmergencyChange";

    /** The one variable all of them start with: the number, also their business key. */
    public static final String CHANGE_NUMBER = "changeNumber";

    public static final String REVISION_REQUESTED = "change.RevisionRequested";
    public static final String CHANGE_HELD = "change.ChangeHeld";
    public static final String CHANGE_RESUMED = "change.ChangeResumed";
    public static final String CHANGE_CANCELED = "change.ChangeCanceled";

    static final String ACTIVITY = "Activity_";

    public static final String REVIEW_TECHNICALLY = "ReviewTechnically";
    public static final String APPROVE_CHANGE = "ApproveChange";
    public static final String APPROVE_AFTERWARDS = "ApproveAfterwards";
    public static final String REVISE_CHANGE = "ReviseChange";
    public static final String IMPLEMENT_CHANGE = "ImplementChange";
    public static final String REVIEW_CHANGE = "ReviewChange";

    static final String APPROVAL_STILL_DUE = "Gateway_ApprovalStillDue";
    static final String TIME_BOX_OVER = "Event_TimeBoxOver";
    public static final String REVIEW_BY_THE_BOARD = "Activity_ReviewByTheBoard";

    public static final String RUN_ROLLOUT = "Activity_RunRollout";

    private ChangeModel() {}
}
